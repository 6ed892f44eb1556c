"""From the text of labels to people: what is no name, and who on the class list it means."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from meetbot import settings
from meetbot.roster import CUT, Entry, is_cut

Scores = npt.NDArray[np.float64]  # how well each label, a row, fits each person

# What products write where a name could stand, in the languages their users see most.
INTERFACE = frozenset(
    word
    for line in (
        "mute unmute muted host co-host cohost you me guest unverified external organizer presenter",
        "moderator participant participants chat share sharing presenting presentation screen record live",
        "recording rec reactions react leave end view gallery speaker pin pinned spotlight more apps",
        "security settings video audio start stop join joining connecting reconnecting waiting camera mic",
        "microphone caption captions raise hand raised poll zoom meet teams webex jitsi everyone",
        "people notes breakout rooms talking unknown is the your has of and in on off",
        "gastgeber gast ich stumm teilnehmer hôte invité anfitrión invitado",
        "主持人 我 联席主持人 嘉宾 ホスト 自分 ゲスト",
    )
    for word in line.split()
)
_PRONOUNS = frozenset(("she", "her", "hers", "he", "him", "his", "they", "them", "theirs", "any", "all"))
_NO_NAMES = INTERFACE | _PRONOUNS
_READABLE = ("LATIN", "CJK", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC")
_SUFFIX = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]*$")
_SHARED = re.compile(
    r"('s|s')?[\s(\-:|]*(is )?"
    r"(presenting|presentation|(sharing|shared)?( (the|a|their|your))? ?screen)\s*\)?$",
    re.IGNORECASE,
)
# How an ellipsis is read, also with an icon behind it that was taken for a letter.
# One dot behind a word that is no initial is left of three.
_DOTS = re.compile(r"(\s*\.{2,}\W*\w?|(?<=[^\W\d_]{4})\.)$")
_CLOSED_FIRST = re.compile(r"[^(\[]*[)\]]")
_PART = r"(co-?host|host|me|you|guest|presenter)"
_TORN = re.compile(rf"[\s(]*{_PART}([, ]+{_PART})*\s*\)$", re.IGNORECASE)  # "Ada LovelaceHost, me)"
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "\u0131": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th"}
)
# Letters that small print does not tell apart; taking one for the other costs less than a wrong letter.
_PAIRS = "il i1 l1 ij lj o0 oc ce uv vy gq s5 b8 z2 nr ao ft hb".split()  # noqa: SIM905  # a list of pairs
_ALIKE = frozenset((*_PAIRS, *(pair[::-1] for pair in _PAIRS)))
_ALIKE_COST = 0.5


def name_in(text: str) -> str | None:
    """The name in a label's text, without "(Host, me)" and the like; None where it is no name.

    It ends in an ellipsis where the label shows that it is cut off.
    """
    text, cut = _freed(unicodedata.normalize("NFKC", text).strip())
    text = _TORN.sub("", text).strip(" .,;:-_|'\"") + ("." if re.search(r"\s\w\.$", text) else "")
    letters = sum(letter.isalpha() for letter in text)
    if letters < (1 if _is_wide(text) else 2) or 2 * letters < len(text.replace(" ", "")):
        return None
    words = _words(text)
    if all(word in INTERFACE for word in words) or len(text) > settings.NAME_LONGEST:
        return None
    if words[-1] in ("screen", "presentation", "presenting", "sharing"):
        return None
    return text + CUT if cut else text


def _freed(text: str) -> tuple[str, bool]:
    """A label's text without parts in the meeting and the ellipsis, and whether that cuts the name itself."""
    cut = False
    while True:
        if dots := _DOTS.search(text):
            text, cut = text[: dots.start()], True
        elif (suffix := _SUFFIX.search(text)) and suffix.start() > 0 and _says_nothing(suffix):
            text, cut = text[: suffix.start()], False
        else:
            return text, cut


def presenter(text: str, names: Sequence[str | None]) -> int | None:
    """Whom of those who are here the label of a shared screen means: "Ada is presenting", "Ada's screen"."""
    name = name_in(_SHARED.sub("", unicodedata.normalize("NFKC", text).strip()))
    fits = [agree(name, other) if name and other else 0.0 for other in names]
    best = max(fits, default=0.0)
    if best < settings.NAME_ALIKE or not _leads(fits, fits.index(best), settings.NAME_LEAD):
        return None
    return fits.index(best)


def believable(name: str) -> bool:
    """Whether what was read can be a name: in letters that are read well, and as people write it.

    Names in other alphabets come out as look-alikes: Latin letters between Greek or Chinese ones, and
    brackets in the wrong order where the writing runs from right to left.
    """
    mixed = any(_is_wide(word) and "LATIN" in _scripts(word) for word in name.split())
    return readable(name) and not mixed and not _CLOSED_FIRST.match(name)


def match(names: Sequence[str | None], entries: Sequence[Entry]) -> list[Entry | None]:
    """Whom each name means, one person at most once; None where that can't be told for sure."""
    rows = [[_score(name, entry) if name else 0.0 for entry in entries] for name in names]
    scores = np.array(rows).reshape(len(names), len(entries))
    result: list[Entry | None] = [None] * len(names)
    for label, person in np.argwhere(scores >= settings.NAME_ALIKE):
        if _is_meant(scores, label, person):
            result[label] = entries[person]
    for label, name in enumerate(names):
        if name and is_cut(name) and result[label] is None:
            result[label] = _begun(label, without_icon(name), names, entries, scores)
    return result


def _begun(
    label: int, cut: str, names: Sequence[str | None], entries: Sequence[Entry], scores: Scores
) -> Entry | None:
    """Who alone on the class list begins so, however few the letters are, if no other label may be theirs."""
    may = [person for person, entry in enumerate(entries) if may_begin(cut, entry)]
    if len(may) != 1 or letters_of(cut) < settings.NAME_CUT_SHORT:
        return None
    entry = entries[may[0]]
    others = [n for n, name in enumerate(names) if n != label and name]
    if any(scores[n, may[0]] >= settings.NAME_ALIKE or may_begin(names[n] or "", entry) for n in others):
        return None
    fits = max(begins(cut, form) for form in _forms(entry) if readable(form))
    return entry if fits > settings.NAME_ALIKE else None


def _is_meant(scores: Scores, label: int, person: int) -> bool:
    """Whether a label fits one person so much better than others do that it can't be a mistake.

    A rival who comes nearer than that is none where another label is theirs: to be mistaken for each other,
    both labels would have to be read wrong.
    """
    mine, others = scores[label, person], np.delete(scores, label, axis=0)
    if (mine - others[:, person] < settings.NAME_LEAD_OF_LABELS).any():
        return False
    for rival in np.flatnonzero(mine - scores[label] < settings.NAME_LEAD):
        if rival != person:
            lead = mine - scores[label, rival]
            theirs = others[others[:, rival] >= settings.NAME_ALIKE]
            leads = lead + theirs[:, rival] - theirs[:, person]
            if lead < settings.NAME_LEAD_OF_LABELS or not (leads >= settings.NAME_LEAD).any():
                return False
    return True


def unreadable(entries: Sequence[Entry]) -> str | None:
    """A sentence when the class list has names in alphabets that can't be read; None when all can."""
    lost = [entry.name for entry in entries if not readable(entry.name) and not readable(entry.alias)]
    if not lost:
        return None
    alphabets = sorted({kind.title() for name in lost for kind in _scripts(name) if kind not in _READABLE})
    return (
        f"{len(lost)} of {len(entries)} names on the class list are written in {' and '.join(alphabets)}, "
        "which is not read from labels: only names that match the list are shown, the others stay numbered; "
        "add a column alias with their names in Latin letters, or with their seats."
    )


@lru_cache(maxsize=4096)
def readable(name: str) -> bool:
    """Whether a name is written in an alphabet that is read well: Latin, Chinese, Japanese."""
    return bool(name) and all(kind in _READABLE for kind in _scripts(name))


@lru_cache(maxsize=20_000)  # a class of 49 against its list, and again after every re-flow
def alike(one: str, other: str) -> float:
    """How alike two names are (0-1), however they were read: without marks, case and blanks."""
    one, other = _bare(one), _bare(other)
    if not one or not other:
        return 0.0
    return 1 - _distance(one, other) / max(len(one), len(other))


def agree(one: str, other: str) -> float:
    """How far two names may be one person's (0-1): also when a narrow tile cut one of them off."""
    short, long = sorted((one, other), key=lambda name: len(_bare(name)))
    begun = 0.0
    if begins(short, long) > settings.NAME_ALIKE:
        few = letters_of(short) < settings.NAME_CUT_LEAST
        begun = settings.NAME_ALIKE * is_cut(short) if few else settings.NAME_CUT
    return max(alike(one, other), begun)


def may_begin(name: str, entry: Entry) -> bool:
    """Whether a name that was cut off may be a person's, however few its letters are."""
    return is_cut(name) and any(begins(name, form) > settings.NAME_SOMEHOW for form in _forms(entry))


def _leads(scores: Sequence[float], place: int, by: float) -> bool:
    """Whether one score is so far before the others that it can't be a mistake for one of them."""
    return all(scores[place] - score >= by for other, score in enumerate(scores) if other != place)


@lru_cache(maxsize=65536)
def _score(name: str, entry: Entry) -> float:
    """How well a name fits a person (0-1)."""
    name = without_icon(name)
    return max((_fit(name, form) for form in _forms(entry) if readable(form)), default=0.0)


def without_icon(name: str) -> str:
    """A name in Latin letters without a single Chinese one at either end: icons are read as such."""
    for icon, rest in ((name[:1], name[1:]), (name[-1:], name[:-1])):
        if _is_wide(icon) and _scripts(rest) == {"LATIN"}:
            return rest.strip()
    return name


def _forms(entry: Entry) -> Iterator[str]:
    """The ways in which a person may appear: "Ada Lovelace", "Lovelace, Ada", the alias, the address."""
    yield entry.name
    words = entry.name.replace(",", " ").split()
    if len(words) > 1:
        yield " ".join([words[-1], *words[:-1]])
        yield " ".join([*words[1:], words[0]])
    yield entry.alias
    yield entry.email.split("@")[0]


def _fit(name: str, form: str) -> float:
    words = _words(name)
    worth = settings.NAME_FIRST_ONLY if len(words) == 1 else settings.NAME_SHORTENED
    cut = is_cut(name) and letters_of(name) >= settings.NAME_CUT_LEAST
    begun = settings.NAME_SHORTENED * begins(name, form) if cut else 0.0
    return max(alike(name, form), worth * _part(words, _words(form)), begun)


def _part(words: Sequence[str], whole: Sequence[str]) -> float:
    """How well "Ada" or "Ada L." stands for "Ada Lovelace": its words fit the first ones of the whole."""
    if not words or len(words) > len(whole) or len(words[0]) < 2:
        return 0.0
    first, *rest = words
    ends = [max(max(begins(word, other), alike(word, other)) for other in whole[1:]) for word in rest]
    return min([alike(first, whole[0]), *ends])


def begins(short: str, long: str) -> float:
    """How well a text stands for the beginning of one that is at least as long (0-1)."""
    short, long = _bare(short), _bare(long)
    return alike(short, long[: len(short)]) if len(short) <= len(long) else 0.0


def letters_of(name: str) -> int:
    """How many letters and digits a name has."""
    return len(_bare(name))


def _words(text: str) -> list[str]:
    return [word for word in re.split(rf"[\s,.;:_{CUT}]+", text.casefold()) if word]


def _says_nothing(suffix: re.Match[str]) -> bool:
    """Whether what stands in brackets is a part in the meeting or a pronoun; the tile may have cut it off."""
    words = [word for word in re.split(r"[\s,./;&·…]+", suffix[1].casefold()) if word]
    if words and not suffix[0].rstrip().endswith((")", "]")):
        words[-1] = next((whole for whole in _NO_NAMES if whole.startswith(words[-1])), words[-1])
    return all(word in _NO_NAMES for word in words)


def _bare(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_PLAIN))
    return "".join(letter for letter in plain if letter.isalnum())


def _is_wide(text: str) -> bool:
    return any(kind in ("CJK", "HIRAGANA", "KATAKANA") for kind in _scripts(text))


def _scripts(text: str) -> set[str]:
    """The alphabets of a text by Unicode's names for them: LATIN, CYRILLIC, CJK ..."""
    return {unicodedata.name(letter, "UNKNOWN").split()[0] for letter in text if letter.isalpha()}


def _distance(one: str, other: str) -> float:
    """Letters to change, add or drop, where those that look alike, and "rn" for "m", cost half."""
    joined = "rn" in one or "rn" in other
    before: list[float] = []
    above = [float(column) for column in range(len(other) + 1)]
    for i, here in enumerate(one, start=1):
        row = [cost := float(i)]
        for j, there in enumerate(other, start=1):
            change = above[j - 1]
            if here != there:
                change += _ALIKE_COST if here + there in _ALIKE else 1.0
            cost = min(change, above[j] + 1, cost + 1)
            if joined and there == "m" and one[i - 2 : i] == "rn" and i > 1:
                cost = min(cost, before[j - 1] + _ALIKE_COST)
            if joined and here == "m" and other[j - 2 : j] == "rn" and j > 1:
                cost = min(cost, above[j - 2] + _ALIKE_COST)
            row.append(cost)
        before, above = above, row
    return above[-1]

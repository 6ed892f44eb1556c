"""Every language says the same: same keys and gaps, nothing left in English, numbers as it writes them."""

import json
import re
from string import Formatter

import pytest

from meetbot.errors import UsageError
from meetbot.language import LANGUAGES as TAGS
from meetbot.language import language_for
from meetbot.report.html import render, render_term
from meetbot.report.moods import ORDER
from meetbot.report.notation import THIN, Notation
from meetbot.report.page import make_page
from meetbot.report.term.page import make_term_page
from meetbot.report.words import ENGLISH, LANGUAGES, Words, words_of
from meetbot.resources import resource
from meetbot.types import EMOTIONS, UNSURE
from tests import lessons
from tests.terms import term_of

OTHERS = [words for words in LANGUAGES if words.lang != "en"]
# What is rightly the same as in English: names, signs, gaps alone, and words that both languages have.
ALIKE = {
    "detail_seen", "teacher_command", "letter_surprise", "letter_unsure", "role_student",
    "item_version",
}  # fmt: skip
ALIKE_IN = {
    "de": {"neutral", "letter_neutral", "name", "term_trend"},
    "es": {"neutral", "letter_neutral", "role_bot", "day_of"},
    "hi": {"day_of"},
}
ENGLISH_WORDS = re.compile(r"\b(the|and|of|with|were|from|which|lesson|face|screen|seen)\b", re.IGNORECASE)

each = pytest.mark.parametrize("words", OTHERS, ids=lambda words: words.lang)


def gaps(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field is not None}


@each
def test_every_key_is_there_and_no_other(words: Words) -> None:
    assert set(words.table) == set(ENGLISH.table)


@each
def test_every_sentence_has_the_gaps_of_the_english_one(words: Words) -> None:
    assert {k: gaps(s) for k, s in words.table.items()} == {k: gaps(s) for k, s in ENGLISH.table.items()}


@each
def test_no_sentence_is_left_in_english(words: Words) -> None:
    same = {key for key, sentence in words.table.items() if sentence == ENGLISH.table[key]}
    assert same == ALIKE | ALIKE_IN[words.lang]
    said = {key: re.sub(r"{\w+}", "", sentence) for key, sentence in words.table.items()}
    strange = {key for key, sentence in said.items() if ENGLISH_WORDS.search(sentence)}
    assert strange <= ALIKE


@each
def test_blanks_at_the_ends_are_those_of_english_for_sentences_are_joined(words: Words) -> None:
    def ends(sentence: str) -> tuple[bool, bool]:
        return sentence.startswith(" "), sentence.endswith(" ")

    assert [k for k, s in words.table.items() if ends(s) != ends(ENGLISH.table[k])] == []


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.lang)
def test_one_and_many_come_in_pairs_and_differ_where_they_are_said_of_people(words: Words) -> None:
    ones = {key.removesuffix("_one") for key in words.table if key.endswith("_one")} - {"mood"}
    assert all(f"{key}_many" in words.table for key in ones)
    assert all("{n}" in words.table[f"{key}_many"] for key in ones - {"seen", "class"})
    for key in ("lessons", "rests_attention_down", "moments_more"):
        assert words.count(key, 1, of=9) != words.count(key, 2, of=9)


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.lang)
def test_no_two_moods_share_a_sign_or_a_name(words: Words) -> None:
    moods = (*EMOTIONS, UNSURE)
    assert len({words[f"letter_{mood}"] for mood in moods}) == len(moods)
    assert len({words[mood] for mood in moods}) == len(moods)
    assert all(len(words[f"letter_{mood}"]) == 1 for mood in moods)


def test_numbers_are_written_as_the_reader_writes_them() -> None:
    written = {}
    for words in LANGUAGES:
        n = words.numbers
        date = n.date("2026-03-05T09:15:00")
        written[words.lang] = (n.percent(0.714), n.amount(108000.5, 1), n.minutes(4.25), date)
    assert written == {
        "en": (f"71{THIN}%", "108,000.5", f"4.2{THIN}min", "2026-03-05 09:15"),
        "de": (f"71{THIN}%", "108.000,5", f"4,2{THIN}Min.", "05.03.2026 09:15"),
        "es": (f"71{THIN}%", f"108{THIN}000,5", f"4,2{THIN}min", "05/03/2026 09:15"),
        "hi": ("71%", "1,08,000.5", "4.2 मिनट", "05/03/2026 09:15"),
    }


def test_lakhs_are_grouped_by_two_from_the_thousands_on() -> None:
    amount = words_of("hi").numbers.amount
    assert [amount(n) for n in (999, 1000, 99999, 100000, 12345678)] == [
        "999",
        "1,000",
        "99,999",
        "1,00,000",
        "1,23,45,678",
    ]


@each
def test_pages_are_wholly_in_their_language(words: Words) -> None:
    pages = [
        render(make_page(lessons.class_of(6), lessons.card(), words)),
        render(make_page(lessons.nobody_seen(), None, words)),
        render_term(make_term_page(term_of(12, fall=0.3), words)),
    ]
    told = [s.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}") for s in ENGLISH.table.values()]
    english = [s for s in told if len(s) > 12 and not gaps(s) and not s.startswith("meetbot")]
    for page in pages:
        assert f'<html lang="{words.lang}">' in page
        assert [sentence for sentence in english if f">{sentence}" in page or f'"{sentence}"' in page] == []


# Spanish calls attention to itself in an idiom, which is told from the state of mind by its verb.
ATTENTION = re.compile(r"attenti|aufmerk|(?<!llama la )atenci|ध्यान(?! में)", re.IGNORECASE)


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.lang)
def test_where_moods_are_not_read_nothing_is_called_attention(words: Words) -> None:
    term = term_of(12, fall=0.3, moods=False)
    pages = [
        render(make_page(lessons.without_moods(lessons.class_of(6)), None, words)),
        render(make_page(lessons.without_moods(lessons.nobody_seen()), None, words)),
        render_term(make_term_page(term, words)),
    ]
    for page in pages:
        seen = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>", " ", page, flags=re.DOTALL)
        assert ATTENTION.findall(seen) == []
    assert ATTENTION.search(render(make_page(lessons.class_of(6), None, words)))


@pytest.mark.parametrize("words", LANGUAGES, ids=lambda words: words.lang)
def test_what_is_said_otherwise_without_moods_has_the_same_gaps(words: Words) -> None:
    assert set(words.turned) == set(words.table)
    assert {k: gaps(s) for k, s in words.turned.items()} == {k: gaps(s) for k, s in words.table.items()}
    changed = {key for key, said in words.turned.items() if said != words.table[key]}
    assert changed == {key for key, said in ENGLISH.turned.items() if said != ENGLISH.table[key]}


def test_the_tags_that_may_be_asked_for_are_those_that_have_words() -> None:
    assert [words.lang for words in LANGUAGES] == list(TAGS)
    assert words_of("de").lang == "de"


def test_a_language_is_found_by_its_tag_however_it_is_written() -> None:
    found = [language_for(asked) for asked in ("de", "de-AT", "es_MX.UTF-8", "HI", "German_Germany")]
    assert found == ["de", "de", "es", "hi", "de"]
    with pytest.raises(UsageError, match=r"no words in the language 'tlh'.*de .Deutsch."):
        language_for("tlh")


def test_without_being_asked_it_is_the_accounts_language_else_english(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for told, tag in (("de_AT.UTF-8", "de"), ("C.UTF-8", "en"), ("fr_FR.UTF-8", "en"), ("hi_IN", "hi")):
        monkeypatch.setenv("LC_ALL", told)
        assert language_for() == tag
    monkeypatch.delenv("LC_ALL")
    monkeypatch.delenv("LC_MESSAGES", raising=False)
    monkeypatch.setenv("LANG", "es_ES.UTF-8")
    assert language_for() == "es"


def test_the_live_page_has_all_its_words_in_every_language() -> None:
    table = json.loads(resource("templates", "live/words.json").read_text(encoding="utf-8"))
    assert list(table) == list(TAGS)
    english = table["en"]
    for tag, words in table.items():
        assert list(words) == list(english), tag
        assert {key: gaps(said) for key, said in words.items()} == {k: gaps(s) for k, s in english.items()}
        same = {key for key, said in words.items() if said == english[key]}
        assert tag == "en" or same <= {"neutral"}
        assert [words[mood] for mood in EMOTIONS] == [words_of(tag)[mood] for mood in EMOTIONS]


def test_every_word_of_the_table_can_be_said() -> None:
    assert all(text.strip() or key == "role_student" for key, text in ENGLISH.table.items())
    assert {f"letter_{label}" for label in ORDER} <= set(ENGLISH.table)
    letters = [ENGLISH[f"letter_{label}"] for label in ORDER]
    assert len(set(letters)) == len(letters) == len(EMOTIONS) + 1


def test_braces_in_what_is_filled_in_are_left_alone() -> None:
    words = Words("en", {"hello": "Hello {name}"})
    assert words.say("hello", name="{0} {x!r}") == "Hello {0} {x!r}"


def test_another_language_writes_its_numbers_its_own_way() -> None:
    german = Notation(decimal=",", group=".", percent_form="{n} %")
    assert (german.percent(0.125), german.percent(0.001)) == ("13 %", f"<{THIN}1 %")
    assert (german.amount(1234.56, 1), german.plain(2.5)) == ("1.234,6", "2,5")
    assert german.minutes(3.14) == f"3,1{THIN}min"


def test_a_language_without_a_table_is_english() -> None:
    assert words_of("en") is words_of("tlh") is ENGLISH

"""What stands in a lesson instead of names, for those whom the class list knows."""

from collections.abc import Callable, Sequence

from meetbot.gallery.names import match
from meetbot.roster import Entry, plain_name, pseudonyms


def pseudonym_for(entries: Sequence[Entry]) -> Callable[[str], str | None]:
    """What stands in a lesson instead of a name; nothing where the class list does not know it."""
    shown = dict(zip(entries, pseudonyms(entries), strict=True))
    known = {plain_name(name): name for name in shown.values()}

    def pseudonym(name: str) -> str | None:
        if plain_name(name) in known:
            return known[plain_name(name)]
        exact = [entry for entry in entries if entry.answers_to(name)]
        (entry,) = exact[:1] or match([name], entries)
        return shown[entry] if entry else None

    return pseudonym

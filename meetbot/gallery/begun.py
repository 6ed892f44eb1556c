"""Names that tiles cut off: whom of those who are known in the lesson one means, and who else it may be."""

from collections.abc import Callable, Iterator, Sequence

from meetbot import settings
from meetbot.gallery.names import agree, alike, begins, letters_of, may_begin
from meetbot.roster import Entry, is_cut

Rival = Callable[[int, int], bool]  # whether two known people may be two


def meant(
    names: Sequence[str | None],
    known: Sequence[str | None],
    apart: Rival,
    entries: Sequence[Entry] = (),
) -> Iterator[tuple[int, int]]:
    """Tile and known person where one name is the beginning of the other, and nobody else's.

    Nobody else who is known, or on the class list, may begin so, and no other tile may carry the name.
    """
    named = [(person, name) for person, name in enumerate(known) if name]
    cut = [(person, name) for person, name in named if is_cut(name)]
    for tile, name in enumerate(names):
        for person, whole in named if name and is_cut(name) else cut:
            if not name or not _is_begun(name, whole):
                continue
            others = [other for n, other in named if apart(person, n)]
            tiles = [other for n, other in enumerate(names) if other and n != tile]
            rivals = any(may_be(name, other) for other in others) or any(may_be(whole, o) for o in tiles)
            if not rivals and _alone_on_list(name, whole, entries):
                yield tile, person


def one_name(one: str | None, other: str | None) -> bool:
    """Whether two read names are one."""
    return bool(one and other and alike(one, other) >= settings.NAME_SAME)


def may_be(one: str, other: str) -> bool:
    """Whether two names may be one person's, one of them cut off and perhaps misread."""
    return agree(one, other) >= settings.NAME_ALIKE or any(
        is_cut(short) and begins(short, long) > settings.NAME_SOMEHOW
        for short, long in ((one, other), (other, one))
    )


def may_be_another(cut: str, seen: Sequence[str], entries: Sequence[Entry]) -> bool:
    """Whether somebody on the class list who was not seen yet may begin so."""
    return any(
        may_begin(cut, entry) and not any(one_name(entry.name, name) for name in seen) for entry in entries
    )


def is_short(name: str) -> bool:
    """Whether a cut-off name has so few letters that alone it says little."""
    return is_cut(name) and letters_of(name) < settings.NAME_CUT_LEAST


def _is_begun(one: str, other: str) -> bool:
    """Whether a name is cut off and the beginning of the other."""
    return any(
        is_cut(short)
        and letters_of(short) >= settings.NAME_CUT_SHORT
        and begins(short, long) > settings.NAME_ALIKE
        for short, long in ((one, other), (other, one))
    )


def _alone_on_list(one: str, other: str, entries: Sequence[Entry]) -> bool:
    """Whether nobody on the class list but the one who is meant may begin as the cut-off name does."""
    cut, whole = (one, other) if is_cut(one) else (other, one)
    return all(one_name(entry.name, whole) for entry in entries if may_begin(cut, entry))

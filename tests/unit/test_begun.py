"""Whom a name that its tile cuts off means."""

from collections.abc import Sequence

import pytest

from meetbot.gallery.begun import is_short, may_be, may_be_another, meant
from meetbot.roster import CUT, Entry

ARJUN, CLARA = "Arjun Großmann", "Clara Popescu"


def told(
    names: Sequence[str | None], known: Sequence[str | None], entries: Sequence[Entry] = ()
) -> set[tuple[int, int]]:
    """Tile and known person, where no two of the known people are one."""
    return set(meant(names, known, lambda one, other: one != other, entries))


@pytest.mark.parametrize("cut", ["Arju", "Arj", "Arjun Gr", "Árju"])
def test_a_beginning_that_one_known_person_has_means_them(cut: str) -> None:
    assert told([None, cut + CUT], [CLARA, None, ARJUN]) == {(1, 2)}


def test_a_letter_that_looks_like_another_does_not_matter() -> None:
    assert told(["loan" + CUT], ["Ioana Castañeda", CLARA]) == {(0, 0)}


def test_a_person_of_whom_the_beginning_was_read_is_the_one_whose_whole_name_begins_so() -> None:
    assert told([ARJUN, CLARA], ["Arju" + CUT]) == {(0, 0)}


@pytest.mark.parametrize("cut", ["Arju", "Ar" + CUT, "Arjo" + CUT, "Dora" + CUT])
def test_what_is_not_cut_off_or_too_short_or_another_beginning_means_nobody(cut: str) -> None:
    assert told([cut], [ARJUN, CLARA]) == set()


@pytest.mark.parametrize("other", ["Arjun Patel", "Arja Korhonen", "Arju" + CUT])
def test_a_beginning_that_another_known_person_may_have_means_nobody(other: str) -> None:
    assert told(["Arju" + CUT], [ARJUN, other]) == set()


@pytest.mark.parametrize("other", [ARJUN, "Arjun Gro ßmann", "Arju" + CUT, "Arjn" + CUT])
def test_nobody_is_meant_whose_name_another_tile_carries(other: str) -> None:
    assert told(["Arju" + CUT, other], [ARJUN]) == set()


def test_a_beginning_that_two_whole_names_in_tiles_have_means_neither() -> None:
    assert told([ARJUN, "Arjun Patel"], ["Arju" + CUT]) == set()


def test_a_beginning_that_somebody_on_the_class_list_has_who_was_not_seen_yet_means_nobody() -> None:
    entries = [Entry(ARJUN), Entry(CLARA)]
    assert told(["Arju" + CUT], [ARJUN], entries) == {(0, 0)}
    assert told(["Arju" + CUT], [ARJUN], [*entries, Entry("Arjun Patel")]) == set()
    assert told([ARJUN], ["Arju" + CUT], [*entries, Entry("Arjun Patel")]) == set()


def test_who_on_the_class_list_was_not_seen_yet_may_be_meant() -> None:
    entries = [Entry(ARJUN), Entry(CLARA)]
    assert may_be_another("Arju" + CUT, [CLARA], entries)
    assert not may_be_another("Arju" + CUT, [ARJUN], entries)


def test_a_misread_beginning_may_still_be_somebodys() -> None:
    assert may_be("Arjn" + CUT, ARJUN) and may_be(ARJUN, "Arjn" + CUT)
    assert not may_be("Clar" + CUT, ARJUN) and not may_be("Arju", ARJUN)


def test_a_few_letters_are_a_short_beginning_and_a_whole_name_is_none() -> None:
    assert is_short("Arju" + CUT)
    assert not is_short("Arju") and not is_short("Arjun G" + CUT)

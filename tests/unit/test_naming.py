"""The names of a layout: which of what was read is shown."""

from collections.abc import Sequence

import numpy as np
import pytest

from meetbot import settings
from meetbot.gallery.labels import Label, LabelReader
from meetbot.gallery.naming import Naming
from meetbot.roster import Entry
from meetbot.types import Box, Image, Picture
from tests.labelled import Writing, labelled
from tests.requires import require_extra

PICTURE = Picture(np.zeros((90, 320), np.uint8))


def named(*labels: Label | None, entries: Sequence[Entry] = ()) -> list[str | None]:
    """What is shown where these labels were read, from left to right."""

    def read(cells: Sequence[Sequence[Image]]) -> Sequence[Label | None]:
        return labels

    naming = Naming(read, entries)
    naming.begin([Box(place * 80, 0, 80, 90) for place in range(len(labels))], PICTURE)
    return naming.names()


def test_a_label_that_was_read_for_sure_is_shown() -> None:
    assert named(Label("Ada Lovelace (Host)", 0.97), None) == ["Ada Lovelace", None]


def test_a_name_that_is_cut_off_is_shown_as_such() -> None:
    assert named(Label("Ada Lovel...", 0.97)) == ["Ada Lovel\N{HORIZONTAL ELLIPSIS}"]
    assert named(Label("Ada Lovel...", 0.97), entries=[Entry("Ada Lovelace")]) == ["Ada Lovelace"]


def test_an_icon_beside_what_is_left_of_a_name_does_not_hide_it() -> None:
    assert named(Label("畏Arju...", 0.94)) == ["Arju\N{HORIZONTAL ELLIPSIS}"]
    assert named(Label("Kim秀", 0.97)) == [None]


def test_where_any_text_may_stand_only_a_name_on_the_class_list_is_one() -> None:
    def read(cells: Sequence[Sequence[Image]]) -> Sequence[Label | None]:
        return [Label("Newton Laws", 0.99), Label("Ada Lovelace", 0.99)][-len(cells) :]

    for entries, name in (([], None), ([Entry("Ada Lovelace")], "Ada Lovelace"), ([Entry("Bo Li")], None)):
        naming = Naming(read, entries, listed=True)
        naming.begin([Box(0, 0, 320, 90)], PICTURE)
        assert naming.names() == [name]


def test_a_label_that_was_hardly_readable_stays_a_number() -> None:
    assert named(Label("Tapac oo", settings.NAME_SURE - 0.01)) == [None]


def test_a_name_in_letters_that_are_not_read_stays_a_number() -> None:
    assert named(Label("Kúorag Anμrtpíov", 0.95), Label("Mia", 0.95)) == [None, "Mia"]


@pytest.mark.parametrize("size", [13, 16, 20])
def test_names_in_cyrillic_leave_their_seats_numbered(size: int) -> None:
    require_extra("names")
    how = Writing("pill", size)
    names = ["Оксана Мороз", "Ольга Васильева", "Дмитрий Соколов", "Екатерина Смирнова", "Ada Lovelace"]
    cells = [[labelled(name, how, seed) for seed in range(3)] for name in names]
    assert named(*LabelReader().read_all(cells)) == [None, None, None, None, "Ada Lovelace"]


def test_the_class_list_tells_a_hardly_readable_name() -> None:
    entries = [Entry("Ada Lovelace"), Entry("Lise Meitner")]
    assert named(Label("Ada Loveloce", 0.7), Label("Lise M", 0.7), entries=entries) == [
        "Ada Lovelace",
        "Lise Meitner",
    ]


def test_what_was_not_sure_is_read_once_more_on_several_pictures() -> None:
    seen: list[int] = []

    def read(cells: Sequence[Sequence[Image]]) -> Sequence[Label | None]:
        seen.append(len(cells[0]))
        return [Label("Ada Lovelace", 0.5 if len(cells[0]) == 1 else 0.95) for _ in cells]

    naming = Naming(read)
    naming.begin([Box(0, 0, 80, 90)], PICTURE)
    assert naming.names() == [None]
    assert [naming.sample(PICTURE) for _ in range(settings.LABEL_SAMPLES)] == [False, True, False]
    assert (seen, naming.names()) == ([1, settings.LABEL_SAMPLES], ["Ada Lovelace"])

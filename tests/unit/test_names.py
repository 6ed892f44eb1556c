"""What is a name, and whom on the class list it means."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetbot.gallery.names import alike, believable, match, name_in, presenter, readable, unreadable
from meetbot.roster import Entry

CLASS = [
    Entry(name) for name in ("Ada Lovelace", "Grace Hopper", "Lise Meitner", "Łukasz Nowak", "Anna Weiß")
]


def matched(*names: str | None, entries: list[Entry] = CLASS) -> list[str | None]:
    return [entry.name if entry else None for entry in match(names, entries)]


@pytest.mark.parametrize(
    "text",
    ["Mute", "Host", "You", "(Host, me)", "Unmute", "REC", "Recording", "12:30", "Start Video", "...", "",
     "x", "49%", "Ada's screen", "Chat", "Raise Hand", "1234567", "Gastgeber", "主持人"],
)  # fmt: skip
def test_what_is_no_name_is_left_out(text: str) -> None:
    assert name_in(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ada Lovelace (Host, me)", "Ada Lovelace"),
        ("Ada Lovelace (You)", "Ada Lovelace"),
        ("Ada Lovelace (she/her) (Host)", "Ada Lovelace"),
        ("Ada LovelaceHost, me)", "Ada Lovelace"),
        ("Ada Lovelace (Guest", "Ada Lovelace"),
        ("Ada Lovelace (Gues", "Ada Lovelace"),
        ("Ada Lovelace (Co-ho…", "Ada Lovelace"),
        ("Ada Lovelace (7b", "Ada Lovelace (7b"),
        ("Ada Lovelace (Guest))", "Ada Lovelace"),
        ("Ada (7b)", "Ada (7b)"),
        ("Ada L.", "Ada L."),
        ("- Ada Lovelace |", "Ada Lovelace"),
        ("王芳\uff08主持人\uff09", "王芳"),
        ("李", "李"),
        ("Mike", "Mike"),
        ("Ada Lovelace", "Ada Lovelace"),
    ],
)
def test_a_name_is_freed_of_what_products_add(text: str, name: str) -> None:
    assert name_in(text) == name


@pytest.mark.parametrize(
    "read",
    ["Σδfí", "Eλene", "Anμrtpíμv", "三Évoç", "Kim秀", "a) bw", "ule) sar"],
)
def test_letters_that_only_look_like_others_are_no_name(read: str) -> None:
    assert not believable(read)


@pytest.mark.parametrize(
    "read", ["Søren Dvořák", "Ada (7b)", "李娜 Lina", "さとう ゆき", "O'Brien, Zoë", "Nguyễn"]
)
def test_names_as_people_write_them_are_believed(read: str) -> None:
    assert believable(read)


@pytest.mark.parametrize(
    ("label", "place"),
    [
        ("Lise Meitner is presenting", 1),
        ("Ada Lovelace's screen", 0),
        ("Lise Meitner (Presenting)", 1),
        ("Ada Lovelace - Presentation", 0),
        ("Ada Lovelace's shared screen", 0),
        ("Lise Meitner is sharing their screen", 1),
        ("Ada Lovelace", 0),
        ("Chapter 3: Energy", None),
        ("Presentation", None),
        ("Lise", None),
    ],
)
def test_the_label_of_a_shared_screen_tells_whose_it_is(label: str, place: int | None) -> None:
    assert presenter(label, ["Ada Lovelace", "Lise Meitner", None]) == place


def test_of_two_of_one_name_the_shared_screen_is_nobodys() -> None:
    assert presenter("Ada's screen", ["Ada", "Ada"]) is None


def test_names_match_their_people() -> None:
    assert matched("Grace Hopper", "Ada Lovelace") == ["Grace Hopper", "Ada Lovelace"]


@pytest.mark.parametrize(
    "read", ["Lukasz Nowak", "ŁukaszNowak", "Łukasz Nowak (7b", "tukasz Nowak", "NOWAK, Łukasz"]
)
def test_a_name_matches_in_spite_of_small_faults(read: str) -> None:
    assert matched(read) == ["Łukasz Nowak"]


@pytest.mark.parametrize("read", ["Lukas Nowicki", "Marie Curie", "Lise Müller"])
def test_somebody_else_matches_nobody(read: str) -> None:
    assert matched(read) == [None]


@pytest.mark.parametrize("read", ["Ada", "Ada L.", "Ada L", "ada", "Lovelace"])
def test_a_part_of_a_name_is_enough_where_only_one_has_it(read: str) -> None:
    assert matched(read) == ["Ada Lovelace"]


def test_a_first_name_that_two_have_is_nobody() -> None:
    two = [Entry("Ada Lovelace"), Entry("Ada Yonath")]
    assert matched("Ada", "Ada Y.", entries=two) == [None, "Ada Yonath"]


def test_twins_by_one_letter_are_told_apart_only_when_the_letter_was_read() -> None:
    twins = [Entry("Jan Kowalski"), Entry("Jan Kowalska")]
    assert matched("Jan Kowalska", entries=twins) == [None]
    assert matched("Jan Kowa1sk1", entries=twins) == [None]


def test_two_labels_with_one_name_are_nobody() -> None:
    assert matched("Ada Lovelace", "Ada Lovelace") == [None, None]


def test_an_alias_and_an_address_are_names_too() -> None:
    entries = [
        Entry("Ada Lovelace", alias="Countess"),
        Entry("Grace Hopper", email="amazing.grace@navy.example"),
    ]
    assert matched("countess", "AmazingGrace", entries=entries) == ["Ada Lovelace", "Grace Hopper"]


def test_no_text_means_nobody() -> None:
    assert matched(None, "Ada") == [None, "Ada Lovelace"]


def test_chinese_names_match_exactly_only() -> None:
    entries = [Entry("王芳"), Entry("李伟")]
    assert matched("王芳", "李娜", entries=entries) == ["王芳", None]


@pytest.mark.parametrize("name", ["Иван Петров", "김민준", "محمد علي", "प्रिया", "Γιώργος"])
def test_names_in_other_alphabets_are_said_to_be_out_of_reach(name: str) -> None:
    assert not readable(name)
    sentence = unreadable([Entry("Ada Lovelace"), Entry(name)])
    assert sentence and sentence.startswith("1 of 2 names")


def test_the_alphabet_is_named() -> None:
    sentence = unreadable([Entry("Иван Петров")])
    assert sentence and "Cyrillic" in sentence


def test_an_alias_in_latin_letters_brings_a_name_within_reach() -> None:
    entries = [Entry("Иван Петров", alias="Ivan Petrov")]
    assert unreadable(entries) is None
    assert matched("Ivan Petrov", entries=entries) == ["Иван Петров"]


def test_junk_for_another_alphabet_matches_nobody() -> None:
    assert matched("NBaH NeTpoB", entries=[Entry("Иван Петров"), Entry("Ada Lovelace")]) == [None]


def test_letters_that_look_alike_weigh_less() -> None:
    assert alike("Ana Mi11er", "Ana Miller") > alike("Ana Mixxer", "Ana Miller")
    assert alike("Fernández", "Femandez") > 0.9
    assert alike("", "Ada") == 0


@settings(deadline=None)
@given(st.lists(st.text(max_size=12), max_size=6))
def test_nobody_is_meant_twice(names: list[str]) -> None:
    found = [entry for entry in match(names, CLASS) if entry]
    assert len(set(found)) == len(found)


@settings(deadline=None)
@given(st.text(max_size=30))
def test_a_name_found_is_found_again_in_itself(text: str) -> None:
    name = name_in(text)
    assert name is None or name_in(name) in (name, None)

"""What is a name, and whom on the class list it means."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetbot.gallery.names import (
    agree,
    alike,
    believable,
    match,
    may_begin,
    name_in,
    presenter,
    readable,
    unreadable,
)
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
        ("Ada Lovelace (...", "Ada Lovelace"),
        ("Ada Lovel\N{HORIZONTAL ELLIPSIS}", "Ada Lovel\N{HORIZONTAL ELLIPSIS}"),
        ("Lovel.", "Lovel\N{HORIZONTAL ELLIPSIS}"),
        ("Lovelace J.", "Lovelace J."),
        ("Lovelace Jr.", "Lovelace Jr"),
        ("Ada Lovel..", "Ada Lovel\N{HORIZONTAL ELLIPSIS}"),
        ("Ada Lovel... 赛", "Ada Lovel\N{HORIZONTAL ELLIPSIS}"),
        ("Ada Lovel... (You)", "Ada Lovel\N{HORIZONTAL ELLIPSIS}"),
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


@pytest.mark.parametrize(
    ("read", "person"),
    [
        ("Grace H...", "Grace Hopper"),
        ("Meitner, L...", "Lise Meitner"),
        ("Meitne...", "Lise Meitner"),
        ("Lukasz Now...", "Łukasz Nowak"),
        ("Crace Hop...", "Grace Hopper"),
        ("Lise lVleit...", None),
        ("Ada Lovelace Byr...", None),
        ("Gra...", "Grace Hopper"),
        ("Gr...", None),
        ("Graz...", None),
        ("赛Grac...", "Grace Hopper"),
    ],
)
def test_a_name_that_is_cut_off_means_the_one_who_begins_so(read: str, person: str | None) -> None:
    assert matched(name_in(read)) == [person]


@pytest.mark.parametrize("read", ["Mariann...", "Marianne...", "Maria...", "Marianne V..."])
def test_a_beginning_that_two_have_is_nobody(read: str) -> None:
    two = [Entry("Marianne Voss"), Entry("Marianne Vogt"), Entry("Ada Lovelace")]
    assert matched(name_in(read), entries=two) == [None]


def test_a_short_beginning_is_nobody_where_another_label_may_be_theirs() -> None:
    assert matched("Grace Hopper", name_in("Gra...")) == ["Grace Hopper", None]
    assert matched("Grace", name_in("Gra...")) == ["Grace Hopper", None]
    assert matched(name_in("Grac..."), name_in("Gra...")) == [None, None]


def test_a_beginning_in_which_a_letter_looks_like_that_of_another_is_nobody() -> None:
    two = [Entry("Ilse Meitner"), Entry("Lise Meitner")]
    assert matched(name_in("Iise Me..."), entries=two) == [None]


def test_a_whole_name_is_its_own_beside_one_that_is_cut_off() -> None:
    two = [Entry("Marianne Voss"), Entry("Marianne Vogt")]
    assert matched("Marianne Voss", name_in("Marian..."), entries=two) == ["Marianne Voss", None]


def test_a_first_name_alone_is_nobody_though_the_other_of_that_name_is_here() -> None:
    two = [Entry("Ada Lovelace"), Entry("Ada Yonath")]
    assert matched("Ada Yonath", "Ada", entries=two) == ["Ada Yonath", None]


def test_the_beginning_of_an_alias_and_of_an_address_are_names_too() -> None:
    entries = [
        Entry("Иван Петров", alias="Ivan Petrov"),
        Entry("Grace Hopper", email="amazing.grace@navy.example"),
    ]
    found = matched(name_in("Ivan Pe..."), name_in("Amazing.gr..."), entries=entries)
    assert found == ["Иван Петров", "Grace Hopper"]


@pytest.mark.parametrize("read", ["赛Grace Hopper", "Grace Hopper 课"])
def test_an_icon_that_was_taken_for_a_letter_hides_nobody_on_the_class_list(read: str) -> None:
    assert matched(name_in(read)) == ["Grace Hopper"]


@pytest.mark.parametrize("name", ["A...", "Ad...", "Ado Lov...", "Lovel...", "Coun...", "ada.l..."])
def test_a_name_that_is_cut_off_may_be_anybodys_who_begins_so(name: str) -> None:
    someone = Entry("Ada Lovelace", alias="Countess", email="ada.lovelace@example.org")
    assert may_begin(name.replace("...", "\N{HORIZONTAL ELLIPSIS}"), someone)


@pytest.mark.parametrize("name", ["Grac\N{HORIZONTAL ELLIPSIS}", "Ada"])
def test_what_begins_otherwise_or_is_whole_begins_nobodys_name(name: str) -> None:
    assert not may_begin(name, Entry("Ada Lovelace"))


def test_a_beginning_agrees_with_its_name_and_is_hardly_evidence_where_it_is_short() -> None:
    whole = agree("Katherine Jo\N{HORIZONTAL ELLIPSIS}", "Katherine Johnson")
    short = agree("Kath\N{HORIZONTAL ELLIPSIS}", "Katherine Johnson")
    assert whole > short > agree("Kath", "Katherine Johnson")
    assert agree("Kath\N{HORIZONTAL ELLIPSIS}", "Marie Curie") < short


def test_two_whose_names_are_one_letter_apart_are_told_where_both_are_here() -> None:
    twins = [Entry("Jan Kowalski"), Entry("Jan Kowalska")]
    assert matched("Jan Kowalska", "Jan Kowalski", entries=twins) == ["Jan Kowalska", "Jan Kowalski"]
    assert matched("Jan Kowalska", "Jan Kowalska", entries=twins) == [None, None]


def test_of_two_whose_names_are_one_letter_apart_one_alone_is_nobody() -> None:
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

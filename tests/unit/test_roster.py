"""The class list as spreadsheets write it."""

from pathlib import Path

import openpyxl
import pytest

from meetbot.errors import InputError
from meetbot.roster import Entry, read_roster


def write(tmp_path: Path, text: str, encoding: str = "utf-8") -> Path:
    path = tmp_path / "class.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_columns_may_stand_in_any_order_and_case(tmp_path: Path) -> None:
    path = write(tmp_path, "Role, Name ,alias\nteacher,Ada,Seat 1\n,Bob,\n")
    assert read_roster(path) == (Entry("Ada", "Seat 1", "", "teacher"), Entry("Bob"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_encoding_that_excel_writes_is_read(tmp_path: Path, encoding: str) -> None:
    path = write(tmp_path, "name;email\nZoë Müller;z@example.org\n", encoding)
    assert read_roster(path) == (Entry("Zoë Müller", "", "z@example.org"),)


def test_tabs_divide_columns_too(tmp_path: Path) -> None:
    assert read_roster(write(tmp_path, "name\talias\nAda\tCountess, the\n")) == (
        Entry("Ada", "Countess, the"),
    )


def test_lines_without_a_name_are_left_out(tmp_path: Path) -> None:
    assert read_roster(write(tmp_path, "name,email\n,nobody@example.org\n\nAda,\n")) == (Entry("Ada"),)


def test_a_short_line_and_a_long_line_are_read(tmp_path: Path) -> None:
    names = [entry.name for entry in read_roster(write(tmp_path, "name,alias\nAda\nBob,b,extra,more\n"))]
    assert names == ["Ada", "Bob"]


def test_a_list_without_names_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column 'name'"):
        read_roster(write(tmp_path, "student\nAda\n"))


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column 'name'"):
        read_roster(write(tmp_path, ""))


def test_an_unknown_role_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 3: the role 'boss' is not one of student, teacher, bot"):
        read_roster(write(tmp_path, "name,role\nAda,\nBob,boss\n"))


def test_a_seat_given_to_two_people_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="'seat 1' to two people"):
        read_roster(write(tmp_path, "name,alias\nAda,Seat 1\nBob,seat 1\n"))


def test_a_missing_list_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv can't be read"):
        read_roster(tmp_path / "none.csv")


def test_an_entry_answers_to_its_name_and_its_alias() -> None:
    entry = Entry("Ada Lovelace", "Seat 3")
    assert entry.answers_to(" ada lovelace ") and entry.answers_to("SEAT 3")
    assert not entry.answers_to("Seat 4") and not Entry("Bob").answers_to("")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_read_without_its_mark(tmp_path: Path, encoding: str) -> None:
    assert read_roster(write(tmp_path, "name;email\nZoë Müller;\n", encoding)) == (Entry("Zoë Müller"),)


def test_a_line_in_which_excel_says_what_divides_is_passed_over(tmp_path: Path) -> None:
    assert read_roster(write(tmp_path, "sep=;\r\nname;alias\r\nAda;Seat 1\r\n")) == (Entry("Ada", "Seat 1"),)


def test_the_columns_that_are_there_are_named_where_none_is_called_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no column 'name'; .* name, and where you have them alias"):
        read_roster(write(tmp_path, "Vorname;Nachname\nAda;Lovelace\n"))


def test_a_workbook_is_told_from_a_table_of_text(tmp_path: Path) -> None:
    path = tmp_path / "class.xlsx"
    book = openpyxl.Workbook()
    book.save(path)
    with pytest.raises(InputError, match=r"is a workbook, .* save it as CSV"):
        read_roster(path)


def test_a_list_of_nobody_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="names nobody"):
        read_roster(write(tmp_path, "name,alias\n"))


def test_a_quotation_mark_that_is_left_open_is_found(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="line 3: a cell runs over several lines"):
        read_roster(write(tmp_path, 'name,alias\nAda,\n"Grace,\nEileen,\n'))


def test_a_note_of_several_lines_is_nobodys_business(tmp_path: Path) -> None:
    path = write(tmp_path, 'name,note\nAda,"sits\nleft"\nBob,\n')
    assert [entry.name for entry in read_roster(path)] == ["Ada", "Bob"]


def test_no_name_of_a_list_without_a_head_is_repeated(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        read_roster(write(tmp_path, "Ada Lovelace,ada@school.example\n"))
    assert "lovelace" not in str(refused.value).casefold()

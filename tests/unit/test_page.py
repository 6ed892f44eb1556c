"""What the report says, from figures made by hand."""

from dataclasses import replace

import pytest

from meetbot.report.notation import points
from meetbot.report.page import Page, make_page
from meetbot.report.words import APOSTROPHE, ENGLISH
from meetbot.types import EMOTIONS, UNSURE, Event, Figures, Measure, Moment
from tests import lessons

THIN = "\N{NARROW NO-BREAK SPACE}"

percent, minutes, index = ENGLISH.numbers.percent, ENGLISH.numbers.minutes, ENGLISH.numbers.index


def page_of(figures: Figures) -> Page:
    return make_page(figures, lessons.card())


def headline(figures: Figures) -> str:
    return page_of(figures).opening.headline


def moment(start: float, change: float, people: int = 5, kind: str = "attention") -> Moment:
    return Moment(start, start + 300, kind, change, tuple(range(people)), 0.01, "", before=0.7)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (None, "\N{EN DASH}"),
        (0.0, f"0{THIN}%"),
        (0.001, f"<{THIN}1{THIN}%"),
        (0.125, f"13{THIN}%"),
        (1.0, f"100{THIN}%"),
    ],
)
def test_an_unknown_share_is_never_a_zero(share: float | None, text: str) -> None:
    assert percent(share) == text


def test_amounts_are_rounded_sensibly() -> None:
    assert (points(-0.215), index(None), index(66.5)) == (22, "\N{EN DASH}", "67")
    assert (minutes(0), minutes(3.14), minutes(54.2)) == (f"0{THIN}min", f"3.1{THIN}min", f"54{THIN}min")


def test_the_headline_names_the_first_fall_of_attention() -> None:
    assert headline(lessons.class_of(25)) == (
        f"Attention held until 30:00, then fell from 75{THIN}% to 53{THIN}% until 40:00."
    )


def test_the_headline_does_not_say_held_after_an_earlier_change() -> None:
    figures = replace(lessons.class_of(25), moments=(moment(600, 0.1), moment(1800, -0.3)))
    assert headline(figures) == f"Attention fell from 70{THIN}% to 40{THIN}% at 30:00, until 35:00."


def test_the_headline_names_the_fall_and_not_the_return_from_it() -> None:
    figures = replace(lessons.class_of(25), moments=(moment(1800, -0.2), moment(2100, 0.25)))
    assert headline(figures).startswith("Attention held until 30:00, fell")


def test_the_headline_can_rise() -> None:
    figures = replace(lessons.class_of(25), moments=(moment(600, 0.2),))
    assert headline(figures) == f"Attention rose from 70{THIN}% to 90{THIN}% at 10:00, until 15:00."


def test_without_a_found_change_the_headline_claims_none() -> None:
    figures = replace(lessons.class_of(25), moments=())
    assert headline(figures).endswith(
        "% of the faces were turned to the screen; no change stood out from chance."
    )
    assert "Over the whole lesson" not in " ".join(page_of(figures).opening.sentences)


def test_a_change_of_mood_is_not_a_change_of_attention() -> None:
    figures = replace(lessons.class_of(25), moments=(moment(600, 0.2, kind="mood"),))
    assert headline(figures).endswith("no change stood out from chance.")


def test_with_nobody_seen_nothing_is_said_of_attention_or_mood() -> None:
    opening = page_of(lessons.nobody_seen()).opening
    assert (
        opening.headline
        == f"No student{APOSTROPHE}s face was seen, so nothing can be said about attention or mood."
    )
    assert opening.sentences == ()
    assert opening.no_moments == "Without a face there is nothing that could change."


def test_with_nothing_read_the_page_says_so() -> None:
    assert headline(lessons.empty()) == "Nothing was read from this lesson."


def test_few_people_seen_are_not_a_class() -> None:
    figures = lessons.with_total(lessons.class_of(25), people=3)
    assert headline(figures) == "Only 3 of 25 people were seen: too few to describe the class."


def test_a_lesson_too_short_for_attention_says_so() -> None:
    figures = lessons.class_of(3, 120.0)
    assert figures.total.attention is None
    assert headline(replace(figures, moments=())) == "The lesson is too short to tell how attention went."


def test_attention_known_of_hardly_any_face_is_not_described() -> None:
    figures = lessons.with_total(lessons.class_of(25), attention_known=0.05)
    assert (
        headline(figures)
        == f"The faces{APOSTROPHE} direction could not be told often enough to describe attention."
    )


def test_a_lesson_too_short_for_the_test_is_not_called_steady() -> None:
    opening = page_of(replace(lessons.class_of(5, 600.0), moments=())).opening
    assert opening.headline.endswith("turned to the screen; the lesson is too short to look for changes.")
    assert opening.no_moments == "Changes are looked for in lessons from 15 minutes on."


def test_one_person_is_too_small_a_class_for_the_test() -> None:
    opening = page_of(replace(lessons.class_of(1), moments=(), absent=())).opening
    assert opening.headline.endswith("with fewer than 3 people changes are not looked for.")
    assert opening.no_moments == "Changes are looked for where at least 3 people were seen."
    assert opening.sentences[0] == "One person was seen."


def test_an_interrupted_lesson_says_where_its_figures_end() -> None:
    figures = lessons.with_total(replace(lessons.class_of(25), status="interrupted", moments=()), end=2460.0)
    opening = page_of(figures).opening
    assert opening.headline.endswith("no change stood out from chance. Reading stopped at 41:00.")
    assert opening.warnings == ("Reading this lesson was interrupted: every figure ends where reading did.",)


def test_warnings_of_the_lesson_are_on_the_first_screen() -> None:
    figures = replace(lessons.class_of(3), warnings=("The recording is cut off.",))
    assert page_of(figures).opening.warnings == ("The recording is cut off.",)


def test_the_first_screen_never_claims_to_have_seen_everybody() -> None:
    figures = lessons.with_total(lessons.class_of(7), people=7, coverage=0.97)
    seen, *_ = page_of(replace(figures, absent=())).opening.sentences
    assert seen == "7 people were seen."
    assert page_of(replace(figures, absent=())).opening.unlisted.endswith(
        "who never came isn\N{RIGHT SINGLE QUOTATION MARK}t known."
    )


def test_the_first_screen_says_how_much_was_seen() -> None:
    figures = lessons.with_total(lessons.class_of(25), people=24, presence=0.71, attention=0.68)
    off = lessons.nobody_seen(25).seats[-1]
    off = replace(off, total=replace(off.total, readings=9, off=9))
    figures = replace(figures, seats=(*figures.seats[:24], off), listed=27)
    seen, time, facing, moods, right = page_of(figures).opening.sentences
    assert seen == "27 on the class list: 24 seen, 1 with the camera off, 2 not there."
    assert time == f"While they were there, a face was in view 71{THIN}% of the time."
    assert facing == f"Over the whole lesson about 7 in 10 faces were turned to the screen (68{THIN}%)."
    assert moods.startswith("The expression read most often was neutral (")
    assert right.startswith("How often that is right in this class is not known") and f"67{THIN}%" in right


@pytest.mark.parametrize(
    ("share", "text"), [(0.98, f"98{THIN}% of the faces"), (0.02, f"2{THIN}% of the faces")]
)
def test_nearly_all_and_nearly_none_are_not_rounded_to_tenths(share: float, text: str) -> None:
    assert text in page_of(lessons.with_total(lessons.class_of(25), attention=share)).opening.sentences[2]


def test_a_class_of_unsure_moods_is_not_given_one() -> None:
    figures = lessons.with_total(lessons.class_of(25), moods={**dict.fromkeys(EMOTIONS, 0.0), UNSURE: 1.0})
    assert page_of(figures).opening.sentences[-1] == "No mood could be told with enough certainty."


def test_a_single_mood_is_named_alone() -> None:
    figures = lessons.with_total(lessons.class_of(25), moods={"sad": 0.8, UNSURE: 0.2})
    assert page_of(figures).opening.sentences[-2].startswith("The only expression read was sad (80")


def test_where_moods_were_not_read_none_is_mentioned() -> None:
    page = page_of(lessons.without_moods(lessons.class_of(25)))
    assert len(page.opening.sentences) == 3
    assert page.opening.law == ""
    assert page.overview.moods_read is False
    assert "happy" not in page.overview.table.headings
    assert dict(page.people[0].facts)["Expressions read as"] == "not read"


def test_the_largest_moments_are_named_in_the_order_of_time() -> None:
    found = (moment(600, 0.1), moment(1200, -0.3, 9), moment(1800, 0.05), moment(2400, 0.2, 1))
    opening = page_of(replace(lessons.class_of(25), moments=found)).opening
    assert [(line.number, line.time) for line in opening.moments] == [
        (1, "10:00"),
        (2, "20:00"),
        (3, "40:00"),
    ]
    assert opening.moments[1].what == f"Attention fell from 70{THIN}% to 40{THIN}%"
    assert [line.rests_on for line in opening.moments[1:]] == [
        "9 of 25 whose direction could be told turned away more; very unlikely to be chance (about 1 in 100)",
        "1 of 25 whose direction could be told turned to the screen more; "
        "very unlikely to be chance (about 1 in 100)",
    ]
    assert (opening.moments[1].hour, opening.moments[1].until) == ("09:35", "until 25:00")
    assert opening.more_moments == "One smaller change is marked in the timeline."


def test_the_marks_carry_the_numbers_of_the_named_moments() -> None:
    found = (moment(900, 0.1), moment(1800, -0.3), moment(2700, 0.05), moment(3600, 0.2))
    marks = page_of(replace(lessons.class_of(25), moments=found)).overview.marks
    assert [(mark.at, mark.number) for mark in marks] == [(25, "1"), (50, "2"), (75, ""), (100, "3")]


def test_those_not_there_and_those_never_seen_are_kept_apart() -> None:
    figures = replace(lessons.nobody_seen(2), absent=("Noor",))
    opening = page_of(figures).opening
    assert [(absence.kind, absence.people[0].name) for absence in opening.absences] == [("Not there", "Noor")]
    assert [(c.fact, [who.name for who in c.people]) for c in opening.cameras] == [
        ("Camera on, no face", ["Amara", "Beatriz"])
    ]


def test_who_refused_the_analysis_is_not_called_unseen() -> None:
    figures = lessons.nobody_seen(2)
    refused = Event(0.0, "opted_out", figures.seats[0].seat)
    opening = page_of(replace(figures, events=(refused,))).opening
    assert [(a.kind, [who.name for who in a.people]) for a in opening.absences] == [
        ("Not analysed", ["Amara"])
    ]
    assert [who.name for who in opening.cameras[0].people] == ["Beatriz"]


def test_an_unknown_teacher_is_mentioned_only_where_someone_has_a_seat() -> None:
    assert page_of(lessons.nobody_seen()).opening.teacher_unknown
    assert not page_of(lessons.empty()).opening.teacher_unknown
    assert not page_of(lessons.class_of(3)).opening.teacher_unknown


def test_the_teacher_and_the_bot_attend_but_are_not_among_the_people() -> None:
    figures = lessons.class_of(4)
    roles = ("student", "teacher", "bot", "student")
    seats = tuple(replace(seat, role=role) for seat, role in zip(figures.seats, roles, strict=True))  # type: ignore[arg-type]
    page = page_of(replace(figures, seats=seats))
    assert [person.name for person in page.people] == ["Amara", "Dagny"]
    assert [person.remark for person in page.attendance.rows] == [
        "",
        "teacher",
        "bot",
        "",
        "absent",
        "absent",
    ]


def test_people_stand_in_the_order_in_which_they_come() -> None:
    figures = lessons.class_of(5)
    backwards = replace(figures, seats=figures.seats[::-1])
    assert [person.name for person in page_of(backwards).people] == [
        "Emre",
        "Dagny",
        "Chidi",
        "Beatriz",
        "Amara",
    ]


def test_a_persons_index_is_never_without_its_coverage_and_its_caveat() -> None:
    figures = lessons.class_of(2)
    total = replace(figures.seats[0].total, index=66.2, presence=0.54)
    page = page_of(replace(figures, seats=(replace(figures.seats[0], total=total), figures.seats[1])))
    facts = dict(page.people[0].facts)
    assert facts["Engagement index"].startswith(f"66 of 100, from the 54{THIN}% ")
    assert "not validated" in facts["Engagement index"]
    assert "no feelings" in facts["Expressions read as"]


def test_what_could_not_be_measured_of_a_person_is_said() -> None:
    person = page_of(lessons.nobody_seen(1)).people[0]
    facts = dict(person.facts)
    assert person.notes == ("camera always off",)  # a note that the table does not know stays as it is
    assert facts["Turned to the screen"] == facts["Engagement index"] == f"can{APOSTROPHE}t be told"
    assert facts["There"] == "never seen"
    assert person.line.path == ""
    assert person.line_known == ()


def test_a_persons_page_names_their_moments() -> None:
    facts = [dict(person.facts) for person in page_of(lessons.class_of(25)).people]
    assert facts[0]["Part of moment"] == "1 (30:00), 2 (48:00)"
    assert "Part of moment" not in facts[24]


def test_the_table_holds_the_values_of_the_chart() -> None:
    figures = lessons.class_of(25)
    overview = page_of(figures).overview
    minute = figures.minutes[31]
    row = dict(zip(overview.table.headings, overview.table.rows[31], strict=True))
    assert row["Time"] == "31:00"
    assert row["Turned to the screen"] == percent(minute.attention)
    assert row["happy"] == percent(minute.moods["happy"])
    assert len(overview.table.rows) == 60


def test_a_minute_without_faces_has_dashes_instead_of_zeros() -> None:
    row = page_of(lessons.nobody_seen()).overview.table.rows[0]
    assert set(row[1:13]) == {"\N{EN DASH}"}


def test_a_line_is_firm_only_where_a_third_of_the_class_was_seen() -> None:
    figures = lessons.class_of(9)
    few = tuple(replace(m, people=2 if m.start >= 1800 else 9) for m in figures.minutes)
    attention = page_of(replace(figures, minutes=few)).overview.attention
    assert attention.path.count("L") > attention.firm.count("L") > 20


def test_where_the_policy_forbade_moods_none_are_drawn_even_with_nobody_seen() -> None:
    assert not page_of(lessons.without_moods(lessons.nobody_seen())).overview.moods_read
    assert page_of(lessons.nobody_seen()).overview.moods_read


def test_a_lesson_without_a_date_has_none() -> None:
    assert page_of(lessons.empty()).when == ""
    assert page_of(lessons.class_of(1)).when == "2026-03-05 09:15"


@pytest.mark.parametrize("stamp", ["2026-03-05T09:15:00.000000Z", "2026-03-05T09:15:00+00:00"])
def test_a_time_in_utc_says_so(stamp: str) -> None:
    assert page_of(replace(lessons.class_of(1), started_at=stamp)).when == "2026-03-05 09:15 UTC"


def test_a_minute_of_one_measure_makes_a_page() -> None:
    minute = Measure(0, 10, 1, 1.0, 1.0, None, 0.0, {UNSURE: 1.0}, None)
    figures = replace(lessons.class_of(1, 10.0), minutes=(minute,), total=minute, moments=())
    page = page_of(figures)
    assert page.overview.attention.path == ""
    assert page.overview.attention_known == ()
    assert page.overview.moods_known == ((0, 100),)

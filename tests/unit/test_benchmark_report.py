"""Made-up lessons hold what their plan says, and the page that is written of them says it too."""

from pathlib import Path

from pytest import approx

from benchmarks._lesson import Fall, Plan, Pupil, Stretch, class_list, write_plan
from benchmarks._trial import PLANS, truth_of
from benchmarks.report import write_report_of
from meetbot.timeline.lesson import open_lesson

PLAN = Plan(
    "Short",
    400.0,
    (
        Pupil("Ada", turned=0.6),
        Pupil("Ben", off=(Stretch(0.0, 400.0),)),
        Pupil("Cleo", there=(Stretch(100.0, 400.0),)),
    ),
    absent=("Noor",),
    slides=(120.0,),
    gaps=(Stretch(300.0, 320.0),),
)


def test_a_lesson_holds_what_its_plan_says(tmp_path: Path) -> None:
    with open_lesson(write_plan(PLAN, tmp_path / "short.meetbot")) as lesson:
        figures = lesson.figures()
    ada, ben, cleo, teacher = figures.seats
    assert [seat.name for seat in figures.seats] == ["Ada", "Ben", "Cleo", "Ms Okafor"]
    assert ada.total.attention == approx(0.6, abs=0.15)
    assert teacher.role == "teacher"
    assert (ben.total.off, ben.total.faces) == (380, 0)
    assert (cleo.first_seen, cleo.total.readings) == (100.0, 280)
    assert [event.kind for event in figures.events] == ["slide", "gap"]


def test_its_page_names_who_is_missing_and_whose_camera_is_off(tmp_path: Path) -> None:
    page = write_report_of(PLAN, tmp_path).read_text("utf-8")
    first = page[: page.index('id="timeline"')]
    assert "Noor" in first and "Camera off" in first and "Cleo" in first
    assert "Noor,student" in class_list(PLAN)


def test_the_truth_names_every_special_person_of_the_five_lessons() -> None:
    usual = Pupil("")
    for plan in PLANS:
        said = truth_of(plan)
        special = [
            p.name for p in plan.pupils if (p.turned, p.seen, p.there, p.off) != (0.82, usual.seen, (), ())
        ]
        assert all(f"- {name}:" in said for name in special)
        assert all(name in said for name in plan.absent)
    assert sum(isinstance(fall, Fall) for plan in PLANS for fall in plan.falls) == 2

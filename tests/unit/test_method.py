"""How the report says what its figures are made of, and how good the model is."""

import json
from collections.abc import Iterable
from dataclasses import replace

import pytest

from meetbot import settings
from meetbot.report.method import Entry, Method, make_method
from meetbot.report.words import ENGLISH
from meetbot.resources import resource
from meetbot.types import Figures, ModelCard
from tests import lessons

THIN = "\N{NARROW NO-BREAK SPACE}"
percent = ENGLISH.numbers.percent


def method_of(figures: Figures) -> Method:
    return make_method(figures, lessons.card(), ENGLISH)


def texts(entries: Iterable[Entry]) -> dict[str, str]:
    return {entry.term: entry.text for entry in entries}


def test_the_method_puts_the_numbers_in_force_into_its_sentences() -> None:
    method = method_of(replace(lessons.class_of(3), every=2.5))
    said = texts(method.measured)
    assert "every 2.5 s" in said["Faces seen"]
    assert f"within {settings.FACING_YAW:g}°" in said["Turned to the screen"]
    assert percent(settings.UNSURE_BELOW) in said["Expressions, as they were read"]
    assert f"{settings.INDEX_ATTENTION:g} x attention + {settings.INDEX_MOOD:g} x mood" in method.formula[0]
    for mood, weight in settings.MOOD_WEIGHTS.items():
        assert f"{mood} {weight:g}" in method.formula[1]


def test_the_method_says_the_index_of_this_lesson_or_why_there_is_none() -> None:
    told = lessons.with_total(lessons.class_of(3), index=71.4, coverage=0.5)
    assert f"71 of 100, from the 50{THIN}%" in method_of(told).this_lesson
    assert method_of(lessons.empty()).this_lesson == "In this lesson too little was seen to compute it."


def test_a_live_class_says_how_well_it_was_followed() -> None:
    numbers = {"readings_due": 1500.0, "readings_made": 1498.0, "delay_median": 0.31, "delay_p95": 0.52}
    said = texts(method_of(replace(lessons.class_of(3), followed=numbers)).measured)
    assert said["How the class was followed"] == (
        "Of 1,500 readings that were due while a camera was on, 1,498 were made: half of them within 0.3 s "
        "of the picture\N{RIGHT SINGLE QUOTATION MARK}s coming, 95 in 100 within 0.5 s."
    )


@pytest.mark.parametrize("numbers", [{}, {"readings_due": 0.0, "readings_made": 0.0}])
def test_a_recording_and_a_class_without_a_reading_were_not_followed(numbers: dict[str, float]) -> None:
    figures = replace(lessons.class_of(3), followed=numbers)
    assert "How the class was followed" not in texts(method_of(figures).measured)


def test_the_models_measured_scores_come_from_its_card() -> None:
    method = method_of(lessons.class_of(2))
    assert "28,709 labelled faces" in method.model
    assert texts(method.scores) == {
        "Right, of all faces": f"67{THIN}%",
        "Right, mean over the moods": f"62{THIN}%",
        "Calibration error (0 is perfect)": "0.021",
        "Faces measured on": "3,589",
    }


def test_a_score_without_words_keeps_its_name() -> None:
    card = replace(lessons.card(), scores={"ferplus_accuracy": 0.81})
    assert texts(make_method(lessons.class_of(2), card, ENGLISH).scores) == {"ferplus accuracy": f"81{THIN}%"}


def test_without_a_card_no_accuracy_is_claimed() -> None:
    method = make_method(lessons.class_of(2), None, ENGLISH)
    assert method.model.startswith("Nothing is known here of the model that read this lesson")
    assert method.scores == ()


@pytest.mark.parametrize("policy", ["cues", "eu-education"])
@pytest.mark.parametrize("card", [None, lessons.card()])
def test_without_moods_the_method_names_the_policy_and_no_model(policy: str, card: ModelCard | None) -> None:
    method = make_method(lessons.without_moods(lessons.class_of(2), policy), card, ENGLISH)
    assert method.model == f"By the policy {policy} no emotion model was loaded for this lesson."
    assert method.this_lesson == (
        f"By the policy {policy} no moods were read in this lesson, so no index was computed."
    )
    assert method.scores == ()
    assert "Expressions, as they were read" not in texts(method.measured)
    assert "Model, SHA-256" not in texts(method.provenance)


def test_every_score_of_the_shipped_model_has_words() -> None:
    card = json.loads(resource("models", "emotion.json").read_text("utf-8"))
    assert card["scores"]
    assert [key for key in card["scores"] if f"score_{key}" not in ENGLISH.table] == []


def test_the_checksum_of_the_model_is_on_the_page_once() -> None:
    figures = lessons.class_of(2)
    sha = lessons.card().sha256
    missing = method_of(figures).provenance
    there = method_of(replace(figures, provenance={"model_sha256": sha})).provenance
    assert [entry.text for entry in missing].count(sha) == 1
    assert [entry.text for entry in there].count(sha) == 1


def test_where_the_page_comes_from_is_said_in_words() -> None:
    figures = replace(lessons.class_of(2), provenance={"policy": "full", "new_fact": "1"})
    said = texts(method_of(figures).provenance)
    assert (said["Policy in force"], said["new fact"]) == ("full", "1")

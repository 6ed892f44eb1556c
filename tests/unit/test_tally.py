"""How well a live class was followed, in numbers."""

import json
import time

import pytest

from meetbot.sources.tally import Meter, Tally


def test_delays_are_those_from_arrival_to_the_lesson() -> None:
    tally = Tally()
    tally.written(18, [9.9] * 18, 10.0)
    tally.written(3, [8.0, 9.0], 10.0)
    assert tally.made == 20 and tally.due == 21
    assert (tally.delay(0.5), tally.delay(0.9), tally.delay(0.95), tally.delay(1.0)) == (0.1, 0.1, 1.0, 2.0)


def test_without_a_reading_there_is_no_delay() -> None:
    tally = Tally(due=3)
    assert tally.delay(0.5) is None
    assert tally.facts()["delay_p95"] is None and tally.facts()["readings_due"] == 3


def test_a_long_class_takes_no_more_memory_than_a_short_one() -> None:
    tally = Tally()
    for look in range(3600):
        tally.written(25, [look - 0.25] * 25, look)
    assert tally.made == 90_000 and len(tally._delays) == 1


def test_the_lesson_gets_one_json_document_of_plain_numbers() -> None:
    tally = Tally(received=300, passed_over=279, due=1, late=1, seconds=10.0, receiving=2.5, reading=4.0)
    tally.written(20, [0.0] * 20, 0.31)
    assert json.loads(tally.text()) == {
        "readings_due": 21,
        "readings_made": 20,
        "looks_left_out": 1,
        "pictures_received": 300,
        "pictures_passed_over": 279,
        "delay_median": 0.31,
        "delay_p95": 0.31,
        "load_receiving": 0.25,
        "load_reading": 0.4,
    }


def test_the_work_of_the_thread_that_reads_is_told_from_that_of_the_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = {"monotonic": 100.0, "process_time": 7.0, "thread_time": 5.0}
    for clock in now:
        monkeypatch.setattr(time, clock, lambda clock=clock: now[clock])
    tally = Tally()
    meter = Meter(tally)
    now.update(monotonic=110.0, process_time=12.0, thread_time=8.0)
    meter.read()
    assert (tally.seconds, tally.reading, tally.receiving) == (10.0, 3.0, 2.0)
    assert tally.load(tally.reading) == 0.3
    assert Tally().load(3.0) == 0.0

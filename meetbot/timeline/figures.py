"""Readings into figures: per minute and per seat presence, attention, mood, index, and their coverage."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice
from sys import intern
from typing import TYPE_CHECKING, Any, Literal, cast

import numpy as np
import pandas as pd

from meetbot import settings
from meetbot.errors import InputError
from meetbot.freed import give_back
from meetbot.policy import FULL, policy_named
from meetbot.timeline import remarks
from meetbot.timeline.attention import Floats, facing
from meetbot.timeline.beside import beside
from meetbot.timeline.class_figures import class_figures
from meetbot.timeline.counts import MOOD_SHARES, Counts, Extent, Judged, count, measure, measures
from meetbot.timeline.moments import Track, find_moments
from meetbot.timeline.rows import BOX_COLUMNS, READING_COLUMNS, Row
from meetbot.timeline.spans import LABELS, UNSURE_LABEL, mood_spans, smooth_moods
from meetbot.timeline.speech import likely_teacher, minutes_of, spoken_spans, told, unseen_warning
from meetbot.timeline.trust import LONGEST
from meetbot.types import EMOTIONS, Event, Figures, Moment, SeatFigures, Span, Status

if TYPE_CHECKING:
    from meetbot.timeline.lesson import Lesson, Seat

Table = pd.DataFrame

_AT_ONCE = 20_000  # rows that are plain objects at a time
_IN_MOMENTS = ["time", "seat", "turned", "label_code", "mood_code", *EMOTIONS]
MOOD_NOTE_REACH = 300.0  # seconds either side of a moment that its moods are compared over


def readings_frame(lesson: "Lesson") -> Table:
    """One row a reading: time, seat, name, role, state, label, mood, probabilities, pose, facing, speaking.

    `label` is what the single picture showed, `mood` the label after smoothing over time, `facing`
    whether the face was turned to the screen; each is missing where it can't be told.
    """
    table = _judged(lesson, remarks.interval(lesson))
    seats = {seat.id: seat for seat in lesson.seats()}
    table["name"] = table["seat"].map({key: seat.shown for key, seat in seats.items()})
    table["role"] = table["seat"].map({key: seat.role for key, seat in seats.items()})
    table["label"] = _names(table["label_code"])
    table["mood"] = _names(table["mood_code"])
    table["facing"] = table["turned"].astype("boolean")
    table["speaking"] = pd.Series(_speaking(table)).astype("boolean")
    columns = ["time", "seat", "name", "role", "state", "label", "mood", *EMOTIONS]
    return table[[*columns, "certainty", "yaw", "pitch", "roll", "facing", "speaking"]]


def lesson_figures(lesson: "Lesson") -> Figures:
    """Everything that the report shows, from what the lesson file holds."""
    facts, seats, every = lesson.facts(), lesson.seats(), remarks.interval(lesson)
    table = _judged(lesson, every)
    extent = _extent(lesson, table, every)
    policy = policy_named(facts.get("policy", FULL.name))
    if not policy.people:
        return _of_the_class(lesson, extent)
    events = tuple(lesson.each_event())
    silent = unseen_warning(table["time"].to_numpy(), table["speaking"].to_numpy(), every)
    table = _while_there(table.assign(speaking=_speaking(table)))
    columns = (table[column].to_numpy() for column in ("seat", "time", "face", "turned", "mood_code", "off"))
    counts = count(Judged(*columns), [seat.id for seat in seats], extent.end, extent.every)
    with_moods = policy.moods
    in_class = [place for place, seat in enumerate(seats) if seat.role == "student"]
    people = [seats[place].id for place in in_class]
    missing = remarks.missing(lesson, seats)
    listed = len(lesson.decoded("roster", list))
    everyone_named = all(remarks.is_named(seats[place]) for place in in_class)
    of_seats = tuple(_seats(table, seats, counts, events, extent.every, with_moods))
    guess = likely_teacher(of_seats, events)
    return Figures(
        title=facts.get("title", lesson.path.stem),
        started_at=facts.get("started_at"),
        duration=extent.duration,
        every=extent.every,
        status=cast(Status, facts.get("status", "interrupted")),
        read_until=remarks.number(lesson, "read_until", 0.0),
        total=measure(counts.of(in_class), with_moods),
        minutes=measures(counts.of(in_class), with_moods),
        seats=of_seats,
        absent=missing if everyone_named else (),
        moments=_moments(table, people, extent, with_moods),
        events=events,
        warnings=(
            *(event.text for event in events if event.kind == "warning"),
            *remarks.warnings(facts, extent, with_moods),
            *(() if table["face"].any() or not extent.end else remarks.faceless(lesson, events)),
            *silent,
            *remarks.unmatched(len(missing), listed, everyone_named, len(in_class)),
        ),
        teacher_known=any(seat.role == "teacher" for seat in seats),
        provenance=remarks.provenance(lesson, facts),
        likely_teacher=guess.seat,
        likely_because=guess.because,
        followed=remarks.followed(lesson),
        listed=listed,
    )


def _of_the_class(lesson: "Lesson", extent: Extent) -> Figures:
    facts = lesson.facts()
    late = extent.end < extent.duration - extent.every
    return class_figures(
        lesson,
        extent,
        cast(Status, facts.get("status", "interrupted")),
        remarks.provenance(lesson, facts),
        (remarks.read_until(extent),) if late else (),
    )


def _extent(lesson: "Lesson", table: Table, every: float) -> Extent:
    """How long the lesson is, and how much of it was read."""
    known, read = remarks.number(lesson, "duration", 0.0), remarks.number(lesson, "read_until", 0.0)
    seen = [float(seat.last_seen) for seat in lesson.seats() if seat.last_seen is not None]
    last = max(0.0, *seen, *table["time"].tail(1), read)
    end = last + every if seen or read else 0.0
    if known >= last and known > 0:
        end = known if lesson.facts().get("status") == "finished" else min(end, known)
    if end > LONGEST:
        raise InputError(f"{lesson.path} says that it lasts {end:g} s, which can't be; it is damaged.")
    return Extent(max(end, known), end, every)


def _judged(lesson: "Lesson", every: float) -> Table:
    """The readings with codes for the label (raw, smoothed; -1 without a face) and 1/0/nan for facing."""
    table = _load(lesson)
    known = table["seat"].isin([seat.id for seat in lesson.seats()])
    table = table if known.all() else table[known].reset_index(drop=True)
    emotions, certainty = table[list(EMOTIONS)].to_numpy(), table["certainty"].to_numpy()
    face = (table["state"] == "face").to_numpy()
    sure = face & ~np.isnan(emotions).any(axis=1) & (certainty >= settings.UNSURE_BELOW)
    raw = np.where(face, UNSURE_LABEL, -1)
    raw[sure] = emotions[sure].argmax(axis=1)
    smooth, turned = np.where(face, UNSURE_LABEL, -1), np.full(len(table), np.nan)
    times, yaw, pitch = (table[column].to_numpy() for column in ("time", "yaw", "pitch"))
    for places in table.groupby("seat").indices.values():
        seen = places[face[places]]
        smooth[seen] = smooth_moods(times[seen], emotions[seen], certainty[seen], every)
        turned[seen] = facing(yaw[seen], pitch[seen], every).turned
    off = (table["state"] == "camera_off").to_numpy()
    return table.assign(face=face, off=off, label_code=raw, mood_code=smooth, turned=turned)


def _speaking(table: Table) -> Floats:
    return told(table["time"].to_numpy(), table["speaking"].to_numpy())


def _while_there(table: Table) -> Table:
    """The readings without those of a place that was kept free after its last face.

    Whether somebody left or is only out of view can't be told from faces; attendance ends with the last one.
    """
    last_face = table.loc[table["face"], ["seat", "time"]].groupby("seat")["time"].max()
    waiting = (table["state"] == "no_face") & (table["time"] > table["seat"].map(last_face))
    return table[~waiting].reset_index(drop=True) if waiting.any() else table


def _load(lesson: "Lesson") -> Table:
    rows = lesson.each_reading_row()
    parts = [_columns([])]
    try:
        while some := list(islice(rows, _AT_ONCE)):
            parts.append(_columns(some))
    except (TypeError, ValueError, OverflowError) as error:
        raise InputError(f"{lesson.path} holds a reading that is no number; it is damaged.") from error
    whole = {name: np.concatenate([part.pop(name) for part in parts]) for name in list(parts[0])}
    states = pd.Series(whole.pop("state"), dtype=object)  # as pandas' own strings they would take 16 MB more
    table = pd.DataFrame({"state": states, **whole}, copy=False)
    give_back()  # the rows and parts: 30 MB after three hours
    if not table["time"].between(0, LONGEST).all():
        raise InputError(f"{lesson.path} holds a reading at an impossible time; it is damaged.")
    return table


def _columns(rows: Sequence[Row]) -> dict[str, Any]:
    """Readings as columns of numbers, without the boxes, which no figure needs."""
    found = dict(zip(READING_COLUMNS, zip(*rows, strict=True), strict=bool(rows)))
    wanted = {name: found.get(name, ()) for name in READING_COLUMNS if name not in BOX_COLUMNS}
    states = np.array([intern(state) for state in wanted.pop("state")], object)
    seats = np.array(wanted.pop("seat"), np.int64)
    numbers = {name: np.array(values, np.float64) for name, values in wanted.items()}
    return {"seat": seats, "state": states, **numbers}


def _names(codes: "pd.Series[int]") -> "pd.Series[str]":
    return codes.map(dict(enumerate(LABELS)))


def _seats(
    table: Table,
    seats: Sequence["Seat"],
    counts: Counts,
    events: Sequence[Event],
    every: float,
    with_moods: bool,
) -> list[SeatFigures]:
    places = table.groupby("seat").indices
    nothing = np.zeros(0, dtype=np.int64)
    crowds = [event for event in events if event.kind == "companions"]
    return [
        _seat(table.iloc[places.get(seat.id, nothing)], seat, counts.of([row]), crowds, every, with_moods)
        for row, seat in enumerate(seats)
    ]


def _seat(
    table: Table, seat: "Seat", counts: Counts, crowds: Sequence[Event], every: float, with_moods: bool
) -> SeatFigures:
    spoken = table["speaking"].to_numpy()
    others = beside(seat.id, table["time"].to_numpy(), crowds, every)
    seen = table[table["face"]]
    times, codes = seen["time"].to_numpy(), seen["mood_code"].to_numpy()
    spans: list[Span] = mood_spans(seat.id, times, codes, every) if with_moods else []
    return SeatFigures(
        seat=seat.id,
        name=seat.shown,
        role=seat.role,
        first_seen=float(table["time"].min()) if len(table) else seat.first_seen,
        last_seen=float(table["time"].max()) if len(table) else seat.last_seen,
        minutes_present=round(len(table) * every / 60, 2),
        total=measure(counts, with_moods),
        minutes=measures(counts, with_moods),
        moods=tuple(spans),
        notes=_notes(table, seen, every, with_moods),
        minutes_seen=round(len(seen) * every / 60, 2),
        companions=others.most,
        minutes_companions=others.minutes,
        minutes_speaking=minutes_of(spoken, every),
        speech=spoken_spans(table["time"].to_numpy(), spoken, every),
    )


def _notes(table: Table, seen: pd.DataFrame, every: float, with_moods: bool) -> tuple[str, ...]:
    """What could not be measured of one person, and why."""
    if seen.empty:
        off = len(table) > 0 and bool((table["state"] == "camera_off").all())
        return ("camera off all lesson" if off else "no face was seen",)
    why = facing(seen["yaw"].to_numpy(), seen["pitch"].to_numpy(), every).note
    unsure = with_moods and bool((seen["mood_code"] == UNSURE_LABEL).all())
    notes = (why, "mood unsure: no face was clear enough" if unsure else "")
    index = "no engagement index: it needs attention and mood" if why or unsure or not with_moods else ""
    return tuple(note for note in (*notes, index) if note)


def _moments(table: Table, people: Sequence[int], extent: Extent, with_moods: bool) -> tuple[Moment, ...]:
    table = table.loc[table["seat"].isin(people), _IN_MOMENTS]
    found = find_moments(_tracks(table, people, extent, with_moods), extent.every)
    return tuple(_with_moods(table, m) if m.kind == "mood" else m for m in found)


def _with_moods(table: Table, moment: Moment) -> Moment:
    """Which moods there were more and less of, in the minutes after compared with those before."""
    time, code = table["time"].to_numpy(), table["mood_code"].to_numpy()

    def shares(start: float, end: float) -> Floats:
        found = np.bincount(code[(code >= 0) & (time >= start) & (time < end)], minlength=len(LABELS))
        return np.asarray(found[: len(EMOTIONS)] / max(found.sum(), 1))

    after = shares(moment.start, min(moment.end, moment.start + MOOD_NOTE_REACH))
    change = after - shares(moment.start - MOOD_NOTE_REACH, moment.start)
    more, less = int(change.argmax()), int(change.argmin())
    gained = LABELS[more] if change[more] >= settings.MOMENT_LEAST else ""
    lost = LABELS[less] if change[less] <= -settings.MOMENT_LEAST else ""
    said = [f"more {gained}"] * bool(gained) + [f"less {lost}"] * bool(lost)
    return replace(moment, note=", ".join(said), more=gained, less=lost)


def _tracks(table: Table, people: Sequence[int], extent: Extent, with_moods: bool) -> list[Track]:
    """What moments are searched in: who was turned to the screen, and the mood part of the index."""
    instants = max(int(np.ceil(round(extent.end / extent.every, 6))), 1)
    rows = np.searchsorted(np.array(people, dtype=np.int64), table["seat"].to_numpy())
    columns = np.minimum(np.rint(table["time"].to_numpy() / extent.every).astype(np.int64), instants - 1)
    sure = table["label_code"].between(0, len(EMOTIONS) - 1).to_numpy()
    mood = np.where(sure, table[list(EMOTIONS)].to_numpy() @ MOOD_SHARES, np.nan)

    def track(kind: Literal["attention", "mood"], found: Floats) -> Track:
        values = np.full((len(people), instants), np.nan)
        values[rows, columns] = found
        return Track(kind, tuple(people), values)

    attention = track("attention", table["turned"].to_numpy())
    return [attention, track("mood", mood)] if with_moods else [attention]

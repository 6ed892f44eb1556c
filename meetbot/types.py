"""The plain values that the layers hand to each other.

Time is media time in seconds since the lesson began; lengths are pixels; angles are degrees
(positive yaw: nose towards the right edge of the picture; pitch: up; roll: clockwise).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

import numpy as np

from meetbot.picture import Image as Image
from meetbot.picture import Picture as Picture
from meetbot.picture import Places as Places
from meetbot.settings import UNSURE_BELOW

EMOTIONS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
UNSURE = "unsure"
EXCLUDED = "left out by name"  # the text of "opted_out" where it was not the person's own choice

SeatKind = Literal["person", "stage"]
Camera = Literal["on", "off"]
State = Literal["face", "no_face", "camera_off"]
Role = Literal["student", "teacher", "bot"]
Status = Literal["running", "interrupted", "finished"]
EventKind = Literal[
    "joined",
    "left",
    "camera_on",
    "camera_off",
    "frozen",
    "started_speaking",
    "stopped_speaking",
    "reflow",
    "slide",
    "companions",
    "presents",
    "gap",
    "opted_out",
    "opted_in",
    "warning",
]


class Box(NamedTuple):
    """A rectangle in pixels of the whole frame."""

    x: float
    y: float
    width: float
    height: float


class Point(NamedTuple):
    """A place in pixels of the whole frame."""

    x: float
    y: float


class Participant(NamedTuple):
    """Whose own stream a frame comes from, as the room tells it."""

    seat: int
    name: str
    speaking: bool | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture at a time; `participant` is set when the frame is one person's own stream."""

    time: float
    picture: Picture
    participant: Participant | None = None


NO_PICTURE = Picture(np.zeros((1, 1), np.uint8))  # of a participant whose camera is off


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: to one seat, or to the lesson when `seat` is None."""

    time: float
    kind: EventKind
    seat: int | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Instant:
    """One sampling instant, on the grid k x every; it may carry events and no frame."""

    time: float
    frames: tuple[Frame, ...]
    events: tuple[Event, ...] = ()
    divided: "Divided | None" = None  # once its frames have been searched for faces and divided


@dataclass(frozen=True, slots=True)
class Face:
    """A found face: box, right eye, left eye, nose, right and left mouth corner, and score.

    Right and left are the person's own, so the right eye stands at the picture's left.
    """

    box: Box
    points: tuple[Point, Point, Point, Point, Point]
    score: float


@dataclass(frozen=True, slots=True)
class Tile:
    """One seat's part of a frame. `picture` is the whole frame's, uncut; box and face are in its pixels."""

    seat: int
    name: str | None
    kind: SeatKind
    box: Box
    camera: Camera
    speaking: bool | None
    face: Face | None  # its own person's; those beside them are counted and left out
    picture: Picture
    settled: bool = True  # False while it changes into something else: nothing is read of it then


@dataclass(frozen=True, slots=True)
class Reading:
    """What was seen of one seat at one instant."""

    time: float
    seat: int
    state: State
    box: Box | None = None
    emotions: tuple[float, ...] | None = None
    certainty: float | None = None
    yaw: float | None = None
    pitch: float | None = None
    roll: float | None = None
    speaking: bool | None = None

    @property
    def label(self) -> str | None:
        """The most likely emotion; "unsure" when the certainty is too low; None without a face."""
        if self.state != "face":
            return None
        if self.emotions is None or self.certainty is None or self.certainty < UNSURE_BELOW:
            return UNSURE
        return EMOTIONS[int(np.argmax(self.emotions))]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a seat stands in a layout: a tile without its picture."""

    seat: int
    name: str | None
    box: Box
    kind: SeatKind
    camera: Camera


@dataclass(frozen=True, slots=True)
class Layout:
    """How the frame is divided between two times."""

    start: float
    end: float
    size: tuple[int, int]
    confidence: float
    tiles: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Still:
    """A slide without faces, or a face that the user asked for; nothing else above `faces` has pixels."""

    time: float
    kind: Literal["slide", "face"]
    jpeg: bytes
    seat: int | None = None  # whose face it is


Observation = Reading | Event | Layout | Still


@dataclass(frozen=True, slots=True)
class Divided:
    """What the frames of an instant show, before faces are read."""

    tiles: tuple[Tile, ...]
    known: bool  # False where there is no frame, or one is on its way from one layout to another
    news: tuple[Observation, ...]  # of the layout


class Span(NamedTuple):
    """A stretch of time in which a seat had one label."""

    seat: int
    label: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Moment:
    """A change of the class that a statistical test found; `change` is after minus before, in shares."""

    start: float
    end: float
    kind: Literal["attention", "mood", "presence"]
    change: float
    seats: tuple[int, ...]
    p_value: float
    note: str
    before: float = 0.0  # the level (0-1) until then, of the people who were seen on both sides
    more: str = ""  # of a change of mood: the mood that there was more of, and the one of less
    less: str = ""
    known: int = 0  # people of whom it could be told before and after: what `seats` are taken from

    @property
    def after(self) -> float:
        """The level from then on."""
        return min(max(self.before + self.change, 0.0), 1.0)


@dataclass(frozen=True, slots=True)
class Measure:
    """What was measured over one stretch of time, of one seat or of the class; shares are 0-1.

    `None` means "can't be told", never zero.
    """

    start: float
    end: float
    people: int  # seats with at least one face seen
    coverage: float  # of the readings due, the share that shows a face
    presence: float | None  # of the readings due while the seat was in the lesson, the share with a face
    attention: float | None  # of the faces whose facing could be told, the share facing the screen
    attention_known: float  # of the faces, the share whose facing could be told
    moods: Mapping[str, float]  # seven emotions and "unsure", summing to 1; empty when no face was seen
    index: float | None  # engagement index, 0-100
    due: int = 0  # readings that could have been made
    readings: int = 0  # of these, made while the seat was in the lesson: what the shares above are taken of
    faces: int = 0  # readings with a face
    off: int = 0  # readings with the camera off


@dataclass(frozen=True, slots=True)
class SeatFigures:
    """One seat over the whole lesson."""

    seat: int
    name: str
    role: Role
    first_seen: float | None
    last_seen: float | None
    minutes_present: float
    total: Measure
    minutes: tuple[Measure, ...]
    moods: tuple[Span, ...]
    notes: tuple[str, ...]  # what could not be measured, and why
    minutes_seen: float = 0.0  # of the minutes present, those with a face in view
    companions: int = 0  # the most faces that were in view at once beside the person's own
    minutes_companions: float = 0.0  # with such faces in view; they are counted and never read
    minutes_speaking: float | None = None  # None where the lesson does not show who speaks
    speech: tuple[tuple[float, float], ...] = ()  # from when to when, where the lesson shows it


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything that the report shows, as numbers. The teacher and the bot are in no class figure."""

    title: str
    started_at: str | None  # ISO 8601, when it is known
    duration: float
    every: float
    status: Status
    read_until: float
    total: Measure
    minutes: tuple[Measure, ...]
    seats: tuple[SeatFigures, ...]
    absent: tuple[str, ...]  # names on the roster that no seat carries
    moments: tuple[Moment, ...]
    events: tuple[Event, ...]
    warnings: tuple[str, ...]
    teacher_known: bool
    provenance: Mapping[str, str]  # version, model, detector, settings, content hash: for the method page
    likely_teacher: int | None = None  # the seat that may be the teacher's, where it is unknown, and why
    likely_because: Literal["", "spoke", "presented"] = ""
    followed: Mapping[str, float] = field(default_factory=dict)  # a live class: see sources/tally.py
    listed: int = 0  # names on the class list; 0 where there was none


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What is true of a model; it stands in a JSON file beside the weights."""

    name: str
    labels: tuple[str, ...]
    outputs: Mapping[str, str]  # what each output is trained on; "shown" names the one that is shown
    input_size: int
    mean: float  # the network reads (pixel - mean) / scale
    scale: float
    temperature: float  # of the shown output
    sha256: str
    trained_on: str
    scores: Mapping[str, float] = field(default_factory=dict)
    temperatures: Mapping[str, float] = field(default_factory=dict)  # of every output
    levelled: bool = False  # whether each face is brought to the same brightness and contrast first


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a source before its first frame."""

    title: str
    content_hash: str
    started_at: str | None = None
    duration: float | None = None
    size: tuple[int, int] | None = None

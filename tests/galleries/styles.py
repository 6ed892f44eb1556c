"""How the products' galleries look: colours as red, green, blue; lengths in pixels of a 1920 wide frame."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

Colour = tuple[int, int, int]
Place = Literal["lower left", "lower right", "lower band"]
OffLook = Literal["name", "initials", "avatar"]
Mute = Literal["before", "after", "corner"]

WIDE, CLASSIC = 16 / 9, 4 / 3
COVER = 0.0  # the tile takes whatever room there is, within reason


class Theme(NamedTuple):
    """The colours of one theme: behind the tiles, of a tile without a camera, of bars and panels, of text."""

    ground: Colour
    tile: Colour
    panel: Colour
    ink: Colour


class LabelLook(NamedTuple):
    """How a name stands in a tile: in a box, or bare with a thin shadow; a band is as wide as the tile."""

    place: Place
    ink: Colour
    box: Colour | None
    opacity: float = 1.0
    radius: int = 0


class BorderLook(NamedTuple):
    """How the one who speaks is shown; `inside` the tile, or around it in the gap."""

    colours: tuple[Colour, ...]
    width: int
    inside: bool


@dataclass(frozen=True)
class Style:
    """One product's gallery."""

    name: str
    themes: tuple[Theme, ...]
    gaps: tuple[float, float]
    edges: tuple[float, float]  # around the whole grid
    ratios: tuple[float, ...]
    radii: tuple[float, float]
    labels: tuple[LabelLook, ...]
    border: BorderLook
    centred: tuple[bool, ...]  # the last row; True and False stand for "either"
    off: tuple[OffLook, ...]
    mute: Mute
    narrow: tuple[int, int] | None = None  # true pixels of a cloud recording's gaps
    contain: bool = False  # a camera of another shape gets bars; otherwise it is cut
    focus: bool = False  # one camera may span 2x2


WHITE, BLACK = (255, 255, 255), (0, 0, 0)
GREY_DARK = Theme((32, 33, 36), (60, 64, 67), (41, 42, 45), (232, 234, 237))

ZOOM = Style(
    "zoom",
    (
        Theme((0, 0, 0), (34, 34, 34), (26, 26, 26), WHITE),
        Theme((13, 13, 13), (36, 36, 36), (30, 30, 30), WHITE),
        Theme((0, 0, 0), (26, 26, 26), (36, 36, 36), WHITE),
        Theme((229, 229, 234), (90, 94, 102), (247, 247, 250), (35, 35, 40)),
    ),
    gaps=(6, 8),
    edges=(0, 40),
    ratios=(WIDE,),
    radii=(0, 17),
    labels=(LabelLook("lower left", WHITE, BLACK, 0.65, 4), LabelLook("lower left", WHITE, None)),
    border=BorderLook(((106, 235, 14), (35, 217, 89)), 4, inside=False),
    centred=(True,),
    off=("name", "name", "avatar", "initials"),
    mute="before",
    narrow=(0, 3),
    contain=True,
)
MEET = Style(
    "meet",
    (GREY_DARK, Theme((255, 255, 255), (60, 64, 67), (241, 243, 244), (32, 33, 36))),
    gaps=(6, 16),
    edges=(8, 24),
    ratios=(WIDE, WIDE, 9 / 14, COVER),
    radii=(8, 12),
    labels=(LabelLook("lower left", WHITE, None),),
    border=BorderLook(((26, 115, 232), (138, 180, 248)), 4, inside=True),
    centred=(True,),
    off=("initials", "avatar"),
    mute="corner",
)
TEAMS = Style(
    "teams",
    (
        Theme((31, 31, 31), (41, 41, 41), (36, 36, 36), (230, 230, 230)),
        Theme((245, 245, 245), (224, 224, 224), (255, 255, 255), (36, 36, 36)),
    ),
    gaps=(4, 8),
    edges=(4, 16),
    ratios=(COVER,),
    radii=(4, 8),
    labels=(LabelLook("lower left", (36, 36, 36), WHITE, 0.8, 4),),
    border=BorderLook(((127, 133, 245), (91, 95, 199)), 4, inside=True),
    centred=(True, False),
    off=("initials",),
    mute="after",
)
JITSI = Style(
    "jitsi",
    (
        Theme((4, 4, 4), (41, 41, 41), (20, 20, 20), (225, 225, 225)),
        Theme((20, 20, 20), (36, 36, 36), (30, 30, 30), (225, 225, 225)),
    ),
    gaps=(4, 4),
    edges=(14, 14),
    ratios=(WIDE,),
    radii=(4, 8),
    labels=(LabelLook("lower left", WHITE, BLACK, 0.5, 4), LabelLook("lower left", WHITE, None)),
    border=BorderLook(((70, 135, 237), (0, 116, 224)), 3, inside=True),
    centred=(True,),
    off=("avatar", "initials"),
    mute="before",
    contain=True,
)
BIGBLUEBUTTON = Style(
    "bigbluebutton",
    (
        Theme((6, 23, 42), (27, 42, 61), (12, 30, 50), (230, 235, 240)),
        Theme((238, 241, 244), (74, 84, 98), (255, 255, 255), (27, 42, 61)),
    ),
    gaps=(1, 2),
    edges=(0, 8),
    ratios=(CLASSIC,),
    radii=(10, 10),
    labels=(LabelLook("lower left", WHITE, BLACK, 0.55, 3),),
    border=BorderLook(((15, 112, 215), (0, 129, 112)), 3, inside=True),
    centred=(True,),
    off=("initials",),
    mute="before",
    narrow=(1, 2),
    focus=True,
)
WEBEX = Style(
    "webex",
    (
        Theme((18, 18, 18), (47, 47, 47), (28, 28, 28), (237, 237, 237)),
        Theme((0, 0, 0), (38, 38, 40), (22, 22, 22), (237, 237, 237)),
    ),
    gaps=(6, 12),
    edges=(8, 24),
    ratios=(WIDE,),
    radii=(6, 10),
    labels=(LabelLook("lower left", WHITE, (30, 30, 30), 0.8, 12),),
    border=BorderLook(((100, 180, 250), (36, 171, 49)), 3, inside=False),
    centred=(True, False),
    off=("avatar", "initials"),
    mute="after",
)

HARBOUR = Style(
    "harbour",
    (
        Theme((112, 118, 126), (150, 156, 164), (92, 98, 104), (252, 250, 246)),
        Theme((44, 24, 20), (84, 52, 44), (30, 16, 14), (250, 232, 224)),
    ),
    gaps=(2, 4),
    edges=(2, 10),
    ratios=(16 / 10, CLASSIC),
    radii=(0, 3),
    labels=(LabelLook("lower band", (30, 24, 18), (250, 240, 214), 0.9),),
    border=BorderLook(((250, 190, 20),), 6, inside=True),
    centred=(True, False),
    off=("avatar", "name"),
    mute="after",
)
LINEN = Style(
    "linen",
    (
        Theme((29, 27, 54), (52, 48, 88), (38, 35, 68), (235, 232, 250)),
        Theme((226, 238, 230), (176, 202, 186), (250, 253, 250), (24, 56, 40)),
    ),
    gaps=(16, 20),
    edges=(20, 48),
    ratios=(WIDE, 5 / 4),
    radii=(22, 30),
    labels=(LabelLook("lower right", WHITE, (86, 60, 150), 0.85, 14),),
    border=BorderLook(((20, 200, 190),), 6, inside=False),
    centred=(False,),
    off=("initials",),
    mute="before",
)

BUILDING = (ZOOM, MEET, TEAMS, JITSI, BIGBLUEBUTTON, WEBEX)
UNSEEN = (HARBOUR, LINEN)
UNSEEN_NAMES = frozenset(style.name for style in UNSEEN)
FIRST_SCORED = 5000  # from this seed on the two unseen styles occur


def styles_of(seed: int) -> tuple[Style, ...]:
    """The styles that a seed may have."""
    return BUILDING if seed < FIRST_SCORED else BUILDING + UNSEEN

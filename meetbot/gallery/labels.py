"""Name labels: where the text stands in the lower left of each cell, and what it says.

Both networks travel in the package of the extra `names`; onnxruntime runs them here and nowhere else. It
would report to its makers: that is switched off before it is loaded.
"""

import os
import unicodedata
from collections.abc import Iterator, Sequence
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from meetbot import settings
from meetbot.carried import Carried
from meetbot.freed import free_at_once, give_back
from meetbot.types import Image

if TYPE_CHECKING:
    from onnxruntime import InferenceSession


def _carried(name: str, sha256: str) -> Carried:
    return Carried(
        package="rapidocr",
        name=name,
        sha256=sha256,
        without="Names can't be read",
        get='pip install "meetbot[names]"',
        again="install rapidocr==3.10.0 again",
    )


FINDER = _carried(
    "PP-OCRv6_det_small.onnx", "090f04abcd9d9a7498bc4ebf677e4cb9bdce1fe4197ddb7e529f1ef44e1ff94f"
)
READER = _carried(
    "PP-OCRv6_rec_small.onnx", "6f327246b50388f3c176ae304bd95767ea6dc0c9ae92153ef8cbe210b3c14884"
)
HOW_TO_GET_NAMES = (
    'Seats are numbered because names are not read here; to read them: pip install "meetbot[names]"'
)

NO_TELEMETRY = "ORT_DISABLE_TELEMETRY"  # in the environment, so that processes begun here have it too

_LINE_HEIGHT = 48  # pixels: the reader was trained on lines of this height
_SIDE_STEP = 32  # the finder halves its picture five times
_APART = 8  # pixels between two strips in the finder's picture, so that no text runs from one to the next

Chances = npt.NDArray[np.float32]


class Label(NamedTuple):
    """What a label says, how sure each of its letters is on average (0-1), and its widest hole.

    A hole is the way between two letters in heights of the line; letters of an alphabet that the reader
    does not know leave some.
    """

    text: str
    confidence: float
    hole: float = 0.0


class Line(NamedTuple):
    """Where a line of text, or what is searched for one, stands in a strip: edges in pixels."""

    left: int
    top: int
    right: int
    bottom: int

    def moved(self, right: int, down: int) -> "Line":
        """The same line, so many pixels further on."""
        return Line(self.left + right, self.top + down, self.right + right, self.bottom + down)

    def cut(self, strip: Image) -> Image:
        """What the strip shows there."""
        return strip[self.top : self.bottom, self.left : self.right]


def labels_available() -> bool:
    """Whether the extra `names` is installed, and works on this machine."""
    if find_spec("onnxruntime") is None or find_spec(READER.package) is None:
        return False
    try:
        _onnxruntime()
    except (ImportError, OSError):  # a library that it needs is missing
        return False
    return True


class LabelReader:
    """Cells in, labels out. A label stands still, so it is read on the median of a few samples."""

    def __init__(self) -> None:
        free_at_once()  # their first run would take 110 MB instead of 50
        self._find = _session(FINDER)
        self._read = _session(READER)
        letters = self._read.get_modelmeta().custom_metadata_map["character"].split("\n")
        self._alphabet = ["", *letters, " "]  # the first stands for "no letter"
        give_back()  # what the weights were read into: 20 MB

    def read(self, samples: Sequence[Image]) -> Label | None:
        """The label of one cell; None where there is none."""
        return self.read_all([samples])[0]

    def read_all(self, cells: Sequence[Sequence[Image]]) -> list[Label | None]:
        """The labels of a whole layout: where one stands tells where the others do."""
        give_back()  # what was free before would come on top
        strips = [_strip(np.asarray(np.median(np.stack(samples), axis=0), np.uint8)) for samples in cells]
        corners = [_corner(samples[0], strip) for samples, strip in zip(cells, strips, strict=True)]
        labels = [
            self._best(strip, lines)
            for strip, lines in zip(strips, _in_line(self._whole_lines(strips, corners)), strict=True)
        ]
        give_back()  # a layout's strips took 90 MB
        return labels

    def _whole_lines(self, strips: Sequence[Image], corners: Sequence[Line]) -> list[list[Line]]:
        """The lines in each strip, of which more than the likeliest corner is searched only where needed."""
        found = self._lines(strips, corners)
        wider = [
            _wider(strip, corner, lines) for strip, corner, lines in zip(strips, corners, found, strict=True)
        ]
        places = [place for place, corner in enumerate(corners) if wider[place] != corner]
        more = self._lines([strips[place] for place in places], [wider[place] for place in places])
        for place, lines in zip(places, more, strict=True):
            found[place] = lines
        return found

    def _best(self, strip: Image, lines: Sequence[Line]) -> Label | None:
        """The first line that reads as something."""
        for line in lines[: settings.LABEL_TRIES]:
            label = self._text(line.cut(strip))
            sure = label.confidence >= settings.LABEL_SURE and label.hole <= settings.LABEL_HOLE
            if label.text and sure:
                return label
        return None

    def _text(self, line: Image) -> Label:
        width = max(_LINE_HEIGHT, round(line.shape[1] * _LINE_HEIGHT / line.shape[0]))
        picture = cv2.resize(line, (width, _LINE_HEIGHT), interpolation=cv2.INTER_CUBIC)
        chances = _run(self._read, np.asarray(picture, np.uint8))[0]
        return _decoded(chances, self._alphabet, width / _LINE_HEIGHT)

    def _lines(self, strips: Sequence[Image], where: Sequence[Line]) -> list[list[Line]]:
        """The lines of text in a part of each strip, as many searched in one picture as memory allows."""
        parts = [part.cut(strip) for strip, part in zip(strips, where, strict=True)]
        most = max(1, settings.LABEL_SHEET // max((part.size for part in parts), default=1))
        sheets = [parts[first : first + most] for first in range(0, len(parts), most)]
        found = [lines for sheet in sheets for lines in self._lines_of(sheet)]
        return [
            [line.moved(part.left, part.top) for line in lines]
            for part, lines in zip(where, found, strict=True)
        ]

    def _lines_of(self, strips: Sequence[Image]) -> list[list[Line]]:
        height = max(strip.shape[0] for strip in strips) + _APART
        width = max(strip.shape[1] for strip in strips) + _APART
        across = max(1, round((len(strips) * height / width) ** 0.5))
        down = -(-len(strips) // across)
        sheet = np.zeros((-(-down * height // _SIDE_STEP) * _SIDE_STEP,
                          -(-across * width // _SIDE_STEP) * _SIDE_STEP), np.uint8)  # fmt: skip
        corners = [(number // across * height, number % across * width) for number in range(len(strips))]
        for strip, (y, x) in zip(strips, corners, strict=True):
            sheet[y : y + strip.shape[0], x : x + strip.shape[1]] = strip
        chances = _run(self._find, sheet)[0, 0]
        return [
            list(_merged(_found(chances[y : y + strip.shape[0], x : x + strip.shape[1]])))
            for strip, (y, x) in zip(strips, corners, strict=True)
        ]


def _onnxruntime() -> Any:
    # While it is loaded it decides whether to report, and then begins at once: the call alone comes too late.
    os.environ[NO_TELEMETRY] = "1"
    import onnxruntime

    if hasattr(onnxruntime, "disable_telemetry_events"):
        onnxruntime.disable_telemetry_events()
    return onnxruntime


def _session(weights: Carried) -> "InferenceSession":
    onnxruntime = _onnxruntime()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3  # errors only: it warns about the machine
    options.intra_op_num_threads = settings.LABEL_THREADS
    options.enable_cpu_mem_arena = False  # it keeps what the widest label needed: 40 MB
    options.enable_mem_pattern = (
        False  # all that a look takes in one piece, as large as ever at once: 10 MB more
    )
    # Its helper waited in a loop between two labels: 120 ms for each second of a moving class.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(str(weights.sure()), options, providers=["CPUExecutionProvider"])


def _run(session: "InferenceSession", picture: Image) -> Chances:
    values = np.repeat((picture[None, None].astype(np.float32) / 255 - 0.5) / 0.5, 3, axis=1)
    return np.asarray(session.run(None, {session.get_inputs()[0].name: values})[0], np.float32)


def _strip(cell: Image) -> Image:
    """The lower part of a cell, as high as the largest labels."""
    high = min(settings.LABEL_TALL * _usual(cell.shape[0]), settings.LABEL_STRIP[1])
    return cell[-max(1, round(high)) :]


def _usual(height: int) -> float:
    """Pixels above the lower edge of a cell so high within which a label usually stands."""
    least, most = settings.LABEL_STRIP
    return min(max(settings.LABEL_STRIP_SHARE * height, least), most)


def _corner(cell: Image, strip: Image) -> Line:
    """The part of a cell's strip where products write the name: its lower left."""
    height, width = cell.shape
    high = min(height, int(_usual(height)))
    right = max(int(settings.LABEL_STRIP_WIDTH * width), min(width, 4 * high))
    return Line(0, len(strip) - high, right, len(strip))


def _wider(strip: Image, corner: Line, lines: Sequence[Line]) -> Line:
    """The part of a strip that holds all of the lines found in its corner, as far as they may go on.

    Of a strip whose corner shows none it is the right end: all of it, unless it is very wide.
    """
    high, wide = strip.shape
    most = settings.LABEL_SHEET // high
    if not lines:
        return Line(max(0, wide - most), 0, wide, high)
    cut = any(line.right + settings.LABEL_BLANK * (line.bottom - line.top) >= corner.right for line in lines)
    low = any(line.top <= corner.top for line in lines)
    return Line(
        0, 0 if low else corner.top, max(corner.right, min(wide, most)) if cut else corner.right, high
    )


def _found(chances: Chances) -> Iterator[Line]:
    """The lines of text in a map of chances, widened: the finder marks the core of a line only."""
    marked = (chances > settings.LABEL_CHANCE).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(marked, connectivity=8)
    height, width = chances.shape
    for x, y, w, h, area in stats[1:count].tolist():
        if h < 3 or w < h or area < 12:
            continue
        grow = round(settings.LABEL_GROW * w * h / (w + h))
        yield Line(max(0, x - grow), max(0, y - grow), min(width, x + w + grow), min(height, y + h + grow))


def _merged(lines: Iterator[Line]) -> Iterator[Line]:
    """Words that stand beside each other, as one line."""
    now: Line | None = None
    for line in sorted(lines):
        if (
            now
            and min(now.bottom, line.bottom) - max(now.top, line.top) > 0.6 * (line.bottom - line.top)
            and (line.left - now.right < settings.LABEL_BLANK * (line.bottom - line.top))
        ):
            now = Line(
                now.left, min(now.top, line.top), max(now.right, line.right), max(now.bottom, line.bottom)
            )
            continue
        if now:
            yield now
        now = line
    if now:
        yield now


def _in_line(found: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Each cell's lines, the likeliest first: labels stand at one height and one margin in all cells."""
    lowest = [max(lines, key=lambda line: (line.bottom, -line.left)) for lines in found if lines]
    if not lowest:
        return [list(lines) for lines in found]
    bottom, left = (float(np.median([line[side] for line in lowest])) for side in (3, 0))
    return [
        sorted(lines, key=lambda line: 2 * abs(line.bottom - bottom) + min(abs(line.left - left), 40))
        for lines in found
    ]


def _decoded(chances: Chances, alphabet: Sequence[str], heights: float) -> Label:
    """The likeliest letters of a line so many heights long, without unsure ones at either end.

    A repeated letter counts once.
    """
    best, sure = chances.argmax(axis=1), chances.max(axis=1)
    letters = [
        (alphabet[letter], float(sure[place]), place)
        for place, letter in enumerate(best)
        if letter and (place == 0 or letter != best[place - 1])
    ]
    while letters and (not letters[0][0].isalnum() or letters[0][1] < settings.LABEL_END_SURE):
        letters.pop(0)
    if _ends_in_icon([(letter, chance) for letter, chance, _ in letters]):
        letters.pop()
    while letters and not letters[-1][0].isalnum() and letters[-1][0] not in ".)":
        letters.pop()
    if not letters:
        return Label("", 0.0)
    text, chance, _ = zip(*letters, strict=True)
    places = [place for letter, _, place in letters if letter.strip()]
    hole = float(np.diff(places).max(initial=0)) * heights / len(best)
    return Label("".join(text), float(np.mean(chance)), hole)


def _ends_in_icon(letters: Sequence[tuple[str, float]]) -> bool:
    """Whether the last letter is an icon's: a hardly readable Chinese one that stands alone behind others."""
    wide = [unicodedata.east_asian_width(letter) == "W" for letter, _ in letters]
    if sum(wide) != 1 or not wide[-1] or len(letters) < 3:
        return False
    return letters[-2][0] == " " and letters[-1][1] < settings.LABEL_ICON_SURE

"""How many faces are found in composed 1080p galleries, by searched width and size of face, and in what time.

python -m benchmarks.finder [--media DIR] [--galleries 24]

Two public-domain portraits are always there; stills of DIR's faces/*.mp4 and talking/*.mpg join them.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from time import process_time

import av
import cv2
import numpy as np

from benchmarks._bars import Bar, figure, show, told
from meetbot import settings
from meetbot.faces.find import FaceFinder
from meetbot.types import Box, Frame, Image, Picture
from training.detector import YUNET

PORTRAITS = (("skimage", "data/astronaut.png"), ("matplotlib", "mpl-data/sample_data/grace_hopper.jpg"))
STILLS_A_CLIP = 6
WIDTHS = (640, 960, 1280)
HEIGHTS = (0, 30, 40, 56, 80, 2000)  # pixels of a face's height in the gallery, edges of the columns
SIZE = (1920, 1080)
GRIDS = (7, 6, 5, 4, 3, 2)
JPEG_QUALITY = 50  # a stand-in for what video coding does to small faces
SAME_FACE = 0.4  # intersection over union from which a found face is the true one
SEED = 0

Look = Callable[[], Sequence[Box]]
Search = Callable[[Image], Look]  # what isn't timed happens before the look


@dataclass(frozen=True)
class Still:
    """A picture of one person, and where the face is."""

    picture: Image
    face: Box


@dataclass(frozen=True)
class Gallery:
    """A composed picture, and where its faces are."""

    picture: Image
    faces: tuple[Box, ...]


def main() -> None:
    """Compose, search, show."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--media", type=Path, metavar="DIR")
    parser.add_argument("--galleries", type=int, default=24)
    arguments = parser.parse_args()
    stills = list(read_stills(arguments.media))
    rng = np.random.default_rng(SEED)
    galleries = [compose(stills, GRIDS[i % len(GRIDS)], rng) for i in range(arguments.galleries)]
    print(
        f"{len(galleries)} galleries of {SIZE[0]}x{SIZE[1]}, {sum(len(g.faces) for g in galleries)} faces "
        f"out of {len(stills)} stills; shares by height of face"
    )
    ways = {
        f"a {width}-pixel copy, {name}": at_width(width, colour)
        for width in WIDTHS
        for name, colour in (("grey", False), ("colour", True))
    }
    ways |= {"the finder at its first frame": first, "the finder as it runs": running}
    show(score(name, galleries, search) for name, search in ways.items())


def score(name: str, galleries: Sequence[Gallery], search: Search) -> Bar:
    """One way to search, over all galleries."""
    hits: list[tuple[float, bool]] = []
    times, false = [], 0
    for gallery in galleries:
        look = search(gallery.picture)
        start = process_time()
        found = look()
        times.append(process_time() - start)
        hits += [(face.height, any(same(face, box) for box in found)) for face in gallery.faces]
        false += sum(not any(same(face, box) for face in gallery.faces) for box in found)
    shares = []
    for low, high in pairwise(HEIGHTS):
        column = [hit for height, hit in hits if low <= height < high]
        shares += [f"{np.mean(column):.1%} of {low}-{high} px"] if column else []
    more = f"{false} false; {figure(np.median(times) * 1e3)} CPU ms"
    return told(f"faces found, {name}", f"{', '.join(shares)}; {more}")


def at_width(width: int, colour: bool) -> Search:
    """Search a copy of this width."""
    net = cv2.FaceDetectorYN.create(str(YUNET.path()), "", (64, 64), settings.FIND_SCORE, settings.FIND_NMS)

    def search(picture: Image) -> Look:
        scale = picture.shape[1] / width
        size = (width, round(picture.shape[0] / scale))
        luma = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
        seen = picture if colour else cv2.cvtColor(luma, cv2.COLOR_GRAY2BGR)
        net.setInputSize(size)

        def look() -> list[Box]:
            rows = net.detect(cv2.resize(seen, size, interpolation=cv2.INTER_AREA))[1]
            return [] if rows is None else [Box(*(row[:4] * scale).tolist()) for row in rows]

        return look

    return search


def first(picture: Image) -> Look:
    """The finder on its first frame."""
    return lambda: boxes(FaceFinder(), picture, 0.0)


def running(picture: Image) -> Look:
    """The finder on a frame that shows what the frame before showed."""
    finder = FaceFinder()
    boxes(finder, picture, 1.0)
    return lambda: boxes(finder, picture, 2.0)


def boxes(finder: FaceFinder, picture: Image, time: float) -> list[Box]:
    """The finder's boxes in a colour picture."""
    luma = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
    return [face.box for face in finder(Frame(time, Picture(luma)))]


def same(one: Box, other: Box) -> bool:
    """Whether two boxes are one face."""
    width = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    height = min(one.y + one.height, other.y + other.height) - max(one.y, other.y)
    shared = max(0.0, width) * max(0.0, height)
    return shared > SAME_FACE * (one.width * one.height + other.width * other.height - shared)


def read_stills(media: Path | None) -> Iterator[Still]:
    """The portraits, and stills of the clips, with the face that stands in each."""
    pictures = [cv2.imread(str(portrait(package, file))) for package, file in PORTRAITS]
    clips = [*media.glob("faces/*.mp4"), *media.glob("talking/*.mpg")] if media else []
    for clip in sorted(clips):
        with av.open(str(clip)) as container:
            frames = [frame.to_ndarray(format="bgr24") for frame in container.decode(video=0)]
        pictures += [frames[i] for i in np.linspace(0, len(frames) - 1, STILLS_A_CLIP).astype(int)]
    for picture in pictures:
        seen = np.asarray(picture, np.uint8)
        found = boxes(FaceFinder(), seen, 0.0)
        if len(found) == 1:
            yield Still(seen, found[0])


def portrait(package: str, file: str) -> Path:
    """A picture inside an installed package."""
    spec = find_spec(package)
    assert spec is not None and spec.origin is not None, f"{package} is not installed"
    return Path(spec.origin).parent / file


def compose(stills: Sequence[Still], columns: int, rng: np.random.Generator) -> Gallery:
    """A gallery of columns x columns tiles, each with another size, place and light of its face."""
    width, height = SIZE[0] // columns, SIZE[1] // columns
    picture = np.full((SIZE[1], SIZE[0], 3), 26, np.uint8)
    faces = []
    for number in range(columns * columns):
        left, top = number % columns * width, number // columns * height
        tile, face = compose_tile(stills[int(rng.integers(len(stills)))], width - 8, height - 8, rng)
        picture[top + 4 : top + height - 4, left + 4 : left + width - 4] = tile
        faces.append(Box(face.x + left + 4, face.y + top + 4, face.width, face.height))
    coded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY])[1]
    return Gallery(np.asarray(cv2.imdecode(coded, cv2.IMREAD_COLOR), np.uint8), tuple(faces))


def compose_tile(still: Still, width: int, height: int, rng: np.random.Generator) -> tuple[Image, Box]:
    """One tile: the still scaled so that the face takes 25-55 % of the tile's height, dimmed and turned."""
    face = still.face
    scale = rng.uniform(0.25, 0.55) * height / face.height
    turn = rng.uniform(-12, 12)
    x, y = face.x + face.width / 2, face.y + face.height / 2
    to_x, to_y = width * rng.uniform(0.35, 0.65), height * rng.uniform(0.4, 0.6)
    matrix = np.asarray(cv2.getRotationMatrix2D((x, y), turn, scale))
    matrix[:, 2] += np.array((to_x - x, to_y - y))
    # Blur before shrinking, as a camera does; warping alone would alias.
    soft = cv2.GaussianBlur(still.picture, (0, 0), 0.4 / scale) if scale < 1 else still.picture
    tile = cv2.warpAffine(soft, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)
    tile = np.clip(tile * rng.uniform(0.35, 1.15), 0, 255).astype(np.uint8)
    wide, high = face.width * scale, face.height * scale
    return tile, Box(to_x - wide / 2, to_y - high / 2, wide, high)


if __name__ == "__main__":
    main()

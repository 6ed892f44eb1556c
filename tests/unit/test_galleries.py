"""The made-up galleries show what their truth says."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from meetbot.types import Image
from tests.galleries import FIRST_SCORED, Scene, decoded, draw, lesson, scene, truth
from tests.galleries.faces import clip, sources
from tests.galleries.layouts import Kind, best_columns
from tests.galleries.rooms import bgr
from tests.galleries.scenes import Speech, State
from tests.galleries.score import overlap
from tests.galleries.styles import BIGBLUEBUTTON, BUILDING, JITSI, MEET, TEAMS, UNSEEN, WEBEX, ZOOM, Style
from tests.galleries.write import write_both

SMALL = (640, 360)
KINDS: tuple[Kind, ...] = (
    "grid",
    "right",
    "left",
    "top",
    "bottom",
    "speaker",
    "inset",
    "shared inset",
    "single",
)


def tiles(made: Scene, number: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = truth(made)["layouts"][number]["tiles"]
    return found


def cut(picture: Image, box: list[int]) -> Image:
    x, y, w, h = box
    return picture[y : y + h, x : x + w]


def dark(made: Scene) -> Scene:
    """The same gallery with every camera off and nobody speaking."""
    state = replace(made.states[0], off=frozenset(range(len(made.people))))
    return replace(made, states=(state,), speeches=())


def bare(made: Scene) -> Scene:
    """The same gallery without rounded corners."""
    return replace(made, look=replace(made.look, radius=0))


@pytest.fixture(scope="module")
def nine() -> Scene:
    """Nine people in rows of three."""
    return bare(scene(7, MEET, SMALL, "grid", 9))


@pytest.mark.parametrize("style", BUILDING + UNSEEN, ids=lambda style: style.name)
def test_a_tile_without_camera_fills_exactly_its_true_box(style: Style) -> None:
    made = bare(dark(scene(3, style, (1280, 720), "grid", 7)))
    picture = draw(made, 0.0)
    for who, tile in enumerate(sorted(tiles(made), key=lambda tile: int(tile["seat"]))):
        inside = cut(picture, tile["box"])
        corners = inside[[0, 0, -1, -1], [0, -1, 0, -1]]
        assert (corners == bgr(made.people[who].off_tile)).all()
        x, y, w, h = tile["box"]
        beyond = [(y - 1, x + w // 2), (y + h, x + w // 2), (y + h // 2, x - 1), (y + h // 2, x + w)]
        around = [picture[point] for point in beyond if made.shape.gap and in_area(made, *point)]
        assert all((colour == bgr(made.look.theme.ground)).all() for colour in around)


def in_area(made: Scene, y: int, x: int) -> bool:
    area = made.shape.area
    return area.y <= y < area.y + area.h and area.x <= x < area.x + area.w


def test_only_what_a_camera_shows_moves(nine: Scene) -> None:
    moved = np.abs(draw(nine, 0.0).astype(int) - draw(nine, 1.5)).max(axis=2) > 0
    for tile in tiles(nine):
        assert cut(moved, tile["box"]).any() == (tile["camera"] == "on")
        cut(moved, tile["box"])[:] = False
    assert not moved.any()


@pytest.mark.parametrize("seed", range(40))
def test_tiles_lie_in_the_frame_and_only_an_inset_lies_on_another(seed: int) -> None:
    made = scene(seed)
    found = tiles(made)
    boxes = [tuple(tile["box"]) for tile in found]
    assert len(boxes) >= 1 and all(min(box) >= 0 and box[2] > 8 and box[3] > 8 for box in boxes)
    assert all(x + w <= made.size[0] and y + h <= made.size[1] for x, y, w, h in boxes)
    shared = [overlap(one, other) for one, other in combinations(boxes, 2)]
    assert any(shared) == (made.states[0].kind in ("inset", "shared inset"))


@pytest.mark.parametrize("count", [1, 2, 4, 5, 9, 25, 49])
def test_a_grid_shows_everybody_a_gap_apart(count: int) -> None:
    made = scene(11, WEBEX, (1920, 1080), "grid", count)
    boxes = [tile["box"] for tile in tiles(made)]
    assert len(boxes) == count and len({(w, h) for _, _, w, h in boxes}) == 1
    rows = pairwise(boxes)
    steps = {right[0] - left[0] - left[2] for left, right in rows if left[1] == right[1]}
    assert steps <= {made.shape.gap}


def test_columns_make_tiles_as_large_as_they_can_be(nine: Scene) -> None:
    area = nine.shape.area._replace(w=1600, h=900)
    assert best_columns(4, area, 0, 16 / 9)[:2] == (2, 800)
    assert best_columns(25, area, 0, 16 / 9)[:2] == (5, 320)
    assert best_columns(2, area, 0, 16 / 9)[0] == 2


def test_a_last_row_is_centred_where_the_style_centres_it() -> None:
    for made in (scene(1, ZOOM, (1280, 720), "grid", 5), scene(1, UNSEEN[1], (1280, 720), "grid", 5)):
        boxes = [tile["box"] for tile in tiles(made)]
        last = [box for box in boxes if box[1] == boxes[-1][1]]
        first = [box for box in boxes if box[1] == boxes[0][1]]
        assert (last[0][0] > first[0][0]) == made.shape.centred
        assert made.shape.centred == (made.style is ZOOM)


def test_a_focused_camera_spans_two_by_two() -> None:
    made = scene(1, BIGBLUEBUTTON, (1280, 720), "grid", 9)
    made = replace(made, shape=replace(made.shape, focus=True))
    large, *others = [tile["box"] for tile in sorted(tiles(made), key=lambda tile: int(tile["seat"]))]
    assert len(others) == 8 and {tuple(box[2:]) for box in others} == {tuple(others[0][2:])}
    assert large[2] == 2 * others[0][2] + made.shape.gap
    assert large[3] == 2 * others[0][3] + made.shape.gap


@pytest.mark.parametrize("kind", KINDS)
def test_the_stage_is_named_where_something_is_shared(kind: Kind) -> None:
    found = tiles(scene(2, TEAMS, SMALL, kind, 2 if "inset" in kind else 6))
    stages = [tile for tile in found if tile["kind"] == "stage"]
    assert len(stages) == (kind in ("right", "left", "top", "bottom", "shared inset"))
    assert all(tile["name"] is None and "label" not in tile for tile in stages)
    people = {"single": 1, "inset": 2, "shared inset": 1}
    assert len(found) - len(stages) <= people.get(kind, 6)


@pytest.mark.parametrize(("side", "edge"), [("left", 0), ("top", 1)])
def test_a_filmstrip_lies_on_its_side(side: Kind, edge: int) -> None:
    other: Kind = "right" if side == "left" else "bottom"
    for kind, before in ((side, True), (other, False)):
        found = tiles(scene(2, JITSI, SMALL, kind, 5))
        stage = next(tile["box"] for tile in found if tile["kind"] == "stage")
        assert all((tile["box"][edge] < stage[edge]) == before for tile in found if tile["kind"] == "person")


def test_tiles_are_told_in_reading_order(nine: Scene) -> None:
    corners = [(tile["box"][1], tile["box"][0]) for tile in tiles(nine)]
    assert corners == sorted(corners)


def test_a_seed_gives_the_same_gallery_every_time() -> None:
    one, other = scene(9, size=SMALL), scene(9, size=SMALL)
    assert one == other and truth(one) == truth(other)
    assert np.array_equal(draw(one, 0.7), draw(other, 0.7))
    assert scene(10, size=SMALL) != one
    assert lesson(9, 30, 3) == lesson(9, 30, 3)


def test_no_two_people_have_one_name() -> None:
    names = [person.name for person in scene(4, count=49, kind="grid").people]
    assert len(set(names)) == 49
    accents = sum(any(letter > "\x7f" for letter in name) for name in names)
    assert accents > 5


def test_the_unseen_styles_are_met_in_scored_seeds_only() -> None:
    assert {scene(seed).style for seed in range(24)} == set(BUILDING)
    assert {scene(seed).style for seed in range(FIRST_SCORED, FIRST_SCORED + 16)} == set(BUILDING + UNSEEN)


def test_labels_say_names_and_are_cut_where_the_tile_is_narrow() -> None:
    wide = tiles(scene(5, TEAMS, (1920, 1080), "grid", 4))
    assert all(tile["label"].startswith(tile["name"]) for tile in wide)
    narrow = tiles(scene(5, TEAMS, (854, 480), "grid", 49))
    assert any(tile["label"].endswith("…") for tile in narrow)
    assert all(
        tile["name"].startswith(tile["label"].rstrip("…").rstrip())
        for tile in narrow
        if "(" not in tile["label"]
    )


def test_a_label_is_written_at_the_lower_left_of_its_tile() -> None:
    made = bare(dark(scene(3, TEAMS, (1280, 720), "grid", 4)))
    picture = draw(made, 0.0)
    for tile in tiles(made):
        inside = cut(picture, tile["box"])
        lower = inside[-2 * made.look.letters :, : inside.shape[1] // 3]
        assert lower.max() > 200 and lower.min() < 90  # dark letters on a light pill


@pytest.mark.parametrize("style", [ZOOM, MEET], ids=["in the gap", "inside"])
def test_who_speaks_has_a_border_in_the_style_s_colour(style: Style) -> None:
    made = bare(dark(scene(3, style, (1280, 720), "grid", 4)))
    made = replace(made, shape=replace(made.shape, gap=8), speeches=(Speech(1, 1.0, 2.0),))
    x, y, w, h = next(tile["box"] for tile in tiles(made) if tile["seat"] == "2")
    colour = bgr(made.look.border_colour)
    row = y + 1 if style.border.inside else y + h
    assert (draw(made, 1.5)[row, x + w // 2] == colour).all()
    assert not (draw(made, 0.5)[row, x + w // 2] == colour).all()
    assert not (draw(made, 2.5)[row, x + w // 2] == colour).all()


def test_a_camera_of_another_shape_gets_bars_where_the_product_shows_all_of_it() -> None:
    made = bare(scene(3, JITSI, (1280, 720), "grid", 4))
    people = tuple(replace(who, camera=replace(who.camera, ratio=9 / 16)) for who in made.people)
    made = replace(made, people=people, speeches=(), states=(replace(made.states[0], off=frozenset()),))
    picture = draw(made, 0.0)
    for tile in tiles(made):
        inside = cut(picture, tile["box"])
        assert (inside[: inside.shape[0] // 2, 0] == bgr(made.look.bars)).all()
        assert not (inside[: inside.shape[0] // 2, inside.shape[1] // 2] == bgr(made.look.bars)).all()


@pytest.mark.parametrize("size", [(160, 90), (720, 1280), (3840, 2160)])
def test_odd_sizes_are_drawn_too(size: tuple[int, int]) -> None:
    made = scene(6, size=size, kind="grid", count=4)
    assert draw(made, 0.0).shape == (size[1], size[0], 3)
    assert len(tiles(made)) == 4


@pytest.fixture(scope="module", params=range(12))
def lived(request: pytest.FixtureRequest) -> Iterator[Scene]:
    """A lesson in which much happens; drawn nowhere."""
    yield lesson(request.param, 600, 12)


def test_layouts_follow_each_other_without_a_hole(lived: Scene) -> None:
    found = truth(lived)["layouts"]
    assert found[0]["from"] == 0.0 and found[-1]["to"] == 600
    assert all(one["to"] == other["from"] for one, other in pairwise(found))
    assert all(
        one["tiles"] != other["tiles"] or one["kind"] != other["kind"] for one, other in pairwise(found)
    )


def test_events_are_what_changes_from_layout_to_layout(lived: Scene) -> None:
    told = truth(lived)
    for before, after in pairwise(told["layouts"]):
        here = [event for event in told["events"] if event["time"] == after["from"]]
        old = {tile["seat"]: tile for tile in before["tiles"]}
        new = {tile["seat"]: tile for tile in after["tiles"]}
        both = set(old) & set(new) - {"stage"}
        placed = {seat: tile["box"] for seat, tile in new.items()} != {s: t["box"] for s, t in old.items()}
        assert any(event["kind"] == "reflow" for event in here) == placed
        for kind, camera in (("camera_off", "off"), ("camera_on", "on")):
            switched = {seat for seat in both if old[seat]["camera"] != new[seat]["camera"] == camera}
            assert {event["seat"] for event in here if event["kind"] == kind} == switched
        joined = {event["seat"] for event in here if event["kind"] == "joined"}
        gone = {event["seat"] for event in here if event["kind"] == "left"}
        assert joined <= set(new) - set(old) and gone <= set(old) - set(new)


def test_twelve_changes_were_asked_for_and_twelve_happen(lived: Scene) -> None:
    assert len(lived.states) == 13
    times = [state.start for state in lived.states]
    assert times == sorted(times) and all(b - a > 5 for a, b in pairwise(times))


def test_nobody_speaks_who_cannot_be_seen(lived: Scene) -> None:
    told = truth(lived)
    assert len(told["speaking"]) > 10
    for speech in told["speaking"]:
        for layout in told["layouts"]:
            if layout["from"] < speech["to"] and layout["to"] > speech["from"]:
                assert speech["seat"] in {tile["seat"] for tile in layout["tiles"]}


def test_tiles_are_on_their_way_while_a_layout_flows() -> None:
    made = dark(scene(3, MEET, SMALL, "grid", 4))
    state = made.states[0]
    more = State(2.0, "grid", (0, 1, 2), state.off, flow=0.5, cause="leave")
    made = replace(made, states=(state, more))
    assert truth(made)["moving"] == [[2.0, 2.5]]
    before, between, after = (draw(made, time) for time in (1.9, 2.25, 2.6))
    assert not np.array_equal(before, between) and not np.array_equal(between, after)
    assert np.array_equal(after, draw(made, 3.0))


def test_a_slide_changes_and_nothing_else() -> None:
    made = dark(scene(2, WEBEX, SMALL, "right", 3))
    made = replace(made, states=(made.states[0], replace(made.states[0], start=3.0, slide=77, cause="slide")))
    assert [event["kind"] for event in truth(made)["events"]] == ["slide"]
    stage = next(tile["box"] for tile in tiles(made) if tile["kind"] == "stage")
    changed = np.abs(draw(made, 0.0).astype(int) - draw(made, 4.0)).max(axis=2) > 0
    assert cut(changed, stage).any()
    cut(changed, stage)[:] = False
    assert not changed.any()


def test_a_recording_shows_what_was_drawn_but_for_its_coding(nine: Scene) -> None:
    difference = np.abs(decoded(nine).astype(int) - draw(nine, 1.0))
    assert 0 < difference.mean() < 6


def test_a_recording_and_its_truth_are_written_side_by_side(tmp_path: Path) -> None:
    made = replace(scene(7, MEET, SMALL, "grid", 2), duration=2.0)
    path = write_both(tmp_path, "two", made, rate=2.0)
    with av.open(str(path)) as container:
        assert len(list(container.decode(video=0))) == 4
    told = json.loads((tmp_path / "two.json").read_text(encoding="utf-8"))
    assert told["size"] == list(SMALL) and told == truth(made)


def test_portraits_stand_in_where_there_are_no_clips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MEETBOT_MEDIA", "")
    sources.cache_clear()
    try:
        assert sources() == ("grace_hopper", "astronaut")
        assert all(clip(name).face.height > 50 for name in sources())
        assert len({frame.tobytes() for frame in clip("astronaut").frames}) > 5
    finally:
        sources.cache_clear()


def test_the_program_writes_a_recording_a_seed_and_names_it(tmp_path: Path) -> None:
    words = ["--seeds", "6", "--seconds", "2", "--changes", "0", "--rate", "1"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.galleries", str(tmp_path), *words],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [str(tmp_path / "zoom-6.mp4")]
    assert (tmp_path / "zoom-6.json").exists()

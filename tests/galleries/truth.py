"""What a gallery truly shows, in the shape of `meetbot tiles --json`, with events and speech beside it."""

from typing import Any

from tests.galleries.labels import shown_words
from tests.galleries.layouts import STAGE, Rect, Slot
from tests.galleries.scenes import Scene, State

_SAME_ROW = 0.5  # tiles whose upper edges are nearer than this share of a height stand in one row


def truth(scene: Scene) -> dict[str, Any]:
    """Everything that is to be found in a scene's recording."""
    ends = [state.start for state in scene.states[1:]] + [scene.duration]
    layouts = [_layout(scene, *pair) for pair in zip(scene.states, ends, strict=True)]
    return {
        "size": list(scene.size),
        "style": scene.style.name,
        "hard": sorted(scene.hard),
        "letters": scene.look.letters,
        "layouts": _joined(layouts),
        "moving": [[state.start, state.start + state.flow] for state in scene.states if state.flow],
        "events": events(scene),
        "speaking": [
            {"seat": seat(speech.who), "from": speech.start, "to": speech.end} for speech in scene.speeches
        ],
    }


def seat(who: int) -> str:
    """The key of a person's seat, the same all lesson long."""
    return "stage" if who == STAGE else str(who + 1)


def events(scene: Scene) -> list[dict[str, Any]]:
    """What happened, by time."""
    found: list[dict[str, Any]] = []
    for before, after in zip(scene.states, scene.states[1:], strict=False):
        found += _changes(scene, before, after)
    for speech in scene.speeches:
        found.append({"time": speech.start, "kind": "started_speaking", "seat": seat(speech.who)})
        if speech.end < scene.duration:
            found.append({"time": speech.end, "kind": "stopped_speaking", "seat": seat(speech.who)})
    return sorted(found, key=lambda event: (event["time"], event["kind"], event["seat"] or ""))


def _changes(scene: Scene, before: State, after: State) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []

    def add(kind: str, who: int | None = None, **more: object) -> None:
        found.append({"time": after.start, "kind": kind, "seat": None if who is None else seat(who), **more})

    old, new = scene.slots(before), scene.slots(after)
    if after.cause in ("join", "leave"):  # who has no tile comes and goes unseen
        for who in sorted({slot.who for slot in new} - set(before.order) - {STAGE}):
            add("joined", who)
        for who in sorted({slot.who for slot in old} - set(after.order) - {STAGE}):
            add("left", who)
    stay = {slot.who for slot in old} & {slot.who for slot in new}
    for who in sorted(stay & after.off - before.off):
        add("camera_off", who)
    for who in sorted(stay & before.off - after.off):
        add("camera_on", who)
    if set(old) != set(new):
        moved = {slot.rect for slot in old} != {slot.rect for slot in new}
        add("reflow", cause=after.cause, moved=moved)
    if before.slide != after.slide and STAGE in {slot.who for slot in old} & {slot.who for slot in new}:
        add("slide", STAGE)
    return found


def _layout(scene: Scene, state: State, end: float) -> dict[str, Any]:
    tiles = [_tile(scene, state, slot) for slot in _in_order(scene.slots(state))]
    return {"from": state.start, "to": end, "confidence": 1.0, "kind": state.kind, "tiles": tiles}


def _joined(layouts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Layouts one after the other in which nobody can see a difference are one."""
    kept = layouts[:1]
    for layout in layouts[1:]:
        if layout["tiles"] == kept[-1]["tiles"]:
            kept[-1]["to"] = layout["to"]
        else:
            kept.append(layout)
    return kept


def _tile(scene: Scene, state: State, slot: Slot) -> dict[str, Any]:
    stage = slot.who == STAGE
    tile = {
        "seat": seat(slot.who),
        "name": None if stage else scene.people[slot.who].name,
        "box": list(slot.rect),
        "kind": "stage" if stage else "person",
        "camera": "on" if stage or slot.who not in state.off else "off",
    }
    if not stage and state.kind != "single":
        tile["label"] = shown_words(scene.people[slot.who], scene.look, slot.rect)
    return tile


def _in_order(slots: tuple[Slot, ...]) -> list[Slot]:
    """Row by row, each from left to right; a row is what begins in the upper half of its first tile."""
    left = sorted(slots, key=lambda slot: (slot.rect.y, slot.rect.x))
    ordered: list[Slot] = []
    while left:
        top: Rect = left[0].rect
        row = [slot for slot in left if slot.rect.y < top.y + _SAME_ROW * top.h]
        ordered += sorted(row, key=lambda slot: slot.rect.x)
        left = [slot for slot in left if slot not in row]
    return ordered

"""What happened between two instants, as far as the tiles tell it."""

from collections.abc import Iterator, Mapping

from meetbot.types import Event, EventKind, Tile


def changes(time: float, before: Mapping[int, Tile], now: Mapping[int, Tile]) -> Iterator[Event]:
    """Who came, who went, whose camera was switched, and who began or ended to speak."""
    yield from (
        Event(time, "joined", seat, now[seat].name or "") for seat in sorted(now.keys() - before.keys())
    )
    yield from (Event(time, "left", seat) for seat in sorted(before.keys() - now.keys()))
    for seat in sorted(before.keys() & now.keys()):
        old, new = before[seat], now[seat]
        if old.camera != new.camera:
            switched: EventKind = "camera_on" if new.camera == "on" else "camera_off"
            yield Event(time, switched, seat)
    for seat in sorted(before.keys() | now.keys()):
        spoke = bool(before[seat].speaking) if seat in before else False
        speaks = bool(now[seat].speaking) if seat in now else False
        if spoke != speaks:
            started: EventKind = "started_speaking" if speaks else "stopped_speaking"
            yield Event(time, started, seat)

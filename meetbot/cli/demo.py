"""meetbot demo: a whole live class on this machine, or a recorded one."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from meetbot.cli import options
from meetbot.cli.console import complain, progress
from meetbot.cli.logs import logged
from meetbot.cli.outcome import tell
from meetbot.cli.policies import policy_by

if TYPE_CHECKING:
    from meetbot.conclude import Outcome
    from meetbot.log import Log
    from meetbot.policy import Policy
    from meetbot.types import About, Instant

_LIVE, _RECORDED = 40.0, 240.0  # seconds


def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder for what is written.")] = Path("meetbot-demo"),
    seconds: Annotated[
        float | None,
        typer.Option("--seconds", min=10, max=3600, help="Length of the class: 40; recorded: 240."),
    ] = None,
    recorded: Annotated[
        bool, typer.Option("--recorded", help="Compose a recording of a class instead, and analyse it.")
    ] = False,
    policy: options.PolicyName = options.POLICY,
    lang: options.Lang = None,
    json: options.Json = False,
    open: options.Open = False,
    quiet: options.Quiet = False,
    log_file: options.LogFile = None,
) -> None:
    """Hold a live class of six simulated students, let the bot join it, and write its report."""
    silent, by = quiet or json, policy_by(policy)
    with logged(log_file, "demo", by) as log:
        if recorded:
            outcome = _recorded(out, seconds or _RECORDED, silent, by, log, lang)
        else:
            outcome = _live(out, seconds or _LIVE, silent, by, log, lang)
        log.read(outcome.figures)
    tell(outcome, json, open)


def _live(
    out: Path, seconds: float, silent: bool, policy: "Policy", log: "Log", lang: str | None
) -> "Outcome":
    from meetbot.demo.live import hold_class

    def watch(instants: "Iterable[Instant]", about: "About") -> "Iterator[Instant]":
        with progress(silent) as shown:  # not before the class begins: a bar breaks long lines, and links
            yield from shown(instants, about)

    watched = log.watching(watch)
    return hold_class(out, seconds, watched, (lambda line: None) if silent else complain, policy, lang)


def _recorded(
    out: Path, seconds: float, silent: bool, policy: "Policy", log: "Log", lang: str | None
) -> "Outcome":
    from meetbot.demo import compose, demo_class
    from meetbot.pipeline import Plan, analyze_recording
    from meetbot.resources import make_folder

    if not silent:
        complain(f"composing a class of nine, {seconds:.0f} seconds long ...")
    recording = compose(make_folder(out) / "class.mp4", demo_class(seconds), seconds=seconds)
    with progress(silent) as watch:
        watched = log.watching(watch)
        return analyze_recording(recording, Plan(policy=policy, lang=lang), force=True, watch=watched)

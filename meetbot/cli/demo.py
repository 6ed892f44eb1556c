"""meetbot demo: the whole way, on a class that is composed on the spot."""

from pathlib import Path
from typing import Annotated

import typer

from meetbot.cli import options
from meetbot.cli.console import complain, progress, say, say_json, show
from meetbot.cli.documents import lesson_document, lesson_words


def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder for what is written.")] = Path("meetbot-demo"),
    seconds: Annotated[float, typer.Option("--seconds", min=10, max=3600, help="Length of the class.")] = 240,
    json: options.Json = False,
    open: options.Open = False,
    quiet: options.Quiet = False,
) -> None:
    """Compose a short class recording out of two public portraits, analyse it, and write its report."""
    from meetbot.demo import compose, demo_class
    from meetbot.pipeline import Plan, analyze_recording
    from meetbot.resources import make_folder

    if not (quiet or json):
        complain(f"composing a class of nine, {seconds:.0f} seconds long ...")
    recording = compose(make_folder(out) / "class.mp4", demo_class(seconds), seconds=seconds)
    with progress(quiet or json) as watch:
        outcome = analyze_recording(recording, Plan(), force=True, watch=watch)
    if json:
        say_json(lesson_document(outcome.lesson, outcome.report, outcome.figures))
    else:
        for line in lesson_words(outcome.lesson, outcome.report, "composed and read", outcome.figures):
            say(line)
    if open:
        show(outcome.report)

"""The options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

from meetbot.settings import DEFAULT_EVERY

Out = Annotated[
    Path | None, typer.Option("--out", help="Folder for what is written; without it, beside the input.")
]
Roster = Annotated[
    Path | None,
    typer.Option("--roster", help="Class list: a CSV file with name, alias, email, role, analyse."),
]
Teacher = Annotated[str | None, typer.Option("--teacher", help="The teacher's name or seat, as in 'Seat 3'.")]
PolicyName = Annotated[
    str | None,
    typer.Option("--policy", help="full; class: its shares only; cues or eu-education: no moods."),
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document and nothing else.")]
Open = Annotated[bool, typer.Option("--open", help="Open the report in the browser.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress bar.")]
Every = Annotated[float, typer.Option("--every", help="Seconds of recording between two looks.")]
Force = Annotated[bool, typer.Option("--force", help="Read again from the start, replacing the old lesson.")]
LogFile = Annotated[
    Path | None, typer.Option("--log-file", metavar="FILE", help="Add what happens to a file, as JSON lines.")
]
Layout = Annotated[
    str, typer.Option("--layout", help="auto, single, ROWSxCOLUMNS such as 3x4, or a file of boxes.")
]
NoSlides = Annotated[bool, typer.Option("--no-slides", help="Keep no pictures of the shared screen.")]
Thumbnails = Annotated[
    bool, typer.Option("--thumbnails", help="Keep one small picture of each person's face, for the report.")
]
Exclude = Annotated[
    list[str] | None,
    typer.Option("--exclude", metavar="NAME", help="Never read this person; may be given several times."),
]
Names = Annotated[
    str, typer.Option("--names", help="real, or alias: pseudonyms stand in all that is written.")
]
Keep = Annotated[
    str | None,
    typer.Option("--keep", metavar="TIME", help="30d, 12w, 1y: then `meetbot purge` deletes the lesson."),
]
Encrypt = Annotated[
    bool,
    typer.Option("--encrypt", help="Encrypt the lesson file while it is written; asks for a passphrase."),
]
NAMES = "real"
Workers = Annotated[
    int | None, typer.Option("--workers", metavar="N", help="Read by N processes of this machine at a time.")
]
Cluster = Annotated[
    str | None,
    typer.Option(
        "--cluster", metavar="ADDRESS", help="Read by the workers of this Dask scheduler: tls://..."
    ),
]
WorkerMemory = Annotated[
    str | None,
    typer.Option("--worker-memory", metavar="SIZE", help="Most memory of each process: 2GiB without it."),
]
Lang = Annotated[
    str | None,
    typer.Option("--lang", help="Language of the page: en, de, es or hi; without it, this account's."),
]
LAYOUT = "auto"
EVERY = DEFAULT_EVERY
POLICY = None  # the pinned one, else `full`

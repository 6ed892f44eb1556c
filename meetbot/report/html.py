"""A page as one self-contained HTML file."""

import base64
import errno
import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from meetbot.errors import OutputError
from meetbot.report.page import Page
from meetbot.report.term.page import TermPage
from meetbot.resources import part_stem, resource

SCRIPT = ("open", "sums", "readout", "span", "film", "people", "tables", "close")  # joined in this order


def write_report(page: Page, target: Path) -> Path:
    """Write the report of a lesson."""
    return _write(render(page), target)


def write_term(page: TermPage, target: Path) -> Path:
    """Write the page over several lessons."""
    return _write(render_term(page), target)


def _write(text: str, target: Path) -> Path:
    """Write a page beside its target and rename it over, so that no half of it is ever seen."""
    content = text.encode("utf-8", "replace")  # a name may hold half a surrogate pair
    part: Path | None = None
    try:
        # The file is the owner's alone (mode 0600), as the lesson is: it carries the same names.
        with tempfile.NamedTemporaryFile(
            dir=target.parent, prefix=f".{part_stem(target.stem)}-", suffix=".part", delete=False
        ) as file:
            part = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    except OSError as error:
        if part:
            with suppress(OSError):
                part.unlink(missing_ok=True)
        way = "free some space or " if error.errno in (errno.ENOSPC, errno.EDQUOT) else ""
        raise OutputError(
            f"The report can't be written to {target} ({error.strerror or error}); "
            f"{way}choose another folder with --out."
        ) from error
    return target


def render(page: Page) -> str:
    """The report as HTML; style and script are allowed by their hashes, and nothing else is."""
    templates, environment = resource("templates"), _environment()
    style = (templates / "report" / "report.css").read_text("utf-8") + _running_lines(page)
    script = "".join((templates / "report" / f"{part}.js").read_text("utf-8") for part in SCRIPT)
    policy = (
        f"default-src 'none'; style-src '{checksum(style)}'; script-src '{checksum(script)}'; "
        "img-src data:; media-src blob:; base-uri 'none'; form-action 'none'"
    )
    template = environment.get_template("report.html.j2")
    return template.render(
        page=page,
        words=page.words,
        policy=policy,
        style=Markup(style),
        script=Markup(script),
        data=Markup(page.data),
    )


def _running_lines(page: Page) -> str:
    """The lesson, its date and the number at the foot of every printed page: sheets get apart."""
    lesson = _quoted(", ".join(part for part in (page.title[:80], page.when) if part))
    number = 'counter(page) " / " counter(pages)'
    face = "font: 8pt system-ui, sans-serif; color: #5d5a52"
    boxes = f"@bottom-left {{ content: {lesson}; {face} }} @bottom-right {{ content: {number}; {face} }}"
    return f"@page {{ {boxes} }}\n"


def _quoted(text: str) -> str:
    """A text as CSS writes it, with everything escaped that could end the string or the style."""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in " .,:-") else f"\\{ord(c):x} " for c in text)
    return f'"{plain}"'


def render_term(page: TermPage) -> str:
    """The page over several lessons as HTML; it has no script, so none is allowed."""
    templates = resource("templates")
    style = "".join((templates / name).read_text("utf-8") for name in ("report/report.css", "term/term.css"))
    allowed = f"default-src 'none'; style-src '{checksum(style)}'; img-src data:"
    policy = f"{allowed}; base-uri 'none'; form-action 'none'"
    template = _environment().get_template("term.html.j2")
    return template.render(page=page, words=page.words, policy=policy, style=Markup(style))


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(resource("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def checksum(text: str) -> str:
    """What a Content-Security-Policy names an inline style or script by."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()

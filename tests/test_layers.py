"""The layers of the design, enforced: an import points down, never up and never sideways."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).parent.parent / "meetbot"

# Who may import whom; a name stands for a module or a package directly under meetbot/.
PLAIN = {
    "carried", "clock", "picture", "types", "errors", "settings", "policy", "pins", "folders", "passphrase",
    "passes", "blas", "freed", "privacy", "resources", "roster", "seams", "summary", "language", "keeping",
}  # fmt: skip
MAY_IMPORT = {
    "carried": {"errors"},
    "clock": set[str](),
    "picture": set[str](),
    "types": {"picture", "settings"},
    "seams": {"types"},
    "errors": set[str](),
    "settings": set[str](),
    "keeping": {"errors"},
    "passphrase": {"errors"},
    "passes": {"folders", "settings"},
    "policy": {"errors"},
    "folders": set[str](),
    "blas": set[str](),
    "freed": {"settings"},
    "pins": {"errors", "policy", "folders", "keeping"},
    "resources": {"errors"},
    "roster": {"types", "errors", "settings", "resources"},
    "summary": set[str](),
    "privacy": {"errors", "passphrase", "roster", "keeping"},
    "language": {"errors"},
    "rooms": PLAIN,
    "sources": PLAIN | {"rooms"},
    "gallery": PLAIN,
    "faces": PLAIN,
    "timeline": PLAIN,
    "report": PLAIN,
    "web": PLAIN | {"faults"},
    "exclusion": PLAIN | {"gallery"},
    "division": PLAIN | {"exclusion", "sources", "gallery", "faces", "timeline"},
    "pseudonym": PLAIN | {"gallery"},
    "protect": PLAIN | {"pseudonym", "timeline"},
    "beginning": PLAIN | {"protect", "pseudonym", "conclude", "gallery", "timeline"},
    "purge": PLAIN | {"timeline"},
    "forgetting": PLAIN | {"conclude", "timeline"},
    "conclude": PLAIN | {"pseudonym", "gallery", "faces", "timeline", "report"},
    "narrowing": PLAIN | {"conclude", "timeline"},
    "term": PLAIN | {"timeline", "report"},
    "growing": PLAIN | {"sources", "timeline"},
    "networks": PLAIN | {"gallery", "faces"},
    "pipeline": PLAIN
    | {"beginning", "growing", "networks", "exclusion", "protect"}
    | {"conclude", "division", "sources", "gallery", "faces", "timeline"},
    "photo": PLAIN | {"sources", "faces"},
    "attend": PLAIN
    | {"networks", "protect", "conclude", "pipeline", "rooms", "sources", "gallery", "faces", "timeline"},
    "many": PLAIN
    | {"networks", "conclude", "growing", "pipeline", "sources", "gallery", "faces", "timeline"},
    "demo": PLAIN | {"web", "rooms", "conclude", "pipeline", "attend", "sources"},
    "doctor": PLAIN | {"faces", "gallery"},
    "support": PLAIN | {"doctor", "faults"},
    "log": {"errors", "policy", "seams", "types"},
    "faults": {"errors", "folders", "log"},
    "cli": PLAIN
    | {
        "conclude",
        "division",
        "web",
        "pipeline",
        "photo",
        "attend",
        "rooms",
        "timeline",
        "sources",
        "demo",
        "doctor",
        "many",
    }
    | {"term", "narrowing", "forgetting", "purge", "support", "log", "faults"},
}

# Libraries with one home each; everything else may not import them, not even inside a function.
HOMES = {
    "asyncio": ("rooms/", "sources/live.py", "web/"),
    "ai_edge_litert": ("faces/",),
    "onnxruntime": ("gallery/labels.py",),
    "sqlite3": ("timeline/schema.py", "timeline/trust.py"),
    "cryptography": ("timeline/seal.py",),
    "pandas": ("timeline/figures.py", "timeline/export.py"),
    "jinja2": ("report/html.py",),
    "typer": ("cli/",),
    "rich": ("cli/",),
    "av": ("sources/", "rooms/", "demo/"),
    "aiortc": ("rooms/",),
    "distributed": ("many/",),
    "dask": ("many/",),
    "aiohttp": ("rooms/", "web/"),
}


class Import(NamedTuple):
    """One import statement: where it stands and what it names."""

    file: str  # relative to the package
    line: int
    module: str


def imports_of(path: Path, package: Path = PACKAGE) -> Iterator[Import]:
    """Every import in a file, wherever it stands; under `if TYPE_CHECKING` too, since a reader follows it."""
    name = path.relative_to(package).as_posix()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (Import(name, node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno} imports relatively; write the whole name"
            base = node.module or ""
            yield from (
                Import(name, node.lineno, f"{base}.{alias.name}" if base == "meetbot" else base)
                for alias in node.names
            )


ALL = [found for path in sorted(PACKAGE.rglob("*.py")) for found in imports_of(path)]
INSIDE = [found for found in ALL if found.module.startswith("meetbot.")]


def layer_of(file: str) -> str:
    """The module or package directly under meetbot/ to which a file belongs."""
    return file.split("/")[0].removesuffix(".py")


def wrong_way(found: Import) -> bool:
    """Whether an import inside the package points up or sideways."""
    here, there = layer_of(found.file), found.module.split(".")[1]
    public = here in ("__init__", "__main__") or there == "__version__"
    return not public and here != there and there not in MAY_IMPORT[here]


def away_from_home(found: Import) -> bool:
    """Whether a library with a home of its own is imported elsewhere."""
    homes = HOMES.get(found.module.split(".")[0])
    return homes is not None and not found.file.startswith(homes)


def test_every_module_has_a_layer() -> None:
    layers = {layer_of(path.relative_to(PACKAGE).as_posix()) for path in PACKAGE.rglob("*.py")}
    assert layers - {"__init__", "__main__"} <= set(MAY_IMPORT)


def test_imports_point_down() -> None:
    wrong = [f"{found.file}:{found.line} imports {found.module}" for found in INSIDE if wrong_way(found)]
    assert wrong == []


def test_libraries_stay_in_their_homes() -> None:
    assert [found for found in ALL if away_from_home(found)] == []


def test_the_rules_catch_an_import_upwards_and_sideways() -> None:
    assert wrong_way(Import("timeline/lesson.py", 1, "meetbot.pipeline"))
    assert wrong_way(Import("faces/find.py", 1, "meetbot.gallery.split"))
    assert not wrong_way(Import("faces/find.py", 1, "meetbot.types"))
    assert away_from_home(Import("report/page.py", 1, "pandas"))
    assert not away_from_home(Import("timeline/figures.py", 1, "pandas"))

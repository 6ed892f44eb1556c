"""Nothing that a user hands in can bring code along: no way of reading data that could run it is used."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import meetbot

SOURCES = sorted(Path(meetbot.__file__).parent.rglob("*.py"))
MODULES = {
    "pickle",
    "cPickle",
    "_pickle",
    "dill",
    "cloudpickle",
    "joblib",
    "shelve",
    "marshal",
    "yaml",
    "torch",
}
CALLS = {"eval", "exec", "compile", "__import__", "read_pickle", "load_model", "import_module", "run_path"}
UNSAFE = {"allow_pickle": True, "shell": True}
OWN = {"compile": ("re",)}  # `re.compile` is another one
LOADS_LIBRARIES = {"load_extension", "enable_load_extension", "CDLL"}


def dangers(text: str) -> list[str]:
    """What in a source could turn data into code."""
    return [danger for node in ast.walk(ast.parse(text)) for danger in _dangers(node)]


def _dangers(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.Import(names=names):
            yield from (name.name for name in names if name.name.partition(".")[0] in MODULES)
        case ast.ImportFrom(module=str(module)) if module.partition(".")[0] in MODULES:
            yield module
        case ast.Call(func=ast.Name(id=name)) if name in CALLS:
            yield name
        case ast.Call(func=ast.Attribute(attr="CDLL"), args=[ast.Constant(value=None)]):
            pass  # what the process has loaded already
        case ast.Call(func=ast.Attribute(value=value, attr=name)) if name in CALLS | LOADS_LIBRARIES:
            if not (isinstance(value, ast.Name) and value.id in OWN.get(name, ())):
                yield name
        case ast.keyword(arg=str(name), value=value) if name in UNSAFE:
            if not (isinstance(value, ast.Constant) and value.value is False):
                yield name


@pytest.mark.parametrize(
    "text",
    [
        "import pickle", "from pickle import loads", "import torch.nn",
        "eval(x)", "exec(x)", "__import__(x)",
        "np.load(f, allow_pickle=True)", "np.load(f, allow_pickle=x)", "pd.read_pickle(f)",
        "keras.load_model(f)",
        "yaml.load(f)\nimport yaml", "subprocess.run(x, shell=True)", "builtins.compile(x)",
        "db.load_extension(x)", "ctypes.CDLL(x)",
    ],
)  # fmt: skip
def test_a_way_to_run_data_is_noticed(text: str) -> None:
    assert dangers(text)


def test_what_only_looks_like_one_is_let_be() -> None:
    harmless = "re.compile(x)", "np.load(f, allow_pickle=False)", "json.loads(x)", "ctypes.CDLL(None)"
    assert dangers("\n".join(harmless)) == []


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(SOURCES[0].parent)))
def test_no_source_turns_data_into_code(path: Path) -> None:
    assert dangers(path.read_text(encoding="utf-8")) == []


def test_models_come_with_the_package_alone() -> None:
    """Every model is named in the source: none is found by a path that a user gives."""
    loaders = {"InferenceSession", "Interpreter", "FaceDetectorYN", "readNet"}
    places = {path.name for path in SOURCES if any(name in path.read_text("utf-8") for name in loaders)}
    assert places == {"network.py", "detector.py", "labels.py"}

"""Weights that others publish inside a Python package, which is installed for them and never imported."""

import hashlib
from pathlib import Path
from typing import NamedTuple

from meetbot.errors import ModelError


class Carried(NamedTuple):
    """A file that a package carries, and what a user is told when it isn't there."""

    package: str
    name: str
    sha256: str  # of the file that meetbot was measured with
    without: str  # what can't be done without it
    get: str  # how the package is had
    again: str  # how it is had anew

    def path(self) -> Path:
        """Where the file stands in the installed package."""
        from importlib import metadata  # a tenth of what is imported before the first look, and seldom needed

        try:
            files = metadata.files(self.package) or []
        except metadata.PackageNotFoundError as error:
            raise ModelError(
                f"{self.without}: the package {self.package} that carries {self.name} is missing; {self.get}."
            ) from error
        for file in files:
            path = Path(str(file.locate()))
            if file.name == self.name and path.is_file():
                return path
        raise ModelError(
            f"{self.without}: {self.name} is missing from the package {self.package}; {self.again}."
        )

    def sure(self) -> Path:
        """Where it stands, after making sure that its bytes are the measured ones."""
        path = self.path()
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != self.sha256:
            raise ModelError(
                f"{self.without}: {path} is not the file that meetbot was measured with; {self.again}."
            )
        return path

"""In which language pages are written: the one that is asked for, else the reader's own, else English."""

import locale
import os

from meetbot.errors import UsageError

LANGUAGES = {"en": "English", "de": "Deutsch", "es": "Español", "hi": "हिन्दी"}
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")  # in the order in which programs heed them


def language_for(asked: str | None = None) -> str:
    """The tag of a language that there are words in; `asked` may be longer, as in de-AT or es_MX.UTF-8."""
    if asked is None:
        return _own() or "en"
    if (tag := _tag(asked)) in LANGUAGES:
        return tag
    known = ", ".join(f"{tag} ({name})" for tag, name in LANGUAGES.items())
    raise UsageError(f"There are no words in the language {asked!r}; pages are written in {known}.")


def _own() -> str | None:
    """The language of this account, where there are words in it."""
    told = next((value for name in _VARIABLES if (value := os.environ.get(name))), None)
    tag = _tag(told or locale.getlocale()[0] or "")
    return tag if tag in LANGUAGES else None


def _tag(told: str) -> str:
    # Windows writes a language out: "German_Germany".
    word = told.replace("-", "_").partition("_")[0].partition(".")[0].casefold()
    written_out = {"english": "en", "german": "de", "spanish": "es", "hindi": "hi"}
    return written_out.get(word, word)

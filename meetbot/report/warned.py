"""Sentences that other parts wrote into a lesson in English, said in the reader's language.

A lesson holds no language, so what was noted of it while it was read is found again by its shape.
"""

import re
from collections.abc import Mapping
from functools import cache
from string import Formatter

from meetbot.report.words import ENGLISH, Words

KEYS = tuple(key for key in ENGLISH.table if key.startswith("warned_"))
_LONGEST = 600  # letters: a longer one is none of ours, and takes long to compare
_SEAT = re.compile(r"\bSeat (\d+)\b")


def warned(text: str, words: Words) -> str:
    """A warning in the reader's language; one that no table knows stays as it was written."""
    for key in KEYS if len(text) <= _LONGEST else ():
        if found := _shape(key).fullmatch(text):
            return words.say(key, **_values(found.groupdict(), words))
    return text


@cache
def _shape(key: str) -> re.Pattern[str]:
    parts = [(re.escape(said), gap) for said, gap, _, _ in Formatter().parse(ENGLISH.table[key])]
    return re.compile("".join(said + (f"(?P<{gap}>.+?)" if gap else "") for said, gap in parts))


def _values(found: Mapping[str, str], words: Words) -> Mapping[str, str]:
    if "seats" not in found:
        return found
    return {**found, "seats": _SEAT.sub(lambda seat: words.say("seat", seat=seat[1]), found["seats"])}

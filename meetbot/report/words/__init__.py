"""Every word of the report in one table, so that another language is another table."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from meetbot.report.notation import (
    ENGLISH_NOTATION,
    GERMAN_NOTATION,
    HINDI_NOTATION,
    SPANISH_NOTATION,
    Notation,
)
from meetbot.report.words import english, german, hindi, spanish

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"


@dataclass(frozen=True, slots=True)
class Words:
    """One language: its tag for the page, its sentences with gaps to fill in, and how it writes numbers."""

    lang: str
    table: Mapping[str, str]
    numbers: Notation = ENGLISH_NOTATION
    turned: Mapping[str, str] = field(default_factory=dict)  # the table where moods are not read

    def under(self, moods: bool) -> "Words":
        """The words for a policy that lets moods be read, or for one that doesn't.

        Without moods nothing is called attention: that would name a state of mind.
        """
        return self if moods else replace(self, table=self.turned)

    def say(self, key: str, **values: object) -> str:
        """The sentence under a key with its gaps filled; what is filled in is never read as a pattern."""
        return self.template(key).format(**values)

    def template(self, key: str) -> str:
        """The sentence under a key with its gaps still open, for the page's script to fill."""
        return self.table[key].replace("'", APOSTROPHE)

    def count(self, key: str, n: int, **values: object) -> str:
        """The sentence for one or for many, chosen by `n`."""
        return self.say(f"{key}_{'one' if n == 1 else 'many'}", n=n, **values)

    def __getitem__(self, key: str) -> str:
        return self.say(key)


ENGLISH = Words("en", english.TABLE, turned=english.TURNED)
LANGUAGES = (
    ENGLISH,
    Words("de", german.TABLE, GERMAN_NOTATION, german.TURNED),
    Words("es", spanish.TABLE, SPANISH_NOTATION, spanish.TURNED),
    Words("hi", hindi.TABLE, HINDI_NOTATION, hindi.TURNED),
)


def words_of(lang: str) -> Words:
    """The words of a language by its tag ("en"); English where it is not among the tables."""
    return next((words for words in LANGUAGES if words.lang == lang), ENGLISH)

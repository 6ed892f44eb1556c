"""English, in one table a section; another language has the same keys and the same gaps."""

from meetbot.report.words.english import method, opening, people, term, timeline, turned, warned

TABLE = {**opening.WORDS, **timeline.WORDS, **people.WORDS, **method.WORDS, **term.WORDS, **warned.WORDS}
TURNED = {**TABLE, **turned.WORDS}  # where moods are not read

"""German, in one table a section: the same keys and the same gaps as English."""

from meetbot.report.words.german import method, opening, people, term, timeline, turned, warned

TABLE = {**opening.WORDS, **timeline.WORDS, **people.WORDS, **method.WORDS, **term.WORDS, **warned.WORDS}
TURNED = {**TABLE, **turned.WORDS}

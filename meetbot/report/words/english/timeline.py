"""The class over time, its tables, and the moods."""

WORDS = {
    # timeline
    "timeline": "The class over time",
    "timeline_note": "Three views of one lesson on one time axis. Hatched means not seen or not known; "
    "it never counts as low. A dashed line rests on less than a third of the class.",
    "readout": "Read out a minute",
    "readout_hint": "Point at a chart or move the slider: its figures stand here.",
    "attention": "Turned to the screen",
    "attention_note": "share of the faces whose direction could be told",
    "attention_desc": "A line from 0 to 100 percent over {length}. Over the whole lesson {share} of the "
    "faces were turned to the screen; the direction could be told in {known} of the lesson's minutes.",
    "moods": "Moods that faces showed",
    "moods_note": "shares of the faces seen, adding up to 100 %",
    "moods_desc": "Stacked shares of seven moods and unsure over {length}. Whole lesson: {list}.",
    "presence": "Faces seen",
    "presence_note": "share of the readings, of people in the lesson, that show a face",
    "presence_desc": "An area from 0 to 100 percent over {length}. Over the whole lesson: {share}.",
    "time": "Time",
    "table_of": "The same as a table, minute by minute",
    "person_table_of": "Minute by minute",
    "marks_note": "Numbers on the charts are the moments above.",
    # tables
    "coverage": "Coverage",
    "people_seen": "People seen",
    "mood_most": "Mood",
    # moods
    "angry": "angry",
    "disgust": "disgust",
    "fear": "fear",
    "happy": "happy",
    "sad": "sad",
    "surprise": "surprise",
    "neutral": "neutral",
    "unsure": "unsure",
    # the second cue beside a mood's colour: one sign each, none twice
    "letter_angry": "A",
    "letter_disgust": "D",
    "letter_fear": "F",
    "letter_happy": "H",
    "letter_sad": "S",
    "letter_surprise": "!",
    "letter_neutral": "N",
    "letter_unsure": "?",
}

"""What is said otherwise where no moods may be read: the measure by its name, which is no state of mind."""

WORDS = {
    "headline_nobody": "No student's face was seen, so nothing can be said about who faced the screen.",
    "headline_short": "The lesson is too short to tell how many faces were turned to the screen.",
    "headline_unknown": "The faces' direction could not be told often enough to describe it.",
    "headline_held_until": "The share of faces turned to the screen held until {time}, then fell "
    "from {before} to {after} until {until}.",
    "headline_held_end": "The share of faces turned to the screen held until {time}, then fell from "
    "{before} to {after} and stayed there.",
    "headline_held_back": "The share of faces turned to the screen held until {time}, fell from "
    "{before} to {after}, and was back at {back} from {until} on.",
    "headline_fell_until": "The share of faces turned to the screen fell from {before} to {after} "
    "at {time}, until {until}.",
    "headline_fell_end": "The share of faces turned to the screen fell from {before} to {after} at "
    "{time} and stayed there.",
    "headline_fell_back": "The share of faces turned to the screen fell from {before} to {after} at "
    "{time}, and was back at {back} from {until} on.",
    "headline_rose_until": "The share of faces turned to the screen rose from {before} to {after} "
    "at {time}, until {until}.",
    "headline_rose_end": "The share of faces turned to the screen rose from {before} to {after} at "
    "{time} and stayed there.",
    "rests_few": "This rests on {n} of {of} people: those whose direction could be told.",
    "curve": "Faces turned to the screen over the lesson, small; the same with its figures stands below.",
    "moments": "When the class changed",
    "moment_attention_down": "Faces turned to the screen fell from {before} to {after}",
    "moment_attention_up": "Faces turned to the screen rose from {before} to {after}",
    "concern_hardly_not": "May have sat beside the camera, or switched it off.",
    "seen_known": "Which way a face pointed could be told of {known}; what is said of it rests on "
    "these only.",
    "note_short": "direction: seen for less than {needs} minutes",
    "note_untold": "direction: the face pointed more than {off}° off the camera as a rule",
    "warned_short": "Who faced the screen can't be told: it needs {needs} minutes of each person, "
    "and the lesson has {length}.",
    "term_unknown": "The faces' direction could not be told often enough to describe it.",
    "term_none": "Over {n} lessons the share of faces turned to the screen shows no trend that "
    "stands out from chance; it was {share}.",
    "term_rose": "Over {n} lessons the share of faces turned to the screen rose, from {first} in "
    "the first third to {last} in the last.",
    "term_fell": "Over {n} lessons the share of faces turned to the screen fell, from {first} in "
    "the first third to {last} in the last.",
    "term_how_people": "People are joined over lessons by their name alone: two of one name become "
    "one line, and whoever changed the name has two. How much anybody faced the screen is not added "
    "up.",
}

"""What other parts say of a lesson: sentences as they write them, to be found again by their shape."""

WORDS = {
    "warned_until": "Read until {read} of {length}; the rest is missing.",
    "warned_short": "Attention can't be told: it needs {needs} minutes of each person, and the lesson has "
    "{length}.",
    "warned_moods": "Moods were not read, so there is no engagement index (policy {policy}).",
    "warned_unmatched_one": "1 name of the class list could not be matched to a seat; write each person's "
    "seat, as in Seat 3, into its column 'alias'.",
    "warned_unmatched_many": "{n} names of the class list could not be matched to a seat; write each "
    "person's seat, as in Seat 3, into its column 'alias'.",
    "warned_another_class": "Nobody who was seen is on the class list; see whether it is the list of this "
    "class.",
    "warned_faceless": "No face was seen in the picture of {size}: cameras may be off, the picture black, or "
    "faces lower than {least} pixels; `meetbot tiles` with --png shows how it was divided.",
    "warned_speech": "Who speaks can't be told: nothing in this lesson shows it, so there are no speaking "
    "times.",
    "warned_fewer": "Minutes in which fewer than {least} people were there from beginning to end show "
    "nothing.",
    "warned_teacher": "The teacher counts as one of the class: under this policy they can be left out only "
    "while the lesson is read, by --teacher, by a class list, or by the room.",
    "warned_unnamed": "Somebody was left out by name, so tiles whose names can't be read, or are not on the "
    "class list where there is one, are not analysed either: it can't be told whose they are.",
    "warned_not_found": "No tile carried the name of {name}, who was to be left out; tiles whose names "
    "could not be read were not analysed.",
    "warned_apart": "{seats}: may have been here under another seat before; it could not be told, so they "
    "are kept apart.",
    "warned_names": "Seats are numbered because names are not read here; to read them: pip install "
    '"meetbot[names]"',
    "warned_videos": "{file} has several videos; the largest was read, {others} left out.",
    "warned_clock_back": "The recording's clock jumps back by {seconds} s; time was counted on without the "
    "jump.",
    "warned_clock_ahead": "The recording's clock jumps ahead by {seconds} s; time was counted on without "
    "the jump.",
    "warned_cut_one": "1 damaged packet was skipped, the last at the very end: the file is probably cut off.",
    "warned_cut_many": "{n} damaged packets were skipped, the last at the very end: the file is probably "
    "cut off.",
    "warned_packet_one": "1 damaged packet was skipped.",
    "warned_packet_many": "{n} damaged packets were skipped.",
    "warned_end": "{file} ends at {read} instead of {length}: the rest of it is missing.",
    "warned_over": "The class ended for the bot: {why}.",
}

"""Every word of the report in one table, so that another language is another table."""

from collections.abc import Mapping
from dataclasses import dataclass

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"


@dataclass(frozen=True, slots=True)
class Words:
    """One language: its tag for the page, and its sentences with gaps to fill in."""

    lang: str
    table: Mapping[str, str]

    def say(self, key: str, **values: object) -> str:
        """The sentence under a key with its gaps filled; what is filled in is never read as a pattern."""
        return self.table[key].replace("'", APOSTROPHE).format(**values)

    def count(self, key: str, n: int, **values: object) -> str:
        """The sentence for one or for many, chosen by `n`."""
        return self.say(f"{key}_{'one' if n == 1 else 'many'}", n=n, **values)

    def __getitem__(self, key: str) -> str:
        return self.say(key)


ENGLISH = Words(
    "en",
    {
        # first screen
        "brand": "meetbot report",
        "caveat": "This page says what faces showed, not what students felt or learned.",
        "skip": "Skip to the report",
        "contents": "Contents",
        "headline_nothing": "Nothing was read from this lesson.",
        "headline_nobody": "No student's face was seen, so nothing can be said about attention or mood.",
        "headline_few": "Only {seen} of {n} people were seen: too few to describe the class.",
        "headline_short": "The lesson is too short to tell how attention went.",
        "headline_unknown": "The faces' direction could not be told often enough to describe attention.",
        "headline_untested_short": "The lesson is too short to look for changes of attention.",
        "headline_untested_few": "Fewer than {least} people were seen: too few to look for changes.",
        "headline_fell": "Attention fell by {points} points at {time}.",
        "headline_rose": "Attention rose by {points} points at {time}.",
        "headline_held": "Attention held until {time}, then fell by {points} points.",
        "headline_steady": "No change of attention stood out from chance.",
        "headline_part": "{rest} Reading stopped at {read}.",
        "seen_one": "One person was seen, with the face in view {coverage} of the time; whoever never showed "
        "a face is not counted.",
        "seen_many": "{seen} of {n} people were seen; on average a face was in view {coverage} of the time.",
        "all_many": "{n} people were seen, with a face in view {coverage} of the time on average; whoever "
        "never showed a face is not counted.",
        "facing": "Where their direction could be told, about {tenths} in 10 faces were turned to the screen "
        "({share}).",
        "facing_extreme": "Where their direction could be told, {share} of the faces were turned to the "
        "screen.",
        "mood_two": "The mood read most often was {first} ({first_share}), then {second} ({second_share}); "
        "{unsure} is unsure.",
        "mood_one": "The only mood read was {first} ({first_share}); {unsure} is unsure.",
        "moods_unread": "Moods were not read in this lesson.",
        "mood_none": "No mood could be told with enough certainty.",
        "moments": "Moments",
        "moments_none": "No change was large and lasting enough to pass the test against chance.",
        "moments_nobody": "Without a face there is nothing that could change.",
        "moments_untested_short": "Changes are looked for in lessons from {needs} minutes on.",
        "moments_untested_few": "Changes are looked for where at least {least} people were seen.",
        "moments_more_one": "One smaller change is marked in the timeline.",
        "moments_more_many": "{n} smaller changes are marked in the timeline.",
        "moment_attention_down": "Attention fell by {points} points",
        "moment_attention_up": "Attention rose by {points} points",
        "moment_mood_down": "The mood part of the index fell by {points} points",
        "moment_mood_up": "The mood part of the index rose by {points} points",
        "moment_rests_one": "rests on 1 person",
        "moment_rests_many": "rests on {n} people",
        "not_there": "Not there",
        "not_there_note": "on the class list, and in no tile",
        "not_analysed": "Not analysed",
        "not_analysed_note": "analysis switched off, or left out by name: nothing can be said of them",
        "never_seen": "There, but never seen",
        "never_seen_note": "no face in any reading: nothing can be said of them",
        "warnings": "Before you read on",
        "warning_interrupted": "Reading this lesson was interrupted: every figure ends where reading did.",
        "warning_running": "This lesson is still being read, or reading was interrupted: "
        "every figure ends where reading stands.",
        "teacher_unknown": "It is not known which tile is the teacher's, so the teacher counts as one of the "
        "class.",
        "teacher_spoke": "{name} spoke most, for {minutes}: this may be the teacher.",
        "teacher_presented": "The shared screen was {name}'s: this may be the teacher.",
        "teacher_again": "To leave the teacher out, name the seat and write the report again:",
        "teacher_command": 'meetbot report LESSON --teacher "Seat {seat}"',
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
        # people
        "people": "People",
        "people_note": "In the order of the class list or the seats, not of any figure. The line is the "
        "share of time turned to the screen; hatched is not seen or not known. Select a name for more.",
        "people_note_moods": "The band below it is the mood shown, thin where it is unsure.",
        "people_none": "Nobody of the class has a seat in this lesson.",
        "find_name": "Find a name",
        "strip_desc": "{share} of the time turned to the screen, seen in {coverage} of the readings. "
        "Moods: {list}.",
        "seen": "seen",
        "turned_short": "turned",
        "index": "Index",
        "person_presence": "Present",
        "person_presence_value": "{minutes}, of which {seen} in view, from {first} to {last}",
        "person_coverage": "Seen",
        "person_coverage_value": "{share} of the readings due show the face",
        "person_companions_one": "; for {minutes} another face was beside it, counted and never read",
        "person_companions_many": "; for {minutes} up to {n} other faces were beside it, counted and "
        "never read",
        "person_speech": "Spoke",
        "person_speech_unknown": "can't be told: the lesson does not show who speaks",
        "person_attention": "Turned to the screen",
        "person_attention_value": "{share}; direction known for {known} of the faces",
        "person_moods": "Moods shown",
        "person_index": "Engagement index",
        "person_index_value": "{value} of 100, from the {coverage} that were seen",
        "person_moments": "Part of moment",
        "person_notes": "Not measured",
        "cannot_tell": "can't be told",
        "not_read": "not read",
        "not_computed": "not computed",
        "never": "never seen",
        "seat": "Seat {seat}",
        # tables
        "coverage": "Coverage",
        "people_seen": "People seen",
        "mood_most": "Mood",
        # attendance
        "attendance": "Attendance",
        "attendance_note": "Present is the minutes until the last face, seen those of them with a face "
        "in view; first and last are times of the lesson.",
        "name": "Name",
        "first_seen": "First",
        "last_seen": "Last",
        "minutes_present": "Present",
        "minutes_seen": "Seen",
        "remark": "Remark",
        "role_student": "",
        "role_teacher": "teacher",
        "role_bot": "bot",
        "absent": "absent",
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
        # method
        "method": "Method and limits",
        "how_presence": "One picture is read every {every} s of the lesson. Somebody is present in a reading "
        "when their face is found in it, and the share is taken of the readings due while they were in the "
        "lesson. A camera that is off, a face turned right away and an empty chair look the same.",
        "how_attention": "A face counts as turned to the screen when it points within {yaw}° sideways and "
        "{pitch}° up or down of that person's own usual direction. This takes {needs} minutes of seen faces, "
        "and a usual direction more than {off}° off the camera is not trusted; until then the direction is "
        "unknown, not low. It says where the head points, not what the mind does: somebody taking notes by "
        "hand looks away.",
        "how_moods": "A network names the expression of each face: one of seven, or unsure when its "
        "certainty is below {unsure}. Expressions are smoothed over {window} s to either side, so that one "
        "wrong frame makes no mood. An expression is not a feeling.",
        "how_coverage": "Of the readings due, the share in which a face was found. All other shares are "
        "taken of what was seen; what was not seen is in none of them.",
        "followed": "How the class was followed",
        "how_followed": "Of {due} readings that were due while a camera was on, {made} were made: half of "
        "them within {median} s of the picture's coming, 95 in 100 within {most} s.",
        "how_moments": "A moment is a change of the whole class that a block permutation test finds unlikely "
        "to be chance, given how much neighbouring seconds resemble each other. The level must hold for "
        "{margin} minutes before and after and change by at least {least} points, and the change must rest "
        "on {people} people. The test is set so that a lesson without any change reports one {level} of the "
        "time.",
        "measured": "What is measured",
        "formula": "The engagement index",
        "index_here": "In this lesson the class comes to {value} of 100, from the {coverage} of the readings "
        "that show a face.",
        "index_none": "In this lesson too little was seen to compute it.",
        "index_unread": "By the policy {policy} no moods were read in this lesson, so no index was computed.",
        "model": "How often the model is right",
        "model_from": "Model {name}, trained on {trained_on}. Measured on faces that it never saw in "
        "training. Small, dark and turned faces are read worse than these figures say.",
        "model_unused": "By the policy {policy} no emotion model was loaded for this lesson.",
        "model_unknown": "No card of the model that read this lesson was found, so how often its moods are "
        "right is not known here.",
        "score_accuracy": "Right, of all faces",
        "score_balanced_accuracy": "Right, mean over the moods",
        "score_macro_f1": "F1, mean over the moods",
        "score_weighted_f1": "F1, weighted by how often a mood occurs",
        "score_ece": "Calibration error (0 is perfect)",
        "score_n": "Faces measured on",
        "score_public_test_accuracy": "Accuracy on FER-2013's PublicTest, by the output that is "
        "trained on its labels",
        "score_public_test_ferplus_accuracy": "Agreement with the majority of FER+ voters on PublicTest, by "
        "the output that is shown",
        "not_for": "What this must not be used for",
        "not_for_1": "Grading, discipline, admission, hiring or any other decision about a person.",
        "not_for_2": "Judging a teacher's work.",
        "not_for_3": "Concluding what anyone felt, thought, understood or is like.",
        "not_for_4": "Comparing people: cameras, light, glasses, skin, habits and disabilities change what a "
        "model sees of them.",
        "law": "In the European Union, inferring the emotions of students in education is prohibited (AI "
        "Act, Regulation (EU) 2024/1689, Article 5(1)(f)), save for medical or safety reasons. Elsewhere the "
        "law on biometric data and on pupils' records may ask for notice or consent. Where moods may not be "
        "inferred, use the policy eu-education, which computes none. This is not legal advice.",
        "provenance": "Where this page comes from",
        "item_version": "meetbot",
        "item_model": "Model",
        "item_model_sha256": "Model, SHA-256",
        "item_detector_sha256": "Face finder, SHA-256",
        "item_settings": "Settings",
        "item_content_hash": "Content of the recording",
        "item_policy": "Policy in force",
        "item_source": "Recording",
        "item_every": "Seconds between readings",
        "item": "Item",
        "value": "Value",
    },
)

"""The page over several lessons."""

WORDS = {
    "term_brand": "meetbot term",
    "term_skip": "Skip to the overview",
    "term_title": "Lessons of a term",
    "term_span": "{first} to {last}",
    "term_nobody": "No student's face was seen in these lessons, so nothing can be said of them.",
    "term_unknown": "The faces' direction could not be told often enough to describe attention.",
    "term_few_one": "In this one lesson {share} of the faces were turned to the screen.",
    "term_few_many": "In these {n} lessons {share} of the faces were turned to the screen.",
    "term_few_note": "A trend is looked for from {least} lessons on.",
    "term_none": "Over {n} lessons attention shows no trend that stands out from chance; {share} of the "
    "faces were turned to the screen.",
    "term_rose": "Over {n} lessons attention rose, from {first} in the first third to {last} in the last.",
    "term_fell": "Over {n} lessons attention fell, from {first} in the first third to {last} in the last.",
    "term_much_one": "One lesson of {hours} hours; a face was in view {coverage} of the time on average.",
    "term_much_many": "{n} lessons, {hours} hours in all; on average a face was in view {coverage} of the "
    "time.",
    "term_moods": "Moods that faces showed: {list}.",
    "term_dateless_one": "One lesson carries no date: it counts in the whole, and stands in no week.",
    "term_dateless_many": "{n} lessons carry no date: they count in the whole, and stand in no week.",
    "term_left_out": "Left out",
    "term_weeks": "Week by week",
    "term_weeks_note": "Each week joins all faces of its lessons, so long lessons and large classes weigh "
    "more. Hatched means no lesson, or nothing known; it never counts as low.",
    "term_attention_desc": "A line from 0 to 100 percent, one point a week. Over all lessons: {share}.",
    "term_moods_desc": "Stacked shares of the moods, one column a week. Over all lessons: {list}.",
    "term_coverage_desc": "An area from 0 to 100 percent, one point a week. Over all lessons: {share}.",
    "term_coverage_note": "share of the readings due that show a face",
    "term_week": "Week of",
    "term_lessons": "Lessons",
    "term_table_of": "The same as a table, week by week",
    "term_no_weeks": "No lesson carries a date, so there are no weeks to show.",
    "term_timetable": "By weekday and hour",
    "term_timetable_note": "Share of the faces turned to the screen, by when a lesson began. One lesson "
    "says little about its hour; what was taught then is not in these figures.",
    "term_shades": "The darker a cell, the larger the share: below 50 %, from 50, 60, 70 and 80 % on.",
    "term_hour": "Begins",
    "lessons_one": "1 lesson",
    "lessons_many": "{n} lessons",
    "weekday_0": "Monday",
    "weekday_1": "Tuesday",
    "weekday_2": "Wednesday",
    "weekday_3": "Thursday",
    "weekday_4": "Friday",
    "weekday_5": "Saturday",
    "weekday_6": "Sunday",
    "day_of": "{day} {month}",
    "month_1": "Jan",
    "month_2": "Feb",
    "month_3": "Mar",
    "month_4": "Apr",
    "month_5": "May",
    "month_6": "Jun",
    "month_7": "Jul",
    "month_8": "Aug",
    "month_9": "Sep",
    "month_10": "Oct",
    "month_11": "Nov",
    "month_12": "Dec",
    "term_lesson": "Lesson",
    "term_date": "Date",
    "term_length": "Length",
    "term_undated": "no date",
    "term_seen_of": "{seen} of {n}",
    "term_people": "People",
    "term_people_note": "In the order of their names, and not of any figure. A bar is a lesson, as high as "
    "the share of it in which the face was seen; hatched is a lesson that they were not in. A low bar says "
    "that the camera saw little, and not that somebody did little.",
    "term_people_none": "No seat of these lessons has a name, so nobody can be followed from one to the "
    "next.",
    "term_unnamed_one": "One seat has no name: it counts for the class, and is not joined with any other.",
    "term_unnamed_many": "{n} seats have no name: they count for the class, and are not joined with any "
    "other.",
    "term_there": "Lessons",
    "term_there_of": "{seen} of {n}",
    "term_strip": "Seen, lesson by lesson",
    "term_strip_desc": "In {there} lessons; seen in {coverage} of the readings on average.",
    "term_people_table": "The same as a table, lesson by lesson",
    "term_trend": "Trend",
    "term_method": "Method and limits",
    "term_how_weeks": "A share of a week or of the whole is taken of all faces of its lessons together. "
    "What is measured in a lesson, and how well, stands in that lesson's own report.",
    "term_how_trend": "It is looked for from {least} lessons on: a permutation test asks how often lessons "
    "in a random order go up or down as much as these. It is reported where that is less than {level} and "
    "the last third of the lessons differs from the first by {points} points or more. A trend has many "
    "causes: other subjects, other cameras, other people.",
    "term_how_timetable": "A lesson belongs to the weekday and hour in which it began, by the clock of the "
    "computer that wrote this page.",
    "term_how_people": "People are joined over lessons by their name alone: two of one name become one "
    "line, and whoever changed the name has two. How people attended or felt is not added up for anybody.",
}

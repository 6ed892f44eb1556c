"""How each figure is made, and what it must not be used for."""

WORDS = {
    "method": "Method and limits",
    "how_presence": "One picture is read every {every} s of the lesson. Somebody is seen in a reading "
    "when their face is found in it, and the share is taken of the readings made while they were there. "
    "A camera that is off, a face turned right away and an empty chair look the same.",
    "how_attention": "A face counts as turned to the screen when it points within {yaw}° sideways and "
    "{pitch}° up or down of that person's own usual direction. This takes {needs} minutes of seen faces, "
    "and a usual direction more than {off}° off the camera is not trusted; until then the direction is "
    "unknown, not low. It says where the head points, not what the mind does: somebody taking notes by "
    "hand looks away.",
    "how_attention_class": "A face counts as turned to the screen when it points within {class_yaw}° "
    "sideways and {class_pitch}° up or down of the camera: nobody's own usual direction was kept, so a "
    "screen beside the camera counts less than it should.",
    "class": "The class as a whole",
    "how_class": "By the policy class only this was kept: for each minute, shares over those who were there "
    "from its beginning to its end, each of them counting alike; nothing for fewer than {class_least} of "
    "them. Shares are rounded to 5 points, to 10 under 20 people and to 20 under 10. A mood that less than "
    "two people's worth of the minute showed counts as unsure, and no share of a mood or of faces turned to "
    "the screen says it of everybody.",
    "how_moods": "A network names the expression of each face: one of seven, or unsure when its "
    "certainty is below {unsure}. Expressions are smoothed over {window} s to either side, so that one "
    "wrong frame makes no mood. An expression is not a feeling.",
    "how_coverage": "Of the readings due over the whole lesson, the share in which a face was found: "
    "unlike the share seen, coming late lowers it. All other shares are taken of what was seen; what was "
    "not seen is in none of them.",
    "here_presence": "Here: {faces} faces / {readings} readings = {share}.",
    "here_attention": "Here: {turned} turned / {known} with a known direction = {share}.",
    "here_moods": "Here: {unsure} unsure / {faces} faces = {share} unsure.",
    "here_coverage": "Here: {faces} faces / {due} readings due = {share}.",
    "here_moments": "Here chance alone would do as much about {list} times.",
    "one_in": "1 in {n}",
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
    "formula_index": "index = 100 x ({attention} x attention + {mood} x mood), per person and minute",
    "formula_mood": "mood = sum of weight x share over the sure moods / {full}, with the weights {weights} "
    "(Sharma et al. 2019, never validated against learning)",
    "formula_means": "Attention is the share of the faces turned to the screen, of those whose direction "
    "can be told. "
    "Where either is unknown there is no index. A minute counts in a mean by the number of faces seen in it, "
    "so time in which somebody was not seen weighs nothing.",
    "index_here": "In this lesson the class comes to {value} of 100, from the {coverage} of the readings "
    "that show a face.",
    "index_none": "In this lesson too little was seen to compute it.",
    "index_unread": "By the policy {policy} no moods were read in this lesson, so no index was computed.",
    "index_class": "By the policy {policy} nothing of single people was kept, so no index was computed.",
    "model": "How often the model is right",
    "model_from": "Model {name}, trained on {trained_on}. Measured on faces that it never saw in "
    "training. Small, dark and turned faces are read worse than these figures say.",
    "model_unused": "By the policy {policy} no emotion model was loaded for this lesson.",
    "model_unknown": "Nothing is known here of the model that read this lesson, so how often its moods "
    "are right is not known either.",
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
    "calibration": "Certainty is calibrated on the same faces: among faces called with a certainty of 80 %, "
    "about "
    "80 % should be called right, and the calibration error says how far that is off on average.",
    "coverage_by": "Coverage by person",
    "coverage_by_note": "What each person's figures rest on; in the order of the class.",
    "direction_known": "Direction known",
    "policy": "Policy, and what was not computed",
    "policy_now": "The policy in force was {policy}.",
    "policy_all": "Under it everything on this page is computed.",
    "policy_no_moods": "Under it no moods are read: the emotion model was never loaded, and there is no "
    "index.",
    "policy_no_people": "Under it nothing is kept of single people, so there are no names, strips or "
    "attendance.",
    "policy_never": "Under any policy no picture of a face and nothing that faces could be recognised by is "
    "kept, "
    "no identity is guessed from a face, and what a second face beside somebody shows is not read.",
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
    "law_pin": 'Whoever looks after a machine forbids it to read moods by the line policy = "cues" in '
    "/etc/meetbot.toml, on Windows in meetbot\\meetbot.toml under %PROGRAMDATA%.",
    "provenance": "Where this page comes from",
    "item_version": "meetbot",
    "item_model": "Model",
    "item_model_sha256": "Model, SHA-256",
    "item_detector_sha256": "Face finder, SHA-256",
    "item_points_sha256": "Points of faces, SHA-256",
    "item_settings": "Settings",
    "item_content_hash": "Content of the recording",
    "item_policy": "Policy in force",
    "item_not_computed": "Not computed or kept",
    "item_narrowed_from": "Read under the policy, and narrowed since",
    "item_source": "Recording",
    "item_consent": "Record of consent, newest hash",
    "item_every": "Seconds between readings",
    "item": "Item",
    "value": "Value",
}

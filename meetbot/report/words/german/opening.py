"""The first screen."""

WORDS = {
    "brand": "meetbot-Bericht",
    "caveat": "Diese Seite sagt, was Gesichter gezeigt haben, nicht, was Lernende gefühlt oder gelernt "
    "haben.",
    "skip": "Zum Bericht springen",
    "contents": "Inhalt",
    "headline_nothing": "Aus dieser Stunde wurde nichts ausgelesen.",
    "headline_nobody": "Es war kein Gesicht einer lernenden Person zu sehen; über Aufmerksamkeit und "
    "Stimmung lässt sich nichts sagen.",
    "headline_few": "Nur {seen} von {n} Personen waren zu sehen: zu wenige, um die Klasse zu beschreiben.",
    "headline_short": "Die Stunde ist zu kurz, um etwas über den Verlauf der Aufmerksamkeit zu sagen.",
    "headline_unknown": "Die Blickrichtung war zu selten zu erkennen, um die Aufmerksamkeit zu beschreiben.",
    "headline_untested_short": "{share} der Gesichter waren dem Bildschirm zugewandt; die Stunde ist zu "
    "kurz, um nach Veränderungen zu suchen.",
    "headline_untested_few": "{share} der Gesichter waren dem Bildschirm zugewandt; bei weniger als {least} "
    "Personen wird nicht nach Veränderungen gesucht.",
    "headline_untested_class": "{share} der Gesichter waren dem Bildschirm zugewandt; auf Veränderungen "
    "wurde nicht geprüft.",
    "headline_steady": "{share} der Gesichter waren dem Bildschirm zugewandt; keine Veränderung hob sich "
    "vom Zufall ab.",
    "headline_held_until": "Die Aufmerksamkeit hielt bis {time} und sank dann von {before} auf {after}, bis "
    "{until}.",
    "headline_held_end": "Die Aufmerksamkeit hielt bis {time}, sank dann von {before} auf {after} und blieb "
    "dort.",
    "headline_held_back": "Die Aufmerksamkeit hielt bis {time}, sank von {before} auf {after} und lag ab "
    "{until} wieder bei {back}.",
    "headline_fell_until": "Die Aufmerksamkeit sank um {time} von {before} auf {after}, bis {until}.",
    "headline_fell_end": "Die Aufmerksamkeit sank um {time} von {before} auf {after} und blieb dort.",
    "headline_fell_back": "Die Aufmerksamkeit sank um {time} von {before} auf {after} und lag ab {until} "
    "wieder bei {back}.",
    "headline_rose_until": "Die Aufmerksamkeit stieg um {time} von {before} auf {after}, bis {until}.",
    "headline_rose_end": "Die Aufmerksamkeit stieg um {time} von {before} auf {after} und blieb dort.",
    "headline_part": "{rest} Das Auslesen endete bei {read}.",
    "count_list": "{n} auf der Klassenliste: {parts}.",
    "count_there": "{n} Personen: {parts}.",
    "count_seen": "{n} zu sehen",
    "count_off": "{n} mit ausgeschalteter Kamera",
    "count_unseen": "{n} da, aber ohne Gesicht im Bild",
    "count_unread": "{n} nicht ausgewertet",
    "count_absent": "{n} nicht da",
    "all_one": "Eine Person war zu sehen.",
    "all_many": "{n} Personen waren zu sehen.",
    "seen_time": "Solange sie da waren, war ihr Gesicht {presence} der Zeit im Bild.",
    "rests_few": "Die Aufmerksamkeit beruht auf {n} von {of} Personen: denen, deren Blickrichtung zu "
    "erkennen war.",
    "class_one": "Dies ist die Klasse als Ganzes, Minute für Minute; über einzelne Personen wurde nichts "
    "aufbewahrt.",
    "class_many": "Dies ist die Klasse als Ganzes, mindestens {seen} Personen zugleich (in Fünfern "
    "gezählt, abgerundet): Anteile je Minute über alle, die die ganze Minute da waren, "
    "so gerundet, dass niemand heraussticht; über einzelne "
    "Personen wurde nichts aufbewahrt.",
    "facing": "Über die ganze Stunde waren etwa {tenths} von 10 Gesichtern dem Bildschirm zugewandt "
    "({share}).",
    "facing_extreme": "Über die ganze Stunde waren {share} der Gesichter dem Bildschirm zugewandt.",
    "mood_two": "Am häufigsten wurde als Ausdruck gelesen: {first} ({first_share}), danach {second} "
    "({second_share}).",
    "mood_one": "Als Ausdruck wurde nur gelesen: {first} ({first_share}).",
    "mood_right": "Wie oft das in dieser Klasse stimmt, ist nicht bekannt; in einem öffentlichen Test "
    "stimmte das Modell bei {share} der Gesichter mit Menschen überein.",
    "mood_unknown": "Wie oft das in dieser Klasse stimmt, ist nicht bekannt.",
    "law_short": "In der Europäischen Union ist es verboten, auf Emotionen von Lernenden zu schließen:",
    "moods_unread": "Stimmungen wurden in dieser Stunde nicht ausgelesen.",
    "mood_none": "Keine Stimmung war sicher genug zu erkennen.",
    "curve": "Die Aufmerksamkeit über die Stunde im Kleinen; weiter unten steht sie mit allen Zahlen.",
    "curve_note": "Dem Bildschirm zugewandt, gemessen an der eigenen üblichen Haltung jeder Person; "
    "schraffiert heißt unbekannt.",
    "curve_note_class": "Der Kamera zugewandt, die für den Bildschirm steht; schraffiert heißt unbekannt.",
    "moments": "Wann sich Aufmerksamkeit oder Stimmung änderten",
    "moments_none": "Keine Veränderung war groß und lang genug, um sich vom Zufall abzuheben.",
    "moments_nobody": "Ohne ein Gesicht gibt es nichts, was sich ändern könnte.",
    "moments_untested_short": "Nach Veränderungen wird in Stunden ab {needs} Minuten gesucht.",
    "moments_untested_few": "Nach Veränderungen wird gesucht, wenn mindestens {least} Personen zu sehen "
    "waren.",
    "moments_untested_class": "Veränderungen werden an einzelnen Personen geprüft; von ihnen wurde nichts "
    "aufbewahrt.",
    "moments_more_one": "Eine kleinere Veränderung ist im Zeitverlauf markiert.",
    "moments_more_many": "{n} kleinere Veränderungen sind im Zeitverlauf markiert.",
    "moment_attention_down": "Aufmerksamkeit sank von {before} auf {after}",
    "moment_attention_up": "Aufmerksamkeit stieg von {before} auf {after}",
    "moment_mood_down": "Stimmungsanteil des Index sank von {before} auf {after}",
    "moment_mood_up": "Stimmungsanteil des Index stieg von {before} auf {after}",
    "moment_presence_down": "Gesichter im Bild sanken von {before} auf {after}",
    "moment_presence_up": "Gesichter im Bild stiegen von {before} auf {after}",
    "more_of": "{mood} häufiger",
    "less_of": "{mood} seltener",
    "until": "bis {t}",
    "until_end": "bis zum Ende",
    "rests_attention_down_one": "1 von {of} mit erkennbarer Blickrichtung war stärker abgewandt",
    "rests_attention_down_many": "{n} von {of} mit erkennbarer Blickrichtung waren stärker abgewandt",
    "rests_attention_up_one": "1 von {of} mit erkennbarer Blickrichtung war dem Bildschirm stärker zugewandt",
    "rests_attention_up_many": "{n} von {of} mit erkennbarer Blickrichtung waren dem Bildschirm stärker "
    "zugewandt",
    "rests_mood_down_one": "zu sehen bei 1 von {of} Personen",
    "rests_mood_down_many": "zu sehen bei {n} von {of} Personen",
    "rests_mood_up_one": "zu sehen bei 1 von {of} Personen",
    "rests_mood_up_many": "zu sehen bei {n} von {of} Personen",
    "rests_presence_down_one": "1 von {of} verschwand aus dem Bild",
    "rests_presence_down_many": "{n} von {of} verschwanden aus dem Bild",
    "rests_presence_up_one": "1 von {of} kam ins Bild",
    "rests_presence_up_many": "{n} von {of} kamen ins Bild",
    "chance_hardly": "; sehr unwahrscheinlich durch Zufall (etwa 1 zu {n})",
    "chance_little": "; unwahrscheinlich durch Zufall (etwa 1 zu {n})",
    "slide_then": "Der geteilte Bildschirm um {t}",
    "strongest": "Stärkste fünf Minuten: {start} bis {end}, {share} dem Bildschirm zugewandt.",
    "weakest": "Schwächste fünf Minuten: {start} bis {end}, {share}.",
    "extremes_chance": "Der Unterschied kann Zufall sein: Keine Veränderung bestand den Test.",
    "concerns": "Mit wem ein Gespräch sinnvoll sein kann",
    "concerns_note": "Was die Kamera zeigte, in der Reihenfolge der Klasse. Nichts davon sagt, warum.",
    "concern_none": "Niemand fällt auf: Keine Kamera war aus, niemand war kaum zu sehen oder meist "
    "abgewandt.",
    "concern_none_class": "In dieser Stunde wurde nichts über einzelne Personen aufbewahrt; daher kann "
    "niemand genannt werden.",
    "concern_none_nobody": "In dieser Stunde hat niemand einen Platz.",
    "concern_off": "Kamera aus",
    "concern_off_not": "Die ganze Stunde kein Gesicht. Wer ohne Kamera zuhört, sieht genauso aus wie "
    "jemand, der gegangen ist.",
    "concern_unseen": "Kamera an, kein Gesicht",
    "concern_unseen_not": "In keinem Bild wurde ein Gesicht gefunden: nicht im Bild, zu dunkel oder zu "
    "klein.",
    "concern_hardly": "Weniger als die Hälfte der Zeit zu sehen",
    "concern_hardly_not": "Saß vielleicht neben der Kamera oder hat sie ausgeschaltet; das ist keine "
    "verlorene Aufmerksamkeit.",
    "concern_away": "Mehr als die Hälfte der Zeit abgewandt",
    "concern_away_not": "Hat vielleicht von Hand mitgeschrieben oder an einem anderen Bildschirm verfolgt.",
    "concern_untold": "Blickrichtung nicht zu erkennen",
    "concern_untold_not": "Das Gesicht wies meist mehr als {off}° an der Kamera vorbei: ein anderer "
    "Bildschirm, eine Kamera an der Seite oder meist abgewandt. Das sieht hier alles gleich aus.",
    "concern_fell": "In der zweiten Hälfte viel häufiger abgewandt",
    "concern_fell_not": "Nicht gegen den Zufall geprüft: ein Anlass zu fragen, kein Befund.",
    "cameras": "Kamera prüfen",
    "detail_seen": "{share}",
    "detail_off": ", Kamera aus {when}",
    "detail_turned": "{share} zugewandt",
    "detail_fell": "{before}, dann {after}",
    "absences": "Wer nicht oder nicht die ganze Zeit da war",
    "away_none": "Niemand kam zu spät, ging früher oder fehlt auf der Klassenliste.",
    "away_none_unlisted": "Niemand kam zu spät oder ging früher.",
    "away_unlisted": "Es gab keine Klassenliste; wer gar nicht kam, ist daher nicht bekannt.",
    "away_none_class": "In dieser Stunde wurde nichts über einzelne Personen aufbewahrt.",
    "away_none_nobody": "In dieser Stunde hat niemand einen Platz.",
    "away_absent": "Nicht da",
    "away_absent_note": "auf der Klassenliste und nirgends im Bild",
    "away_late": "Zu spät",
    "away_late_note": "da zum ersten Mal gesehen",
    "away_early": "Früher gegangen",
    "away_early_note": "da zum letzten Mal gesehen",
    "away_shown": "Später im Bild, mit anderen",
    "away_shown_note": "da zuerst zu sehen, mehrere zugleich: ob sie vorher da waren, ist nicht zu erkennen",
    "away_hidden": "Nicht mehr im Bild, mit anderen",
    "away_hidden_note": "da zuletzt zu sehen, mehrere zugleich: Ein geteilter Bildschirm oder eine andere "
    "Seite kann sie verdecken",
    "away_between": "Zwischendurch weg",
    "away_between_note": "drei Minuten oder länger ohne jede Messung",
    "away_not_analysed": "Nicht ausgewertet",
    "away_not_analysed_note": "Auswertung abgeschaltet oder namentlich ausgenommen: Über sie lässt sich "
    "nichts sagen",
    "seen_title": "Wie viel davon zu sehen war",
    "seen_nothing": "Nichts: Von niemandem gibt es eine Messung.",
    "seen_class": "In den Minuten, die etwas zeigen, zeigen {presence} der Messungen ein Gesicht.",
    "seen_share": "Solange Personen da waren, zeigen {presence} der ausgelesenen Bilder ihr Gesicht "
    "({faces} von {readings}).",
    "seen_off": "In {share} war die Kamera aus.",
    "seen_known": "Bei {known} der Gesichter war die Blickrichtung zu erkennen; nur darauf beruht die "
    "Aufmerksamkeit.",
    "seen_gaps_one": "Einmal war eine Weile nichts auszulesen; diese Zeit ist schraffiert.",
    "seen_gaps_many": "{n}-mal war eine Weile nichts auszulesen; diese Zeit ist schraffiert.",
    "warnings": "Vor dem Weiterlesen",
    "warning_interrupted": "Das Auslesen dieser Stunde wurde unterbrochen: Alle Zahlen enden dort.",
    "warning_running": "Diese Stunde wird noch ausgelesen, oder das Auslesen wurde unterbrochen: Alle "
    "Zahlen enden beim jetzigen Stand.",
    "teacher_unknown": "Es ist nicht bekannt, welche Kachel der Lehrkraft gehört; sie zählt daher zur "
    "Klasse.",
    "teacher_spoke": "{name} sprach am längsten, {minutes}: Das könnte die Lehrkraft sein.",
    "teacher_presented": "Der geteilte Bildschirm gehörte zu {name}: Das könnte die Lehrkraft sein.",
    "teacher_again": "Um die Lehrkraft herauszunehmen, den Platz nennen und den Bericht neu schreiben "
    "lassen:",
    "teacher_command": 'meetbot report LESSON --teacher "Seat {seat}"',
}

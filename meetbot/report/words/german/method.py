"""How each figure is made, and what it must not be used for."""

WORDS = {
    "method": "Methode und Grenzen",
    "how_presence": "Alle {every} s der Stunde wird ein Bild ausgelesen. Jemand gilt in einer Messung "
    "als gesehen, wenn das Gesicht darin gefunden wird; der Anteil bezieht sich auf die Messungen, die "
    "gemacht wurden, solange die Person da war. Eine ausgeschaltete Kamera, ein ganz abgewandtes Gesicht "
    "und ein leerer Stuhl sehen gleich aus.",
    "how_attention": "Ein Gesicht gilt als dem Bildschirm zugewandt, wenn es höchstens {yaw}° seitlich und "
    "{pitch}° nach oben oder unten von der eigenen üblichen Richtung dieser Person abweicht. Dafür braucht "
    "es {needs} Minuten mit Gesicht, und einer üblichen Richtung von mehr als {off}° neben der Kamera wird "
    "nicht getraut; bis dahin ist die Richtung unbekannt, nicht niedrig. Das sagt, wohin der Kopf zeigt, "
    "nicht, was im Kopf geschieht: Wer von Hand mitschreibt, schaut weg.",
    "how_attention_class": "Ein Gesicht gilt als dem Bildschirm zugewandt, wenn es höchstens {class_yaw}° "
    "seitlich und {class_pitch}° nach oben oder unten an der Kamera vorbeiweist: Niemandes eigene übliche "
    "Richtung wurde aufbewahrt, daher zählt ein Bildschirm neben der Kamera weniger, als er sollte.",
    "class": "Die Klasse als Ganzes",
    "how_class": "Nach der Richtlinie class wurde nur dies aufbewahrt: für jede Minute Anteile über alle, "
    "die von ihrem Anfang bis zu ihrem Ende da waren, jede Person gleich gewichtet; nichts bei weniger als "
    "{class_least} Personen. Die Anteile sind auf 5 Punkte gerundet, bei weniger als 20 Personen auf 10, "
    "bei weniger als 10 auf 20. Eine Stimmung, die in der Minute weniger als zwei Personen entspricht, "
    "zählt als unsicher, und kein Anteil einer Stimmung oder der Zugewandten sagt es von allen.",
    "how_moods": "Ein neuronales Netz benennt den Ausdruck jedes Gesichts: einen von sieben, oder unsicher, "
    "wenn die Sicherheit unter {unsure} liegt. Die Ausdrücke werden über {window} s nach beiden Seiten "
    "geglättet, damit ein einzelnes falsches Bild keine Stimmung ergibt. Ein Gesichtsausdruck ist kein "
    "Gefühl.",
    "how_coverage": "Von den in der ganzen Stunde fälligen Messungen der Anteil, in dem ein Gesicht "
    "gefunden wurde: Anders als beim gesehenen Anteil senkt ihn auch, wer spät kommt. Alle anderen "
    "Anteile beziehen sich auf das Gesehene; was nicht gesehen wurde, steckt in keinem.",
    "here_presence": "Hier: {faces} Gesichter / {readings} Messungen = {share}.",
    "here_attention": "Hier: {turned} zugewandt / {known} mit bekannter Richtung = {share}.",
    "here_moods": "Hier: {unsure} unsicher / {faces} Gesichter = {share} unsicher.",
    "here_coverage": "Hier: {faces} Gesichter / {due} fällige Messungen = {share}.",
    "here_moments": "Hier brächte der Zufall allein so viel etwa in {list} Fällen.",
    "one_in": "1 von {n}",
    "followed": "Wie gut der Unterricht verfolgt wurde",
    "how_followed": "Von {due} Messungen, die bei eingeschalteter Kamera fällig waren, wurden {made} "
    "gemacht: die Hälfte binnen {median} s nach Eintreffen des Bildes, 95 von 100 binnen {most} s.",
    "how_moments": "Eine Veränderung betrifft die ganze Klasse und ist nach einem blockweisen "
    "Permutationstest kaum durch Zufall zu erklären, wenn man bedenkt, wie sehr sich benachbarte Sekunden "
    "ähneln. Das Niveau muss {margin} Minuten davor und danach halten und sich um mindestens {least} "
    "Punkte ändern, und die Änderung muss auf {people} Personen beruhen. Der Test ist so eingestellt, dass "
    "eine Stunde ohne jede Veränderung in {level} der Fälle eine meldet.",
    "measured": "Was gemessen wird",
    "formula": "Der Beteiligungsindex",
    "formula_index": "Index = 100 x ({attention} x Aufmerksamkeit + {mood} x Stimmung), je Person und Minute",
    "formula_mood": "Stimmung = Summe aus Gewicht x Anteil über die sicheren Stimmungen / {full}, mit den "
    "Gewichten {weights} (Sharma et al. 2019, nie am Lernerfolg geprüft)",
    "formula_means": "Aufmerksamkeit ist der Anteil der dem Bildschirm zugewandten Gesichter an denen, "
    "deren Richtung zu erkennen ist. Wo eines von beiden unbekannt ist, gibt es keinen Index. Eine Minute "
    "zählt im Mittel nach der Zahl der in ihr gesehenen Gesichter; Zeit, in der jemand nicht zu sehen war, "
    "wiegt also nichts.",
    "index_here": "In dieser Stunde kommt die Klasse auf {value} von 100, aus den {coverage} der Messungen, "
    "die ein Gesicht zeigen.",
    "index_none": "In dieser Stunde war zu wenig zu sehen, um ihn zu berechnen.",
    "index_unread": "Nach der Richtlinie {policy} wurden in dieser Stunde keine Stimmungen ausgelesen; es "
    "gibt daher keinen Index.",
    "index_class": "Nach der Richtlinie {policy} wurde nichts über einzelne Personen aufbewahrt; es gibt "
    "daher keinen Index.",
    "model": "Wie oft das Modell recht hat",
    "model_from": "Modell {name}, trainiert mit: {trained_on}. Gemessen an Gesichtern, die es im Training "
    "nie gesehen hat. Kleine, dunkle und abgewandte Gesichter werden schlechter erkannt, als diese Zahlen "
    "sagen.",
    "model_unused": "Nach der Richtlinie {policy} wurde für diese Stunde kein Emotionsmodell geladen.",
    "model_unknown": "Zu dem Modell, das diese Stunde ausgelesen hat, liegen keine Angaben vor; wie oft "
    "seine Stimmungen stimmen, ist hier daher nicht bekannt.",
    "score_accuracy": "Richtig, von allen Gesichtern",
    "score_balanced_accuracy": "Richtig, Mittel über die Stimmungen",
    "score_macro_f1": "F1, Mittel über die Stimmungen",
    "score_weighted_f1": "F1, gewichtet nach Häufigkeit der Stimmung",
    "score_ece": "Kalibrierungsfehler (0 ist vollkommen)",
    "score_n": "Gemessen an so vielen Gesichtern",
    "score_public_test_accuracy": "Treffer auf PublicTest von FER-2013, mit dem Ausgang, der an dessen "
    "Bezeichnungen trainiert ist",
    "score_public_test_ferplus_accuracy": "Übereinstimmung mit der Mehrheit der FER+-Abstimmenden auf "
    "PublicTest, mit dem gezeigten Ausgang",
    "calibration": "Die Sicherheit ist an denselben Gesichtern kalibriert: Von Gesichtern, die mit 80 % "
    "Sicherheit benannt werden, sollten etwa 80 % richtig benannt sein; der Kalibrierungsfehler sagt, wie "
    "weit das im Mittel danebenliegt.",
    "coverage_by": "Abdeckung nach Person",
    "coverage_by_note": "Worauf die Zahlen jeder Person beruhen; in der Reihenfolge der Klasse.",
    "direction_known": "Richtung bekannt",
    "policy": "Richtlinie, und was nicht berechnet wurde",
    "policy_now": "Es galt die Richtlinie {policy}.",
    "policy_all": "Unter ihr wird alles auf dieser Seite berechnet.",
    "policy_no_moods": "Unter ihr werden keine Stimmungen ausgelesen: Das Emotionsmodell wurde nie geladen, "
    "und es gibt keinen Index.",
    "policy_no_people": "Unter ihr wird nichts über einzelne Personen aufbewahrt; es gibt daher keine "
    "Namen, Verläufe oder Anwesenheit.",
    "policy_never": "Unter keiner Richtlinie wird ein Bild eines Gesichts oder etwas, woran Gesichter "
    "wiedererkannt werden könnten, aufbewahrt, aus keinem Gesicht wird auf eine Identität geschlossen, und "
    "was ein zweites Gesicht neben jemandem zeigt, wird nicht ausgelesen.",
    "not_for": "Wofür dies nicht verwendet werden darf",
    "not_for_1": "Noten, Ordnungsmaßnahmen, Zulassung, Einstellung oder jede andere Entscheidung über eine "
    "Person.",
    "not_for_2": "Die Arbeit einer Lehrkraft zu beurteilen.",
    "not_for_3": "Daraus zu schließen, was jemand fühlte, dachte, verstand oder wie jemand ist.",
    "not_for_4": "Personen zu vergleichen: Kameras, Licht, Brillen, Haut, Gewohnheiten und Behinderungen "
    "verändern, was ein Modell von ihnen sieht.",
    "law": "In der Europäischen Union ist es verboten, im Bildungsbereich auf Emotionen von Lernenden zu "
    "schließen (KI-Verordnung, Verordnung (EU) 2024/1689, Artikel 5 Absatz 1 Buchstabe f), außer aus "
    "medizinischen Gründen oder Gründen der Sicherheit. Anderswo können Gesetze über biometrische Daten "
    "und über Schülerakten eine Information oder Einwilligung verlangen. Wo nicht auf Stimmungen "
    "geschlossen werden darf, gilt die Richtlinie eu-education, die keine berechnet. Dies ist keine "
    "Rechtsberatung.",
    "law_pin": "Wer einen Rechner betreut, verbietet ihm das Auslesen von Stimmungen durch die Zeile policy "
    '= "cues" in /etc/meetbot.toml, unter Windows in meetbot\\meetbot.toml unter %PROGRAMDATA%.',
    "provenance": "Woher diese Seite stammt",
    "item_version": "meetbot",
    "item_model": "Modell",
    "item_model_sha256": "Modell, SHA-256",
    "item_detector_sha256": "Gesichtssuche, SHA-256",
    "item_points_sha256": "Punkte im Gesicht, SHA-256",
    "item_settings": "Einstellungen",
    "item_content_hash": "Inhalt der Aufnahme",
    "item_policy": "Geltende Richtlinie",
    "item_not_computed": "Nicht berechnet oder aufbewahrt",
    "item_narrowed_from": "Ausgelesen unter der Richtlinie, seither eingeschränkt",
    "item_source": "Aufnahme",
    "item_consent": "Einwilligungsprotokoll, neuester Prüfwert",
    "item_every": "Sekunden zwischen Messungen",
    "item": "Angabe",
    "value": "Wert",
}

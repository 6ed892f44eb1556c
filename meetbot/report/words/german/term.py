"""The page over several lessons."""

WORDS = {
    "term_brand": "meetbot-Überblick",
    "term_skip": "Zur Übersicht springen",
    "term_title": "Überblick über die Stunden",
    "term_span": "{first} bis {last}",
    "term_nobody": "In diesen Stunden war kein Gesicht einer lernenden Person zu sehen; über sie lässt sich "
    "nichts sagen.",
    "term_unknown": "Die Blickrichtung war zu selten zu erkennen, um die Aufmerksamkeit zu beschreiben.",
    "term_few_one": "In dieser einen Stunde waren {share} der Gesichter dem Bildschirm zugewandt.",
    "term_few_many": "In diesen {n} Stunden waren {share} der Gesichter dem Bildschirm zugewandt.",
    "term_few_note": "Nach einem Trend wird ab {least} Stunden gesucht.",
    "term_none": "Über {n} Stunden zeigt die Aufmerksamkeit keinen Trend, der sich vom Zufall abhebt; "
    "{share} der Gesichter waren dem Bildschirm zugewandt.",
    "term_rose": "Über {n} Stunden stieg die Aufmerksamkeit von {first} im ersten Drittel auf {last} im "
    "letzten.",
    "term_fell": "Über {n} Stunden sank die Aufmerksamkeit von {first} im ersten Drittel auf {last} im "
    "letzten.",
    "term_much_one": "Eine Unterrichtsstunde von {hours} Zeitstunden; ein Gesicht war im Mittel in "
    "{coverage} der Zeit im Bild.",
    "term_much_many": "{n} Unterrichtsstunden, zusammen {hours} Zeitstunden; im Mittel war ein Gesicht in "
    "{coverage} der Zeit im Bild.",
    "term_moods": "Stimmungen, die Gesichter zeigten: {list}.",
    "term_dateless_one": "Eine Stunde trägt kein Datum: Sie zählt im Ganzen und steht in keiner Woche.",
    "term_dateless_many": "{n} Stunden tragen kein Datum: Sie zählen im Ganzen und stehen in keiner Woche.",
    "term_left_out": "Ausgelassen",
    "term_out_unread": "nicht lesbar.",
    "term_out_locked": "verschlüsselt, und keine Passphrase hat die Datei geöffnet.",
    "term_out_policy": "darf nach der Richtlinie des Rechners, der diese Seite schrieb, "
    "nicht gezeigt werden.",
    "term_out_copy": "dieselbe Aufnahme wie {other}.",
    "term_weeks": "Woche für Woche",
    "term_weeks_note": "Jede Woche fasst alle Gesichter ihrer Stunden zusammen; lange Stunden und große "
    "Klassen wiegen also mehr. Schraffiert heißt keine Stunde oder nichts bekannt; es zählt nie als "
    "niedrig.",
    "term_attention_desc": "Eine Linie von 0 bis 100 Prozent, ein Punkt je Woche. Über alle Stunden: "
    "{share}.",
    "term_moods_desc": "Gestapelte Anteile der Stimmungen, eine Spalte je Woche. Über alle Stunden: {list}.",
    "term_coverage_desc": "Eine Fläche von 0 bis 100 Prozent, ein Punkt je Woche. Über alle Stunden: "
    "{share}.",
    "term_coverage_note": "Anteil der fälligen Messungen, die ein Gesicht zeigen",
    "term_week": "Woche vom",
    "term_lessons": "Stunden",
    "term_table_of": "Dasselbe als Tabelle, Woche für Woche",
    "term_no_weeks": "Keine Stunde trägt ein Datum; es gibt daher keine Wochen zu zeigen.",
    "term_timetable": "Nach Wochentag und Uhrzeit",
    "term_timetable_note": "Anteil der dem Bildschirm zugewandten Gesichter nach dem Beginn der Stunde. "
    "Eine einzelne Stunde sagt wenig über ihre Uhrzeit; was unterrichtet wurde, steckt nicht in diesen "
    "Zahlen.",
    "term_shades": "Je dunkler ein Feld, desto größer der Anteil: unter 50 %, ab 50, 60, 70 und 80 %.",
    "term_hour": "Beginn",
    "lessons_one": "1 Stunde",
    "lessons_many": "{n} Stunden",
    "weekday_0": "Montag",
    "weekday_1": "Dienstag",
    "weekday_2": "Mittwoch",
    "weekday_3": "Donnerstag",
    "weekday_4": "Freitag",
    "weekday_5": "Samstag",
    "weekday_6": "Sonntag",
    "day_of": "{day}. {month}",
    "month_1": "Jan.",
    "month_2": "Febr.",
    "month_3": "März",
    "month_4": "April",
    "month_5": "Mai",
    "month_6": "Juni",
    "month_7": "Juli",
    "month_8": "Aug.",
    "month_9": "Sept.",
    "month_10": "Okt.",
    "month_11": "Nov.",
    "month_12": "Dez.",
    "term_lesson": "Stunde",
    "term_date": "Datum",
    "term_length": "Länge",
    "term_undated": "ohne Datum",
    "term_seen_of": "{seen} von {n}",
    "term_people": "Personen",
    "term_people_note": "In der Reihenfolge der Namen, nach keiner Zahl geordnet. Ein Balken ist eine "
    "Stunde, so hoch wie der Anteil, in dem das Gesicht zu sehen war; schraffiert ist eine Stunde, in der "
    "die Person nicht da war. Ein niedriger Balken sagt, dass die Kamera wenig sah, nicht, dass jemand "
    "wenig tat.",
    "term_people_none": "Kein Platz dieser Stunden hat einen Namen; daher lässt sich niemand von einer "
    "Stunde zur nächsten verfolgen.",
    "term_unnamed_one": "Ein Platz hat keinen Namen: Er zählt zur Klasse und wird mit keinem anderen "
    "verbunden.",
    "term_unnamed_many": "{n} Plätze haben keinen Namen: Sie zählen zur Klasse und werden mit keinem "
    "anderen verbunden.",
    "term_there": "Stunden",
    "term_there_of": "{seen} von {n}",
    "term_strip": "Gesehen, Stunde für Stunde",
    "term_strip_desc": "In {there} Stunden; im Mittel in {coverage} der Messungen zu sehen.",
    "term_people_table": "Dasselbe als Tabelle, Stunde für Stunde",
    "term_trend": "Trend",
    "term_method": "Methode und Grenzen",
    "term_how_weeks": "Der Anteil einer Woche oder des Ganzen bezieht sich auf alle Gesichter der Stunden "
    "zusammen. Was in einer Stunde gemessen wird und wie gut, steht in ihrem eigenen Bericht.",
    "term_how_trend": "Danach wird ab {least} Stunden gesucht: Ein Permutationstest fragt, wie oft Stunden "
    "in zufälliger Reihenfolge so stark steigen oder fallen wie diese. Gemeldet wird ein Trend, wo das "
    "seltener als {level} vorkommt und das letzte Drittel der Stunden vom ersten um {points} Punkte oder "
    "mehr abweicht. Ein Trend hat viele Ursachen: andere Themen, andere Kameras, andere Personen.",
    "term_how_timetable": "Eine Stunde gehört zu dem Wochentag und der Uhrzeit, zu der sie begann, nach der "
    "Uhr des Rechners, der diese Seite geschrieben hat.",
    "term_how_people": "Personen werden über die Stunden allein durch ihren Namen verbunden: Zwei mit "
    "gleichem Namen werden eine Zeile, und wer den Namen geändert hat, hat zwei. Wie aufmerksam jemand war "
    "oder welche Stimmung jemand zeigte, wird für niemanden zusammengezählt.",
}

"""What other parts say of a lesson, in the words of this language."""

WORDS = {
    "warned_until": "Bis {read} von {length} ausgelesen; der Rest fehlt.",
    "warned_short": "Die Aufmerksamkeit ist nicht zu erkennen: Dafür muss jede Person {needs} Minuten zu "
    "sehen sein, und die Stunde dauert {length}.",
    "warned_moods": "Stimmungen wurden nicht ausgelesen; es gibt daher keinen Beteiligungsindex (Richtlinie "
    "{policy}).",
    "warned_unmatched_one": "1 Name der Klassenliste ließ sich keinem Platz zuordnen; bitte zu jeder Person "
    "den Platz, etwa Seat 3, in die Spalte 'alias' schreiben.",
    "warned_unmatched_many": "{n} Namen der Klassenliste ließen sich keinem Platz zuordnen; bitte zu jeder "
    "Person den Platz, etwa Seat 3, in die Spalte 'alias' schreiben.",
    "warned_another_class": "Niemand von denen, die zu sehen waren, steht auf der Klassenliste; bitte "
    "nachsehen, ob es die Liste dieser Klasse ist.",
    "warned_faceless": "Im Bild von {size} war kein Gesicht zu sehen: Kameras können aus sein, das Bild "
    "schwarz, oder Gesichter niedriger als {least} Pixel; `meetbot tiles` mit --png zeigt, wie es geteilt "
    "wurde.",
    "warned_speech": "Wer spricht, ist nicht zu erkennen: Nichts in dieser Stunde zeigt es; es gibt daher "
    "keine Sprechzeiten.",
    "warned_fewer": "Minuten, in denen von Anfang bis Ende weniger als {least} Personen da waren, zeigen "
    "nichts.",
    "warned_teacher": "Die Lehrkraft zählt zur Klasse: Unter dieser Richtlinie lässt sie sich nur beim "
    "Auslesen herausnehmen, durch --teacher, eine Klassenliste oder den Raum.",
    "warned_unnamed": "Jemand wurde namentlich ausgenommen; daher werden auch Kacheln nicht ausgewertet, "
    "deren Namen nicht lesbar sind oder nicht auf der Klassenliste stehen, wo es eine gibt: Es ist nicht "
    "zu erkennen, wem sie gehören.",
    "warned_not_found": "Keine Kachel trug den Namen von {name}, die ausgenommene Person; Kacheln mit "
    "unlesbarem Namen wurden nicht ausgewertet.",
    "warned_apart": "{seats}: war vielleicht schon unter einem anderen Platz hier; das war nicht zu "
    "erkennen, daher bleiben sie getrennt.",
    "warned_names": "Die Plätze sind nummeriert, weil Namen hier nicht gelesen werden; um sie zu lesen: pip "
    'install "meetbot[names]"',
    "warned_videos": "{file} enthält mehrere Videos; das größte wurde ausgelesen, {others} ausgelassen.",
    "warned_clock_back": "Die Uhr der Aufnahme springt um {seconds} s zurück; die Zeit wurde ohne den "
    "Sprung weitergezählt.",
    "warned_clock_ahead": "Die Uhr der Aufnahme springt um {seconds} s vor; die Zeit wurde ohne den Sprung "
    "weitergezählt.",
    "warned_cut_one": "1 beschädigtes Paket wurde übersprungen, ganz am Ende: Die Datei ist vermutlich "
    "abgeschnitten.",
    "warned_cut_many": "{n} beschädigte Pakete wurden übersprungen, das letzte ganz am Ende: Die Datei ist "
    "vermutlich abgeschnitten.",
    "warned_packet_one": "1 beschädigtes Paket wurde übersprungen.",
    "warned_packet_many": "{n} beschädigte Pakete wurden übersprungen.",
    "warned_end": "{file} endet bei {read} statt bei {length}: Der Rest fehlt.",
    "warned_over": "Für den Bot endete der Unterricht: {why}.",
}

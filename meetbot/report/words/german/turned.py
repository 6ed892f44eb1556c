"""What is said otherwise where no moods may be read: the measure by its name, which is no state of mind."""

WORDS = {
    "headline_nobody": "Es war kein Gesicht einer lernenden Person zu sehen; wer dem Bildschirm "
    "zugewandt war, lässt sich nicht sagen.",
    "headline_short": "Die Stunde ist zu kurz, um zu sagen, wie viele Gesichter dem Bildschirm "
    "zugewandt waren.",
    "headline_unknown": "Die Blickrichtung war zu selten zu erkennen, um sie zu beschreiben.",
    "headline_held_until": "Der Anteil der dem Bildschirm zugewandten Gesichter hielt bis {time} "
    "und sank dann von {before} auf {after}, bis {until}.",
    "headline_held_end": "Der Anteil der dem Bildschirm zugewandten Gesichter hielt bis {time}, "
    "sank dann von {before} auf {after} und blieb dort.",
    "headline_held_back": "Der Anteil der dem Bildschirm zugewandten Gesichter hielt bis {time}, "
    "sank von {before} auf {after} und lag ab {until} wieder bei {back}.",
    "headline_fell_until": "Der Anteil der dem Bildschirm zugewandten Gesichter sank um {time} von "
    "{before} auf {after}, bis {until}.",
    "headline_fell_end": "Der Anteil der dem Bildschirm zugewandten Gesichter sank um {time} von "
    "{before} auf {after} und blieb dort.",
    "headline_fell_back": "Der Anteil der dem Bildschirm zugewandten Gesichter sank um {time} von "
    "{before} auf {after} und lag ab {until} wieder bei {back}.",
    "headline_rose_until": "Der Anteil der dem Bildschirm zugewandten Gesichter stieg um {time} von "
    "{before} auf {after}, bis {until}.",
    "headline_rose_end": "Der Anteil der dem Bildschirm zugewandten Gesichter stieg um {time} von "
    "{before} auf {after} und blieb dort.",
    "rests_few": "Das beruht auf {n} von {of} Personen: denen, deren Blickrichtung zu erkennen war.",
    "curve": "Dem Bildschirm zugewandte Gesichter über die Stunde im Kleinen; weiter unten steht "
    "die Kurve mit allen Zahlen.",
    "moments": "Wann sich die Klasse veränderte",
    "moment_attention_down": "Dem Bildschirm zugewandte Gesichter sanken von {before} auf {after}",
    "moment_attention_up": "Dem Bildschirm zugewandte Gesichter stiegen von {before} auf {after}",
    "concern_hardly_not": "Saß vielleicht neben der Kamera oder hat sie ausgeschaltet.",
    "seen_known": "Bei {known} der Gesichter war die Blickrichtung zu erkennen; nur darauf beruht, "
    "was über sie gesagt wird.",
    "note_short": "Blickrichtung: weniger als {needs} Minuten zu sehen",
    "note_untold": "Blickrichtung: Das Gesicht wies meist mehr als {off}° an der Kamera vorbei",
    "warned_short": "Wer dem Bildschirm zugewandt war, ist nicht zu erkennen: Dafür muss jede "
    "Person {needs} Minuten zu sehen sein, und die Stunde dauert {length}.",
    "term_unknown": "Die Blickrichtung war zu selten zu erkennen, um sie zu beschreiben.",
    "term_none": "Über {n} Stunden zeigt der Anteil der dem Bildschirm zugewandten Gesichter keinen "
    "Trend, der sich vom Zufall abhebt; er lag bei {share}.",
    "term_rose": "Über {n} Stunden stieg der Anteil der dem Bildschirm zugewandten Gesichter von "
    "{first} im ersten Drittel auf {last} im letzten.",
    "term_fell": "Über {n} Stunden sank der Anteil der dem Bildschirm zugewandten Gesichter von "
    "{first} im ersten Drittel auf {last} im letzten.",
    "term_how_people": "Personen werden über die Stunden allein durch ihren Namen verbunden: Zwei "
    "mit gleichem Namen werden eine Zeile, und wer den Namen geändert hat, hat zwei. Wie oft jemand "
    "dem Bildschirm zugewandt war, wird für niemanden zusammengezählt.",
}

"""What is said otherwise where no moods may be read: the measure by its name, which is no state of mind."""

WORDS = {
    "headline_nobody": "No se vio el rostro de ningún estudiante; no puede decirse quién miraba a "
    "la pantalla.",
    "headline_short": "La clase es demasiado corta para decir cuántos rostros miraban a la pantalla.",
    "headline_unknown": "La dirección de los rostros se distinguió muy pocas veces para describirla.",
    "headline_held_until": "La proporción de rostros vueltos hacia la pantalla se mantuvo hasta "
    "{time} y luego bajó del {before} al {after}, hasta {until}.",
    "headline_held_end": "La proporción de rostros vueltos hacia la pantalla se mantuvo hasta "
    "{time}, luego bajó del {before} al {after} y se quedó ahí.",
    "headline_held_back": "La proporción de rostros vueltos hacia la pantalla se mantuvo hasta "
    "{time}, bajó del {before} al {after} y desde {until} volvió al {back}.",
    "headline_fell_until": "La proporción de rostros vueltos hacia la pantalla bajó del {before} al "
    "{after} en {time}, hasta {until}.",
    "headline_fell_end": "La proporción de rostros vueltos hacia la pantalla bajó del {before} al "
    "{after} en {time} y se quedó ahí.",
    "headline_fell_back": "La proporción de rostros vueltos hacia la pantalla bajó del {before} al "
    "{after} en {time} y desde {until} volvió al {back}.",
    "headline_rose_until": "La proporción de rostros vueltos hacia la pantalla subió del {before} "
    "al {after} en {time}, hasta {until}.",
    "headline_rose_end": "La proporción de rostros vueltos hacia la pantalla subió del {before} al "
    "{after} en {time} y se quedó ahí.",
    "rests_few": "Esto se basa en {n} de {of} personas: aquellas cuya dirección se distinguió.",
    "curve": "Rostros vueltos hacia la pantalla durante la clase, en pequeño; más abajo están con "
    "sus cifras.",
    "moments": "Cuándo cambió el grupo",
    "moment_attention_down": "Los rostros vueltos hacia la pantalla bajaron del {before} al {after}",
    "moment_attention_up": "Los rostros vueltos hacia la pantalla subieron del {before} al {after}",
    "concern_hardly_not": "Quizá estaba al lado de la cámara o la apagó.",
    "seen_known": "En el {known} de los rostros se distinguió la dirección; lo que se dice de ella "
    "se basa solo en esos.",
    "note_short": "dirección: visto menos de {needs} minutos",
    "note_untold": "dirección: por lo general el rostro apuntaba a más de {off}° de la cámara",
    "warned_short": "No puede saberse quién miraba a la pantalla: hacen falta {needs} minutos de "
    "cada persona, y la clase dura {length}.",
    "term_unknown": "La dirección de los rostros se distinguió muy pocas veces para describirla.",
    "term_none": "En {n} clases la proporción de rostros vueltos hacia la pantalla no muestra "
    "ninguna tendencia que se distinga del azar; fue del {share}.",
    "term_rose": "En {n} clases la proporción de rostros vueltos hacia la pantalla subió, del "
    "{first} en el primer tercio al {last} en el último.",
    "term_fell": "En {n} clases la proporción de rostros vueltos hacia la pantalla bajó, del "
    "{first} en el primer tercio al {last} en el último.",
    "term_how_people": "Las personas se unen de una clase a otra solo por su nombre: dos con el "
    "mismo nombre forman una línea, y quien cambió de nombre tiene dos. Cuánto miró alguien a la "
    "pantalla no se suma para nadie.",
}

"""The first screen."""

WORDS = {
    "brand": "Informe de meetbot",
    "caveat": "Esta página dice lo que mostraron los rostros, no lo que el alumnado sintió o aprendió.",
    "skip": "Ir al informe",
    "contents": "Contenido",
    "headline_nothing": "De esta clase no se leyó nada.",
    "headline_nobody": "No se vio el rostro de ningún estudiante; nada puede decirse de la atención ni del "
    "ánimo.",
    "headline_few": "Solo se vio a {seen} de {n} personas: muy pocas para describir al grupo.",
    "headline_short": "La clase es demasiado corta para decir cómo fue la atención.",
    "headline_unknown": "La dirección de los rostros se distinguió muy pocas veces para describir la "
    "atención.",
    "headline_untested_short": "El {share} de los rostros miraba a la pantalla; la clase es demasiado corta "
    "para buscar cambios.",
    "headline_untested_few": "El {share} de los rostros miraba a la pantalla; con menos de {least} personas "
    "no se buscan cambios.",
    "headline_untested_class": "El {share} de los rostros miraba a la pantalla; no se comprobó si hubo "
    "cambios.",
    "headline_steady": "El {share} de los rostros miraba a la pantalla; ningún cambio se distinguió del "
    "azar.",
    "headline_held_until": "La atención se mantuvo hasta {time} y luego bajó del {before} al {after}, hasta "
    "{until}.",
    "headline_held_end": "La atención se mantuvo hasta {time}, luego bajó del {before} al {after} y se "
    "quedó ahí.",
    "headline_fell_until": "La atención bajó del {before} al {after} en {time}, hasta {until}.",
    "headline_fell_end": "La atención bajó del {before} al {after} en {time} y se quedó ahí.",
    "headline_rose_until": "La atención subió del {before} al {after} en {time}, hasta {until}.",
    "headline_rose_end": "La atención subió del {before} al {after} en {time} y se quedó ahí.",
    "headline_part": "{rest} La lectura se detuvo en {read}.",
    "seen_one": "Se vio a una persona, con el rostro a la vista el {coverage} del tiempo; quien nunca "
    "mostró el rostro no se cuenta.",
    "seen_many": "Se vio a {seen} de {n} personas; de media hubo un rostro a la vista el {coverage} del "
    "tiempo.",
    "all_many": "Se vio a {n} personas, con el rostro a la vista el {coverage} del tiempo de media; quien "
    "nunca mostró el rostro no se cuenta.",
    "class_one": "Este es el grupo en conjunto, minuto a minuto; no se guardó nada de personas concretas.",
    "class_many": "Este es el grupo en conjunto, al menos {seen} personas a la vez: proporciones por minuto "
    "de quienes estuvieron todo ese minuto, redondeadas para que nadie destaque; no se guardó nada de "
    "personas concretas.",
    "facing": "En toda la clase, unos {tenths} de cada 10 rostros miraban a la pantalla ({share}).",
    "facing_extreme": "En toda la clase, el {share} de los rostros miraba a la pantalla.",
    "mood_two": "Lo que más mostraron los rostros fue: {first} ({first_share}), luego {second} "
    "({second_share}); el {unsure} es incierto.",
    "mood_one": "Lo único que mostraron los rostros fue: {first} ({first_share}); el {unsure} es incierto.",
    "moods_unread": "En esta clase no se leyó el ánimo.",
    "mood_none": "Ningún ánimo pudo distinguirse con suficiente certeza.",
    "curve": "La atención durante la clase, en pequeño; más abajo está con sus cifras.",
    "curve_note": "Proporción que miraba a la pantalla desde 0:00; arriba es el 100 %, rayado es "
    "desconocido.",
    "moments": "Cuándo cambió la atención o el ánimo",
    "moments_none": "Ningún cambio fue tan grande y duradero como para distinguirse del azar.",
    "moments_nobody": "Sin un rostro no hay nada que pudiera cambiar.",
    "moments_untested_short": "Los cambios se buscan en clases de {needs} minutos o más.",
    "moments_untested_few": "Los cambios se buscan cuando se vio al menos a {least} personas.",
    "moments_untested_class": "Los cambios se comprueban con lo que hizo cada persona, y de eso no se "
    "guardó nada.",
    "moments_more_one": "Un cambio menor está marcado en la línea del tiempo.",
    "moments_more_many": "{n} cambios menores están marcados en la línea del tiempo.",
    "moment_attention_down": "La atención bajó del {before} al {after}",
    "moment_attention_up": "La atención subió del {before} al {after}",
    "moment_mood_down": "La parte del ánimo en el índice bajó del {before} al {after}",
    "moment_mood_up": "La parte del ánimo en el índice subió del {before} al {after}",
    "moment_presence_down": "Los rostros a la vista bajaron del {before} al {after}",
    "moment_presence_up": "Los rostros a la vista subieron del {before} al {after}",
    "more_of": "más {mood}",
    "less_of": "menos {mood}",
    "until": "hasta {t}",
    "until_end": "hasta el final",
    "rests_attention_down_one": "1 de {of} apartó más la vista",
    "rests_attention_down_many": "{n} de {of} apartaron más la vista",
    "rests_attention_up_one": "1 de {of} miró más a la pantalla",
    "rests_attention_up_many": "{n} de {of} miraron más a la pantalla",
    "rests_mood_down_one": "visto en 1 de {of} personas",
    "rests_mood_down_many": "visto en {n} de {of} personas",
    "rests_mood_up_one": "visto en 1 de {of} personas",
    "rests_mood_up_many": "visto en {n} de {of} personas",
    "rests_presence_down_one": "1 de {of} dejó de verse",
    "rests_presence_down_many": "{n} de {of} dejaron de verse",
    "rests_presence_up_one": "1 de {of} apareció en la imagen",
    "rests_presence_up_many": "{n} de {of} aparecieron en la imagen",
    "slide_then": "La pantalla compartida en {t}",
    "strongest": "Los cinco minutos más altos: de {start} a {end}, el {share} miraba a la pantalla.",
    "weakest": "Los cinco minutos más bajos: de {start} a {end}, el {share}.",
    "extremes_chance": "La diferencia puede ser azar: ningún cambio superó la prueba.",
    "concerns": "Con quién puede convenir hablar",
    "concerns_note": "Hechos de la cámara, en el orden del grupo. Ninguno dice por qué.",
    "concern_none": "Nadie llama la atención: ninguna cámara estuvo apagada y nadie estuvo apenas a la "
    "vista ni casi siempre mirando a otro lado.",
    "concern_none_class": "En esta clase no se guardó nada de personas concretas; no puede nombrarse a "
    "nadie.",
    "concern_none_nobody": "En esta clase nadie tiene un puesto.",
    "concern_off": "Cámara apagada",
    "concern_off_not": "Ningún rostro en toda la clase. Quien escucha sin cámara se ve igual que quien se "
    "fue.",
    "concern_unseen": "Cámara encendida, sin rostro",
    "concern_unseen_not": "No se encontró un rostro en ninguna imagen: fuera de cuadro, muy oscuro o muy "
    "pequeño.",
    "concern_hardly": "A la vista menos de la mitad del tiempo",
    "concern_hardly_not": "Quizá estaba al lado de la cámara o la apagó; eso no es atención perdida.",
    "concern_away": "Miraba a otro lado más de la mitad del tiempo",
    "concern_away_not": "Quizá tomaba apuntes a mano o seguía la clase en otra pantalla.",
    "concern_untold": "No se distingue la dirección",
    "concern_untold_not": "Por lo general el rostro apuntaba a más de {off}° de la cámara: otra pantalla, "
    "una cámara a un lado, o mirar a otro lado casi siempre. Aquí todo eso se ve igual.",
    "concern_fell": "Miró mucho más a otro lado en la segunda mitad",
    "concern_fell_not": "Sin comprobar frente al azar: un motivo para preguntar, no una conclusión.",
    "detail_seen": "{share}",
    "detail_off": ", cámara apagada {share}",
    "detail_turned": "{share} hacia ella",
    "detail_fell": "{before}, luego {after}",
    "absences": "Quién no estuvo, o no todo el tiempo",
    "away_none": "Nadie llegó tarde, se fue antes ni falta en la lista del grupo, si la hubo.",
    "away_none_class": "En esta clase no se guardó nada de personas concretas.",
    "away_none_nobody": "En esta clase nadie tiene un puesto.",
    "away_absent": "No estuvo",
    "away_absent_note": "en la lista del grupo, y en ningún recuadro",
    "away_late": "Llegó más tarde",
    "away_late_note": "momento en que se vio por primera vez",
    "away_early": "Se fue antes",
    "away_early_note": "momento en que se vio por última vez",
    "away_between": "Ausente entre medias",
    "away_between_note": "tres minutos o más sin ninguna lectura",
    "away_not_analysed": "Sin analizar",
    "away_not_analysed_note": "análisis desactivado, o persona excluida por su nombre: nada puede decirse "
    "de ella",
    "away_at": "{name} ({t})",
    "seen_title": "Cuánto de esto se vio",
    "seen_nothing": "Nada: no hay ninguna lectura de nadie.",
    "seen_class": "En los minutos que muestran algo, el {presence} de las lecturas muestra un rostro.",
    "seen_share": "Mientras las personas estaban, el {presence} de las lecturas muestra su rostro ({faces} "
    "de {readings}).",
    "seen_off": "En el {share} la cámara estaba apagada.",
    "seen_known": "En el {known} de los rostros se distinguió la dirección; la atención se basa solo en "
    "esos.",
    "seen_gaps_one": "Una vez no pudo leerse nada durante un rato; ese tiempo está rayado.",
    "seen_gaps_many": "{n} veces no pudo leerse nada durante un rato; ese tiempo está rayado.",
    "warnings": "Antes de seguir leyendo",
    "warning_interrupted": "La lectura de esta clase se interrumpió: todas las cifras terminan donde "
    "terminó la lectura.",
    "warning_running": "Esta clase aún se está leyendo, o la lectura se interrumpió: todas las cifras "
    "terminan donde va la lectura.",
    "teacher_unknown": "No se sabe qué recuadro es el de quien enseña; por eso cuenta como parte del grupo.",
    "teacher_spoke": "{name} fue quien más habló, {minutes}: puede ser quien enseña.",
    "teacher_presented": "La pantalla compartida era de {name}: puede ser quien enseña.",
    "teacher_again": "Para dejar fuera a quien enseña, indique su puesto y escriba de nuevo el informe:",
    "teacher_command": 'meetbot report LESSON --teacher "Seat {seat}"',
}

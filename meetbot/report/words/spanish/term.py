"""The page over several lessons."""

WORDS = {
    "term_brand": "Periodo de meetbot",
    "term_skip": "Ir al resumen",
    "term_title": "Las clases de un periodo",
    "term_span": "{first} a {last}",
    "term_nobody": "En estas clases no se vio el rostro de ningún estudiante; nada puede decirse de ellas.",
    "term_unknown": "La dirección de los rostros se distinguió muy pocas veces para describir la atención.",
    "term_few_one": "En esta única clase, el {share} de los rostros miraba a la pantalla.",
    "term_few_many": "En estas {n} clases, el {share} de los rostros miraba a la pantalla.",
    "term_few_note": "Una tendencia se busca a partir de {least} clases.",
    "term_none": "En {n} clases la atención no muestra ninguna tendencia que se distinga del azar; el "
    "{share} de los rostros miraba a la pantalla.",
    "term_rose": "En {n} clases la atención subió, del {first} en el primer tercio al {last} en el último.",
    "term_fell": "En {n} clases la atención bajó, del {first} en el primer tercio al {last} en el último.",
    "term_much_one": "Una clase de {hours} horas; de media hubo un rostro a la vista el {coverage} del "
    "tiempo.",
    "term_much_many": "{n} clases, {hours} horas en total; de media hubo un rostro a la vista el {coverage} "
    "del tiempo.",
    "term_moods": "Ánimos que mostraron los rostros: {list}.",
    "term_dateless_one": "Una clase no lleva fecha: cuenta en el conjunto y no está en ninguna semana.",
    "term_dateless_many": "{n} clases no llevan fecha: cuentan en el conjunto y no están en ninguna semana.",
    "term_left_out": "Quedó fuera",
    "term_out_unread": "no se puede leer.",
    "term_out_locked": "está cifrada y ninguna contraseña la abrió.",
    "term_out_policy": "la política del equipo que escribió esta página no permite mostrarla.",
    "term_out_copy": "la misma grabación que {other}.",
    "term_weeks": "Semana a semana",
    "term_weeks_note": "Cada semana reúne todos los rostros de sus clases; así, las clases largas y los "
    "grupos grandes pesan más. Rayado significa que no hubo clase o que nada se sabe; nunca cuenta como "
    "bajo.",
    "term_attention_desc": "Una línea de 0 a 100 por ciento, un punto por semana. En todas las clases: "
    "{share}.",
    "term_moods_desc": "Proporciones apiladas de los ánimos, una columna por semana. En todas las clases: "
    "{list}.",
    "term_coverage_desc": "Un área de 0 a 100 por ciento, un punto por semana. En todas las clases: {share}.",
    "term_coverage_note": "proporción de las lecturas previstas que muestran un rostro",
    "term_week": "Semana del",
    "term_lessons": "Clases",
    "term_table_of": "Lo mismo en una tabla, semana a semana",
    "term_no_weeks": "Ninguna clase lleva fecha; no hay semanas que mostrar.",
    "term_timetable": "Por día y hora",
    "term_timetable_note": "Proporción de rostros que miraban a la pantalla según cuándo empezó la clase. "
    "Una sola clase dice poco de su hora; lo que se enseñó no está en estas cifras.",
    "term_shades": "Cuanto más oscura la casilla, mayor la proporción: menos del 50 %, y desde el 50, 60, "
    "70 y 80 %.",
    "term_hour": "Empieza",
    "lessons_one": "1 clase",
    "lessons_many": "{n} clases",
    "weekday_0": "Lunes",
    "weekday_1": "Martes",
    "weekday_2": "Miércoles",
    "weekday_3": "Jueves",
    "weekday_4": "Viernes",
    "weekday_5": "Sábado",
    "weekday_6": "Domingo",
    "day_of": "{day} {month}",
    "month_1": "ene",
    "month_2": "feb",
    "month_3": "mar",
    "month_4": "abr",
    "month_5": "may",
    "month_6": "jun",
    "month_7": "jul",
    "month_8": "ago",
    "month_9": "sept",
    "month_10": "oct",
    "month_11": "nov",
    "month_12": "dic",
    "term_lesson": "Clase",
    "term_date": "Fecha",
    "term_length": "Duración",
    "term_undated": "sin fecha",
    "term_seen_of": "{seen} de {n}",
    "term_people": "Personas",
    "term_people_note": "En el orden de los nombres, no de ninguna cifra. Cada barra es una clase, tan alta "
    "como la proporción en que se vio el rostro; rayada es una clase en la que no estuvo. Una barra baja "
    "dice que la cámara vio poco, no que alguien hiciera poco.",
    "term_people_none": "Ningún puesto de estas clases tiene nombre; no puede seguirse a nadie de una a "
    "otra.",
    "term_unnamed_one": "Un puesto no tiene nombre: cuenta para el grupo y no se une con ningún otro.",
    "term_unnamed_many": "{n} puestos no tienen nombre: cuentan para el grupo y no se unen con ningún otro.",
    "term_there": "Clases",
    "term_there_of": "{seen} de {n}",
    "term_strip": "Visto, clase a clase",
    "term_strip_desc": "En {there} clases; visto en el {coverage} de las lecturas de media.",
    "term_people_table": "Lo mismo en una tabla, clase a clase",
    "term_trend": "Tendencia",
    "term_method": "Método y límites",
    "term_how_weeks": "La proporción de una semana o del conjunto se toma de todos los rostros de sus "
    "clases juntos. Qué se mide en una clase, y con qué calidad, está en su propio informe.",
    "term_how_trend": "Se busca a partir de {least} clases: una prueba de permutación pregunta cuántas "
    "veces unas clases en orden aleatorio suben o bajan tanto como estas. Se indica cuando eso ocurre "
    "menos del {level} de las veces y el último tercio de las clases se aparta del primero en {points} "
    "puntos o más. Una tendencia tiene muchas causas: otros temas, otras cámaras, otras personas.",
    "term_how_timetable": "Una clase pertenece al día y a la hora en que empezó, según el reloj del equipo "
    "que escribió esta página.",
    "term_how_people": "Las personas se unen de una clase a otra solo por su nombre: dos con el mismo "
    "nombre forman una línea, y quien cambió de nombre tiene dos. La atención y el ánimo no se suman para "
    "nadie.",
}

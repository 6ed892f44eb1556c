"""How each figure is made, and what it must not be used for."""

WORDS = {
    "method": "Método y límites",
    "how_presence": "Se lee una imagen cada {every} s de la clase. Alguien cuenta como visto en una "
    "lectura cuando en ella se encuentra su rostro, y la proporción se toma de las lecturas hechas "
    "mientras estuvo. Una cámara apagada, un rostro vuelto del todo y una silla vacía se ven igual.",
    "how_attention": "Un rostro cuenta como vuelto hacia la pantalla cuando apunta a menos de {yaw}° a los "
    "lados y {pitch}° arriba o abajo de la dirección habitual de esa misma persona. Para ello hacen falta "
    "{needs} minutos de rostro visto, y no se da por buena una dirección habitual a más de {off}° de la "
    "cámara; hasta entonces la dirección es desconocida, no baja. Dice hacia dónde apunta la cabeza, no "
    "qué hace la mente: quien toma apuntes a mano aparta la vista.",
    "how_attention_class": "Un rostro cuenta como vuelto hacia la pantalla cuando apunta a menos de "
    "{class_yaw}° a los lados y {class_pitch}° arriba o abajo de la cámara: no se guardó la dirección "
    "habitual de nadie, así que una pantalla al lado de la cámara cuenta menos de lo que debería.",
    "class": "El grupo en conjunto",
    "how_class": "Según la política class solo se guardó esto: para cada minuto, proporciones de quienes "
    "estuvieron desde su principio hasta su fin, cada persona con el mismo peso; nada con menos de "
    "{class_least} personas. Las proporciones se redondean a 5 puntos, a 10 con menos de 20 personas y a "
    "20 con menos de 10. Un ánimo que en el minuto equivale a menos de dos personas cuenta como incierto, "
    "y ninguna proporción de un ánimo o de rostros vueltos hacia la pantalla lo dice de todos.",
    "how_moods": "Una red neuronal nombra la expresión de cada rostro: una de siete, o incierta cuando su "
    "certeza es menor del {unsure}. Las expresiones se suavizan {window} s hacia ambos lados, para que una "
    "sola imagen equivocada no dé un ánimo. Una expresión no es un sentimiento.",
    "how_coverage": "De las lecturas previstas en toda la clase, la proporción en la que se encontró un "
    "rostro: a diferencia de la proporción vista, llegar tarde la baja. Todas las demás proporciones se "
    "toman de lo que se vio; lo que no se vio no está en ninguna.",
    "here_presence": "Aquí: {faces} rostros / {readings} lecturas = {share}.",
    "here_attention": "Aquí: {turned} hacia la pantalla / {known} con dirección conocida = {share}.",
    "here_moods": "Aquí: {unsure} inciertos / {faces} rostros = {share} incierto.",
    "here_coverage": "Aquí: {faces} rostros / {due} lecturas previstas = {share}.",
    "here_moments": "Aquí el azar solo haría tanto cerca de {list} veces.",
    "one_in": "1 de cada {n}",
    "followed": "Cómo se siguió la clase",
    "how_followed": "De {due} lecturas previstas con la cámara encendida se hicieron {made}: la mitad en "
    "menos de {median} s desde que llegó la imagen, 95 de cada 100 en menos de {most} s.",
    "how_moments": "Un cambio afecta a todo el grupo, y una prueba de permutación por bloques lo encuentra "
    "poco probable por azar, teniendo en cuenta cuánto se parecen los segundos vecinos. El nivel debe "
    "mantenerse {margin} minutos antes y después y cambiar al menos {least} puntos, y el cambio debe "
    "basarse en {people} personas. La prueba está ajustada para que una clase sin ningún cambio indique "
    "uno el {level} de las veces.",
    "measured": "Qué se mide",
    "formula": "El índice de participación",
    "formula_index": "índice = 100 x ({attention} x atención + {mood} x ánimo), por persona y minuto",
    "formula_mood": "ánimo = suma de peso x proporción de los ánimos ciertos / {full}, con los pesos "
    "{weights} (Sharma et al. 2019, nunca validado frente al aprendizaje)",
    "formula_means": "La atención es la proporción de rostros vueltos hacia la pantalla entre aquellos cuya "
    "dirección se distingue. Donde una de las dos es desconocida no hay índice. Un minuto cuenta en una "
    "media según el número de rostros vistos en él; así, el tiempo en que no se vio a alguien no pesa nada.",
    "index_here": "En esta clase el grupo llega a {value} de 100, a partir del {coverage} de las lecturas "
    "que muestran un rostro.",
    "index_none": "En esta clase se vio demasiado poco para calcularlo.",
    "index_unread": "Según la política {policy} no se leyó el ánimo en esta clase; por eso no hay índice.",
    "index_class": "Según la política {policy} no se guardó nada de personas concretas; por eso no hay "
    "índice.",
    "model": "Cuántas veces acierta el modelo",
    "model_from": "Modelo {name}, entrenado con: {trained_on}. Medido con rostros que nunca vio al "
    "entrenarse. Los rostros pequeños, oscuros o vueltos se leen peor de lo que dicen estas cifras.",
    "model_unused": "Según la política {policy} no se cargó ningún modelo de emociones para esta clase.",
    "model_unknown": "No hay datos del modelo que leyó esta clase; por eso no se sabe aquí cuántas veces "
    "acierta.",
    "score_accuracy": "Aciertos, de todos los rostros",
    "score_balanced_accuracy": "Aciertos, media de los ánimos",
    "score_macro_f1": "F1, media de los ánimos",
    "score_weighted_f1": "F1, ponderado por la frecuencia de cada ánimo",
    "score_ece": "Error de calibración (0 es perfecto)",
    "score_n": "Rostros con que se midió",
    "score_public_test_accuracy": "Aciertos en PublicTest de FER-2013, con la salida entrenada con sus "
    "etiquetas",
    "score_public_test_ferplus_accuracy": "Acuerdo con la mayoría de los votantes de FER+ en PublicTest, "
    "con la salida que se muestra",
    "calibration": "La certeza se calibra con los mismos rostros: de los que se nombran con una certeza del "
    "80 %, cerca del 80 % debería ser correcto, y el error de calibración dice cuánto se aparta de eso de "
    "media.",
    "coverage_by": "Cobertura por persona",
    "coverage_by_note": "En qué se basan las cifras de cada persona; en el orden del grupo.",
    "direction_known": "Dirección conocida",
    "policy": "Política, y qué no se calculó",
    "policy_now": "Rigió la política {policy}.",
    "policy_all": "Con ella se calcula todo lo de esta página.",
    "policy_no_moods": "Con ella no se lee el ánimo: el modelo de emociones nunca se cargó, y no hay índice.",
    "policy_no_people": "Con ella no se guarda nada de personas concretas; por eso no hay nombres, franjas "
    "ni asistencia.",
    "policy_never": "Con ninguna política se guarda la imagen de un rostro ni nada con que pudiera "
    "reconocerse, no se deduce ninguna identidad de un rostro, y no se lee lo que muestra un segundo "
    "rostro al lado de alguien.",
    "not_for": "Para qué no debe usarse",
    "not_for_1": "Calificar, sancionar, admitir, contratar o cualquier otra decisión sobre una persona.",
    "not_for_2": "Juzgar el trabajo de quien enseña.",
    "not_for_3": "Concluir qué sintió, pensó o entendió alguien, o cómo es.",
    "not_for_4": "Comparar personas: las cámaras, la luz, las gafas, la piel, las costumbres y las "
    "discapacidades cambian lo que un modelo ve de ellas.",
    "law": "En la Unión Europea está prohibido inferir las emociones del alumnado en la educación "
    "(Reglamento de Inteligencia Artificial, Reglamento (UE) 2024/1689, artículo 5, apartado 1, letra f), "
    "salvo por motivos médicos o de seguridad. En otros lugares, las leyes sobre datos biométricos y "
    "expedientes escolares pueden exigir información o consentimiento. Donde no puedan inferirse ánimos, "
    "use la política eu-education, que no calcula ninguno. Esto no es asesoramiento jurídico.",
    "law_pin": 'Quien administra un equipo le prohíbe leer ánimos con la línea policy = "cues" en '
    "/etc/meetbot.toml; en Windows, en meetbot\\meetbot.toml dentro de %PROGRAMDATA%.",
    "provenance": "De dónde viene esta página",
    "item_version": "meetbot",
    "item_model": "Modelo",
    "item_model_sha256": "Modelo, SHA-256",
    "item_detector_sha256": "Buscador de rostros, SHA-256",
    "item_points_sha256": "Puntos del rostro, SHA-256",
    "item_settings": "Ajustes",
    "item_content_hash": "Contenido de la grabación",
    "item_policy": "Política vigente",
    "item_not_computed": "Ni calculado ni guardado",
    "item_narrowed_from": "Leída con esta política, y restringida después",
    "item_source": "Grabación",
    "item_consent": "Registro de consentimiento, último valor de control",
    "item_every": "Segundos entre lecturas",
    "item": "Dato",
    "value": "Valor",
}

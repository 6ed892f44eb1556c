"""What other parts say of a lesson, in the words of this language."""

WORDS = {
    "warned_until": "Leído hasta {read} de {length}; falta el resto.",
    "warned_short": "La atención no puede saberse: hacen falta {needs} minutos de cada persona, y la clase "
    "dura {length}.",
    "warned_moods": "No se leyó el ánimo; por eso no hay índice de participación (política {policy}).",
    "warned_unmatched_one": "1 nombre de la lista del grupo no pudo asignarse a un puesto; escriba el "
    "puesto de cada persona, como Seat 3, en su columna 'alias'.",
    "warned_unmatched_many": "{n} nombres de la lista del grupo no pudieron asignarse a un puesto; escriba "
    "el puesto de cada persona, como Seat 3, en su columna 'alias'.",
    "warned_another_class": "Nadie de quienes se vieron está en la lista del grupo; compruebe si es la "
    "lista de esta clase.",
    "warned_faceless": "No se vio ninguna cara en la imagen de {size}: puede que las cámaras estén apagadas, "
    "la imagen negra, o las caras midan menos de {least} píxeles; `meetbot tiles` con --png muestra cómo se "
    "dividió.",
    "warned_speech": "No puede saberse quién habla: nada en esta clase lo muestra; por eso no hay tiempos "
    "de palabra.",
    "warned_fewer": "Los minutos en que estuvieron de principio a fin menos de {least} personas no muestran "
    "nada.",
    "warned_teacher": "Quien enseña cuenta como parte del grupo: con esta política solo puede dejarse fuera "
    "mientras se lee la clase, con --teacher, con una lista del grupo o por la sala.",
    "warned_unnamed": "Se excluyó a alguien por su nombre; por eso tampoco se analizan los recuadros cuyo "
    "nombre no puede leerse o no está en la lista del grupo, si la hay: no se sabe de quién son.",
    "warned_not_found": "Ningún recuadro llevaba el nombre de {name}, a quien debía excluirse; los "
    "recuadros de nombre ilegible no se analizaron.",
    "warned_apart": "{seats}: quizá ya estuvo aquí en otro puesto; no pudo saberse, por eso se mantienen "
    "separados.",
    "warned_names": "Los puestos van numerados porque aquí no se leen los nombres; para leerlos: pip "
    'install "meetbot[names]"',
    "warned_videos": "{file} tiene varios vídeos; se leyó el mayor y se dejó fuera {others}.",
    "warned_clock_back": "El reloj de la grabación salta {seconds} s hacia atrás; el tiempo se siguió "
    "contando sin el salto.",
    "warned_clock_ahead": "El reloj de la grabación salta {seconds} s hacia delante; el tiempo se siguió "
    "contando sin el salto.",
    "warned_cut_one": "Se omitió 1 paquete dañado, al final del todo: el archivo está probablemente cortado.",
    "warned_cut_many": "Se omitieron {n} paquetes dañados, el último al final del todo: el archivo está "
    "probablemente cortado.",
    "warned_packet_one": "Se omitió 1 paquete dañado.",
    "warned_packet_many": "Se omitieron {n} paquetes dañados.",
    "warned_end": "{file} termina en {read} en lugar de {length}: falta el resto.",
    "warned_over": "La clase terminó para el bot: {why}.",
}

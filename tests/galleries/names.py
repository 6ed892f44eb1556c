"""Names that people have, in several alphabets; all made up."""

import numpy as np

from tests.galleries.text import alphabets

_FIRST_TEXT = """
Zoë André José Łukasz Søren Åsa Chloë Jürgen François Renée Núria Ágnes Iñaki Gülşen Dušan
Małgorzata Ólafur Emma Noah Liam Sofia Oliver Mia Lucas Anna Leon Clara Jonas Maria Felix Julia
Hannah Omar Leila Priya Arjun Wei Mei Hiroshi Yuki Minjun Jiwoo Kwame Amara Thabo Nia Diego
Camila Mateo Valentina João Beatriz Marek Zofia Giulia Matteo Ioana Andrei Nikolaj Freja Aoife
Ciarán Bjørn Élodie Tomáš Žofie Mustafa Ayşe Ivana Petra
"""
_FIRST = tuple(_FIRST_TEXT.split())
_LAST_TEXT = """
Müller García Fernández Øster Nowak Kowalski Čermák Dvořák Šimić Çelik Öztürk Nguyễn Bélanger
Lefèvre Smith Johnson Brown Taylor Wilson Evans Rossi Bianchi Ferrari Silva Santos Pereira Costa
Popescu Ionescu Hansen Larsen Johansson Lindqvist Virtanen Korhonen Novák Horváth Szabó Tóth
Kovács Patel Singh Sharma Chen Wang Tanaka Suzuki Kim Park Mensah Okafor Ndlovu Diallo Haddad
Rahimi O'Brien Murphy Walsh Weiß Großmann Schäfer Castañeda Peña Gonçalves Assunção
"""
_LAST = tuple(_LAST_TEXT.split())
_OTHERS = {
    "greek": ("Ελένη Παπαδοπούλου", "Γιώργος Νικολάου", "Μαρία Αντωνίου", "Κώστας Δημητρίου"),
    "cyrillic": (
        "Анна Иванова",
        "Дмитрий Соколов",
        "Олена Шевченко",
        "Іван Коваль",
        "Мария Петрова",
        "Юрий Орлов",
    ),
    "arabic": ("محمد علي", "فاطمة حسن", "ليلى يوسف", "عمر خالد"),
    "chinese": ("王小明", "李娜", "张伟", "陈思雨", "刘洋"),
    "japanese": ("さとう ゆき", "タナカ ケン", "やまだ はな", "スズキ アオイ"),
    "hangul": ("김민준", "이서연", "박지우", "최수아"),
    "devanagari": ("प्रिया शर्मा", "अर्जुन सिंह", "नेहा गुप्ता"),
}
_OTHER_SHARE = 0.06  # of the names; the rest is Latin


def draw_names(count: int, chance: np.random.Generator) -> tuple[str, ...]:
    """So many names, no two alike."""
    others = [name for alphabet in alphabets() for name in _OTHERS.get(alphabet, ())]
    names: list[str] = []
    while len(names) < count:
        name = str(chance.choice(others)) if chance.random() < _OTHER_SHARE else _latin(chance)
        if name not in names:
            names.append(name)
    return tuple(names)


def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = name.split()
    return "".join(word[0] for word in (words if len(words) < 2 else (words[0], words[-1]))).upper()


def _latin(chance: np.random.Generator) -> str:
    first, last = str(chance.choice(_FIRST)), str(chance.choice(_LAST))
    form = chance.random()
    if form < 0.08:
        return first
    if form < 0.14:
        return f"{last}, {first}"
    if form < 0.2:
        return f"{first} {last} {chance.choice(_LAST)}"
    return f"{first} {last}"

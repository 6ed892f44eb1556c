"""Which frame an H.264 frame refers to, as far as the headers of its slices tell.

Of what headers hold (ITU-R H.264, 7.3) only that is read which leads to the answer. Where it isn't plain,
as with fields, or where a frame may choose among several others, there is none.
"""

from collections.abc import Iterator
from typing import NamedTuple

_SLICE, _SLICE_OF_KEY, _SEQUENCE, _PICTURE = 1, 5, 7, 8  # kinds of units
_P, _I = 0, 2  # kinds of slices
_START = b"\0\0\1"  # stands before a unit where its length doesn't
_HEADER = 40  # bytes of a slice in which all lies that is read of it
_PARAMETERS = 256  # bytes of what sequences and pictures share, likewise
_COLOURFUL = (
    44,
    83,
    86,
    100,
    110,
    118,
    122,
    128,
    134,
    135,
    138,
    139,
    244,
)  # profiles that tell their colours


class Link(NamedTuple):
    """What a frame refers to, by the numbers of those frames that others may refer to."""

    number: int
    reference: int | None  # None: it refers to no other
    between: int = 0  # numbers that lie between the two


class Headers:
    """Reads the headers of one stream, packet by packet."""

    def __init__(self, extradata: bytes | None) -> None:
        told = extradata or b""
        self._length = (told[4] & 3) + 1 if len(told) > 6 and told[0] == 1 else 0  # bytes that tell a length
        self._sequences: dict[int, _Sequence] = {}
        self._pictures: dict[int, _Picture] = {}
        for unit in _listed(told) if self._length else _started(told):
            self._learn(unit)

    def alone(self, packet: bytes) -> bool:
        """Whether nothing in the frame refers to others; where a strip alone is new, the rest of it does."""
        return all(_refers_to_none(unit) for unit in self._units(packet) if unit[0] & 31 == _SLICE)

    def link(self, packet: bytes) -> Link | None:
        """What the frame in this packet refers to, if that is plain."""
        links: set[Link | None] = set()
        for unit in self._units(packet):
            self._learn(unit)
            if unit[0] & 31 in (_SLICE, _SLICE_OF_KEY):
                links.add(self._link_of(unit))
        return links.pop() if len(links) == 1 else None

    def _units(self, packet: bytes) -> Iterator[bytes]:
        return _measured(packet, self._length) if self._length else _started(packet)

    def _learn(self, unit: bytes) -> None:
        kind = unit[0] & 31
        try:
            if kind == _SEQUENCE:
                self._sequences |= _sequence(_Bits(unit[4:_PARAMETERS]), unit[1])
            elif kind == _PICTURE:
                self._pictures |= _picture(_Bits(unit[1:_PARAMETERS]))
        except (_Unclear, IndexError):
            self._sequences.clear()  # what was known before may hold no more
            self._pictures.clear()

    def _link_of(self, unit: bytes) -> Link | None:
        bits = _Bits(unit[1:_HEADER])
        try:
            _block, kind, picture = bits.number(), bits.number() % 5, self._pictures[bits.number()]
            sequence = self._sequences[picture.sequence]
            number = bits.take(sequence.counted)
            if kind == _I:
                return Link(number, None)
            bits.take(sequence.ordered)
            if picture.ordered and sequence.ordered:
                bits.number()
            if kind != _P or bits.take(1):  # with a number of references of its own
                return None
            back = _distance(bits) if bits.take(1) else 1
        except (_Unclear, KeyError):
            return None
        if back > sequence.kept:
            return None
        return Link(number, (number - back) % 2**sequence.counted, back - 1)


class _Sequence(NamedTuple):
    counted: int  # bits of a frame's number
    ordered: int  # bits of its place in the order of showing
    kept: int  # frames that are kept to be referred to


class _Picture(NamedTuple):
    sequence: int
    ordered: bool  # whether more is told of the order of showing


class _Unclear(Exception):
    """The headers end too early, or tell of something that isn't looked into here."""


class _Bits:
    """The bits of a unit, from its first."""

    def __init__(self, unit: bytes) -> None:
        plain = unit.replace(b"\0\0\3", b"\0\0")  # the three keeps data from looking like a start
        self._value, self._left = int.from_bytes(plain), 8 * len(plain)

    def take(self, count: int) -> int:
        """So many bits as a number."""
        self._left -= count
        if self._left < 0:
            raise _Unclear
        return self._value >> self._left & (1 << count) - 1

    def number(self) -> int:
        """A number that tells its own length: the standard's ue(v)."""
        zeros = 0
        while not self.take(1):
            zeros += 1
            if zeros > 31:  # no such number is told
                raise _Unclear
        return (1 << zeros) - 1 + self.take(zeros)


def _refers_to_none(unit: bytes) -> bool:
    bits = _Bits(unit[1:_HEADER])
    try:
        _block, kind = bits.number(), bits.number() % 5
    except _Unclear:
        return False
    return kind == _I


def _sequence(bits: _Bits, profile: int) -> dict[int, _Sequence]:
    name = bits.number()
    if profile in _COLOURFUL:
        colours, _luma, _chroma = bits.number(), bits.number(), bits.number()
        _bypass, scaled = bits.take(1), bits.take(1)
        if colours == 3 or scaled:
            raise _Unclear
    counted, order = bits.number() + 4, bits.number()
    if order == 1:
        raise _Unclear
    ordered = bits.number() + 4 if order == 0 else 0
    kept, _gaps = bits.number(), bits.take(1)
    _width, _height, whole = bits.number(), bits.number(), bits.take(1)
    if not whole:  # fields
        raise _Unclear
    return {name: _Sequence(counted, ordered, kept)}


def _picture(bits: _Bits) -> dict[int, _Picture]:
    name, sequence, _entropy, ordered = bits.number(), bits.number(), bits.take(1), bits.take(1)
    groups, references, backwards = bits.number(), bits.number(), bits.number()
    _weights, _quality, _start, _colours = bits.take(3), bits.number(), bits.number(), bits.number()
    _filter, _within, redundant = bits.take(1), bits.take(1), bits.take(1)
    if groups or references or backwards or redundant:  # each counts from one
        raise _Unclear
    return {name: _Picture(sequence, bool(ordered))}


def _distance(bits: _Bits) -> int:
    """How many frames back the reference is that a slice puts first."""
    way = bits.number()
    if way:  # the other way, or one that is kept for long
        raise _Unclear
    return bits.number() + 1


def _listed(told: bytes) -> Iterator[bytes]:
    """The units in the header of an mp4 or Matroska file."""
    place = 5
    for mask in (31, 255):
        count, place = told[place] & mask if place < len(told) else 0, place + 1
        for _ in range(count):
            begin = place + 2
            place = begin + int.from_bytes(told[place:begin])
            yield from (told[begin:place],) if told[begin:place] else ()


def _measured(packet: bytes, length: int) -> Iterator[bytes]:
    """The units of a packet, each behind its length."""
    place = 0
    while place + length < len(packet):
        begin = place + length
        place = begin + int.from_bytes(packet[place:begin])
        yield from (packet[begin:place],) if packet[begin:place] else ()


def _started(packet: bytes) -> Iterator[bytes]:
    """The units of a packet, each behind a mark of three bytes."""
    return (unit for unit in packet.split(_START)[1:] if unit)

"""Tells pictures from STUN messages by their first byte, as RFC 7983 says.

aioice (0.13) tries to read every packet as STUN. An RTP packet whose number happens to be its length less 20
passes as one so far that the reading may break: an error is printed, and the packet is lost as often as it is
sent again. The jitter buffer then waits for it over 512 packets, half a minute without that person's picture.
"""

from aioice import stun

_LAST_OF_STUN = 3  # RTP begins with 128 to 191, DTLS with 20 to 63
_parse = stun.parse_message


def mind_the_first_byte() -> None:
    """Let aioice read as STUN what can be STUN; doing it twice does no harm."""
    stun.parse_message = _parse_stun


def _parse_stun(data: bytes) -> stun.Message:
    if not data or data[0] > _LAST_OF_STUN:
        raise ValueError("no STUN message")  # by which aioice knows that it is something else
    return _parse(data)

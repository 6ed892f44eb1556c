"""Lets peers meet on a machine that has no network but itself.

aioice (0.13) never gathers 127.0.0.1 and has no option for it, so on such a machine two peers find no way to
each other. Its list of addresses is therefore replaced by one that is never empty; where there is any other
address, the list is aioice's own.
"""

import socket

from aioice import ice

from meetbot.errors import RoomError

_ITSELF = "127.0.0.1"
_gathered = ice.get_host_addresses


def alone() -> bool:
    """Whether this machine has no address but its own."""
    return not _gathered(use_ipv4=True, use_ipv6=True)


def check_loopback() -> None:
    """Says so where not even this machine's own interface is up."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((_ITSELF, 9))  # nothing is sent
        except OSError as error:
            raise RoomError(
                f"This machine can't reach itself ({error.strerror}); bring its loopback interface up, "
                "on Linux with `ip link set lo up`."
            ) from error


def reach_itself() -> None:
    """Let connections within this machine come about; doing it twice does no harm."""
    ice.get_host_addresses = _addresses


def _addresses(use_ipv4: bool, use_ipv6: bool) -> list[str]:
    return _gathered(use_ipv4, use_ipv6) or [_ITSELF]

"""Which schedulers may be spoken to: what Dask sends is code, so beyond this machine it must be locked."""

from urllib.parse import urlsplit

from meetbot.errors import UsageError

HERE = ("localhost", "127.0.0.1", "::1")


def required_safe(address: str) -> str:
    """The address of a scheduler, with its scheme; refused where anybody on the way could run code."""
    whole = address if "://" in address else f"tcp://{address}"
    try:
        parts = urlsplit(whole)
        scheme, host, port = parts.scheme, parts.hostname, parts.port
        more = parts.path or parts.query or parts.fragment or parts.username is not None
    except ValueError:
        scheme, host, port, more = "", None, None, ""
    shown = "(not repeated: a password may stand in it)" if set("@?#") & set(address) else address
    if scheme not in ("tcp", "tls") or not host or not port or more:
        raise UsageError(f"--cluster {shown} is no address of a scheduler; write tls://HOST:PORT.")
    if scheme == "tcp" and host not in HERE:
        raise UsageError(
            f"--cluster {address} is refused: over tcp anybody on the way could run programs on both ends; "
            "start the scheduler with certificates and write tls:// (docs/scale.md shows how)."
        )
    return f"{scheme}://[{host}]:{port}" if ":" in host else f"{scheme}://{host}:{port}"

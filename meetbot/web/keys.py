"""Keys and tokens: made so that nobody can guess them, and compared so that time tells nothing."""

import secrets


def new_key() -> str:
    """Twenty-four random bytes, as text that fits into a link."""
    return secrets.token_urlsafe(24)


def matches(said: str, key: str) -> bool:
    """Whether somebody knows a key; what they say may be anything."""
    return secrets.compare_digest(said.encode(errors="replace"), key.encode())

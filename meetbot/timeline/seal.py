"""Seals bytes with a passphrase, each to its place in one file: what was changed or moved doesn't open.

AES-256 in Galois counter mode; the key comes from the passphrase by scrypt, whose salt and cost stand in
the file. Every box has a fresh nonce, and is bound to its file and its place in it.
"""

import hashlib
import hmac
import os
import unicodedata
from dataclasses import dataclass
from typing import Self

NONCE, TAG, SALT = 12, 16, 16  # bytes
COST, BLOCK, LANES = 2**17, 8, 1  # scrypt: 128 MB and about half a second for every guess (OWASP's figures)
MOST_MEMORY = 2**29  # bytes; a file from a stranger must not have more taken for its key

_MADE_FOR = b"meetbot lesson"


@dataclass(frozen=True, slots=True)
class Lock:
    """What stands in the file in the open: by it and the passphrase the key is made again."""

    salt: bytes
    cost: int = COST
    block: int = BLOCK
    lanes: int = LANES

    @classmethod
    def new(cls) -> Self:
        """A lock that no other file has."""
        return cls(os.urandom(SALT), COST, BLOCK, LANES)

    def keys(self, passphrase: str) -> tuple[bytes, bytes]:
        """The key that seals, and the one that sums; a ValueError where the lock can't be real."""
        need = 128 * self.block * (self.cost + self.lanes)
        if not (0 < need <= MOST_MEMORY and 0 < self.lanes <= 16 and len(self.salt) == SALT):
            raise ValueError("a lock of impossible cost")
        typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "replace")
        made = hashlib.scrypt(
            typed, salt=self.salt, n=self.cost, r=self.block, p=self.lanes, maxmem=need + 2**20, dklen=64
        )
        return made[:32], made[32:]


class Seal:
    """Closes and opens the boxes of one file."""

    def __init__(self, lock: Lock, passphrase: str) -> None:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # 40 ms that plain lessons don't need

        key, self._summing = lock.keys(passphrase)
        self._cipher = AESGCM(key)
        self._bound = _MADE_FOR + lock.salt

    def close(self, place: int, content: bytes) -> bytes:
        """The content as a box that opens at this place only."""
        nonce = os.urandom(NONCE)
        return nonce + self._cipher.encrypt(nonce, content, self._place(place))

    def open(self, place: int, box: bytes) -> bytes:
        """What was put into a box; a ValueError where it is not the one that was closed for this place."""
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher.decrypt(box[:NONCE], box[NONCE:], self._place(place))
        except InvalidTag as error:
            raise ValueError("a box that was not closed for its place") from error

    def share(self, place: int, box: bytes) -> int:
        """What a box adds to the sum of all: by it a missing box is noticed, and an old one put back."""
        mark = hmac.digest(self._summing, self._place(place) + box[-TAG:], "sha256")
        return int.from_bytes(mark, "big")

    def _place(self, place: int) -> bytes:
        return self._bound + place.to_bytes(8, "big")

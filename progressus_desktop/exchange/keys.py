"""The keys of a laptop: Ed25519 to sign packages, age (X25519) to open them, and six words to compare by telephone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cache

import pyrage
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from progressus_desktop import assets

WORDS = 6
_BITS = 10
"""Each word is one of 1,024, so that six say 60 bits."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The private keys of one replica: 32 bytes to sign with, and the age secret as text."""

    sign_private: bytes = field(repr=False)
    age_secret: str = field(repr=False)

    @property
    def sign_public(self) -> bytes:
        """The 32 bytes that prove a signature."""
        return sign_public(self.sign_private)

    @property
    def age_public(self) -> str:
        """The key that others encrypt to, ``age1…``."""
        return age_public(self.age_secret)


def new_keys() -> Keys:
    """Fresh random keys."""
    return Keys(Ed25519PrivateKey.generate().private_bytes_raw(), str(pyrage.x25519.Identity.generate()))


def sign_public(sign_private: bytes) -> bytes:
    """The 32-byte public key of a signing key."""
    return Ed25519PrivateKey.from_private_bytes(sign_private).public_key().public_bytes_raw()


def age_public(age_secret: str) -> str:
    """The public key of an age secret."""
    return str(pyrage.x25519.Identity.from_str(age_secret).to_public())


def is_age_public(value: object) -> bool:
    """Whether this is a key that others can encrypt to."""
    if not isinstance(value, str):
        return False
    try:
        pyrage.x25519.Recipient.from_str(value)
    except pyrage.RecipientError:
        return False
    return True


def is_age_secret(value: str) -> bool:
    """Whether this opens packages."""
    try:
        pyrage.x25519.Identity.from_str(value)
    except pyrage.IdentityError:
        return False
    return True


def sign(sign_private: bytes, data: bytes) -> bytes:
    """The 64-byte Ed25519 signature of ``data``."""
    return Ed25519PrivateKey.from_private_bytes(sign_private).sign(data)


def verify(sign_public_key: bytes, data: bytes, signature: bytes) -> bool:
    """Whether ``signature`` of ``data`` was made with the private half of this 32-byte key."""
    try:
        Ed25519PublicKey.from_public_bytes(sign_public_key).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


@cache
def _words(language: str) -> tuple[str, ...]:
    return tuple(assets.resource(f"wordlists/{language}.txt").read_text(encoding="utf-8").split())


def words(sign_public_key: bytes, language: str) -> tuple[str, ...]:
    """Six words that stand for a signing key, to be read aloud; ``language`` is "pl" or "en".

    Both people must read the same language: the same key gives other words in another one.
    """
    number = int.from_bytes(hashlib.blake2b(sign_public_key, digest_size=8, person=b"progressus-words").digest(), "big")
    known = _words(language)
    return tuple(known[number >> shift & (1 << _BITS) - 1] for shift in range(54, 54 - WORDS * _BITS, -_BITS))

"""The outer file: age v1, to X25519 keys through pyrage, or to one passphrase with a bounded work factor.

pyrage writes passphrase files with as much work as this machine does in a second, which may need more memory than
the receiving laptop has. So their 120 bytes of head are written here, with a fixed work factor, as the format says
(C2SP age v1); reading them is pyrage's.
"""

from __future__ import annotations

import base64
import hashlib
import io
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO

import pyrage
from cryptography.hazmat.primitives import hmac
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from progressus_desktop.exchange import limits as most
from progressus_desktop.exchange.refusals import Reason, damaged, not_a_package, not_for_us, too_large, wrong_passphrase

WORK = 18
"""2^18 rounds, 256 MiB and about 0.7 s, as the ``age`` command does it."""

_FIRST_LINE = b"age-encryption.org/v1\n"
_CHUNK = 64 * 1024
_SCRYPT = re.compile(rb"-> scrypt [A-Za-z0-9+/]{22} ([1-9][0-9]?)")


@dataclass(frozen=True, slots=True)
class Peek:
    """What anyone can see of a file: whether a passphrase opens it, and its size in bytes."""

    passphrase: bool
    size: int


def peek(file: BinaryIO) -> Peek:
    """Look at the readable head of a file; the position goes back to the start.

    Raises:
        DamagedError: no age file, or beyond the limits.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    head = file.read(most.HEADER)
    file.seek(0)
    if not head.startswith(_FIRST_LINE):
        raise not_a_package(Reason.OUTER_NOT_AGE) if size else damaged(Reason.OUTER_TRUNCATED)
    end = head.find(b"\n--- ")
    if end < 0:
        raise damaged(Reason.OUTER_HEADER)
    stanzas = [line for line in head[:end].split(b"\n") if line.startswith(b"-> ")]
    passphrase = [line for line in stanzas if line.startswith(b"-> scrypt ")]
    if passphrase:
        found = _SCRYPT.fullmatch(passphrase[0])
        if len(stanzas) > 1 or not found:
            raise damaged(Reason.OUTER_HEADER)
        if int(found[1]) > most.SCRYPT_LOG_N:
            raise too_large(Reason.OUTER_WORK)
    if size > (most.PASSPHRASE_FILE if passphrase else most.FILE):
        raise too_large(Reason.OUTER_SIZE)
    return Peek(bool(passphrase), size)


class _Sink:
    """Where pyrage puts the plain bytes: one buffer of the size of the file, filled once."""

    def __init__(self, size: int) -> None:
        self.buffer = bytearray(size)
        self.filled = 0

    def write(self, data: bytes) -> int:
        end = self.filled + len(data)
        if end > len(self.buffer):
            raise damaged(Reason.OUTER_DAMAGED)
        self.buffer[self.filled : end] = data
        self.filled = end
        return len(data)


class _Kept:
    """A file that pyrage reads from or writes to, hashed on the way in.

    What goes wrong in it is kept: pyrage gives it another name, and loses it where it happens with the last bytes.
    """

    def __init__(self, file: Any) -> None:
        self._file = file
        self.hash = hashlib.blake2b(digest_size=32)
        self.failure: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            data: bytes = self._file.read(size)
        except Exception as error:
            self.failure = error
            raise
        self.hash.update(data)
        return data

    def write(self, data: bytes) -> int:
        try:
            return int(self._file.write(data))
        except Exception as error:
            self.failure = error
            raise

    def flush(self) -> None:
        """Whoever gave the file flushes it."""

    def raise_failure(self) -> None:
        if self.failure is not None:
            raise self.failure


def opened(file: BinaryIO, identities: Sequence[str], passphrase: str | None) -> tuple[memoryview, bytes]:
    """The plain bytes of a file and the BLAKE2b-256 of the file as it stands.

    Raises:
        AccessError: none of the age secrets, or not this passphrase, opens it.
        DamagedError: damaged, cut short, no age file, or beyond the limits.
    """
    seen = peek(file)
    if seen.passphrase is (passphrase is None):
        raise not_for_us(Reason.OUTER_NO_KEY) if passphrase is None else wrong_passphrase(Reason.OUTER_PASSPHRASE)
    kept, sink = _Kept(file), _Sink(seen.size)
    try:
        if passphrase is not None:
            plain = memoryview(pyrage.passphrase.decrypt(kept.read(), passphrase))
        else:
            into = _Kept(sink)
            pyrage.decrypt_io(kept, into, [pyrage.x25519.Identity.from_str(each) for each in identities])
            into.raise_failure()
            plain = memoryview(sink.buffer)[: sink.filled]
    except (pyrage.DecryptError, OSError) as error:
        kept.raise_failure()
        if "No matching keys" in str(error):
            raise not_for_us(Reason.OUTER_NO_KEY) from error
        if "Decryption failed" in str(error) and passphrase is not None:
            raise wrong_passphrase(Reason.OUTER_PASSPHRASE) from error
        raise damaged(Reason.OUTER_DAMAGED) from error
    return plain.toreadonly(), kept.hash.digest()


class _Pull:
    """Makes a stream of pieces readable in parts."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._piece = memoryview(b"")

    def read(self, size: int) -> bytes:
        try:
            while not self._piece:
                self._piece = memoryview(next(self._pieces))
        except StopIteration:
            return b""
        part, self._piece = self._piece[:size], self._piece[size:]
        return bytes(part)


def seal_to(recipients: Sequence[str], pieces: Iterator[bytes], file: BinaryIO) -> None:
    """Encrypt a stream to age public keys into ``file``. Whatever reading or writing raises comes through."""
    pull, into = _Kept(_Pull(pieces)), _Kept(file)
    try:
        pyrage.encrypt_io(pull, into, [pyrage.x25519.Recipient.from_str(each) for each in recipients])
    except pyrage.EncryptError:
        pull.raise_failure()
        into.raise_failure()
        raise
    into.raise_failure()


def seal_with(passphrase: str, pieces: Iterator[bytes], file: BinaryIO, work: int = WORK) -> None:
    """Encrypt a stream with a passphrase into ``file``; ``work`` is the binary logarithm of the rounds."""
    file_key, salt, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    stretched = Scrypt(salt=b"age-encryption.org/v1/scrypt" + salt, length=32, n=1 << work, r=8, p=1)
    wrapped = ChaCha20Poly1305(stretched.derive(passphrase.encode())).encrypt(bytes(12), file_key, None)
    head = _FIRST_LINE + b"-> scrypt %s %d\n%s\n---" % (_base64(salt), work, _base64(wrapped))
    code = hmac.HMAC(HKDF(SHA256(), 32, None, b"header").derive(file_key), SHA256())
    code.update(head)
    file.write(head + b" " + _base64(code.finalize()) + b"\n" + nonce)
    cipher = ChaCha20Poly1305(HKDF(SHA256(), 32, nonce, b"payload").derive(file_key))
    file.writelines(
        cipher.encrypt(number.to_bytes(11, "big") + bytes([is_last]), chunk, None)
        for number, (chunk, is_last) in enumerate(_chunks(pieces))
    )


def _chunks(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """The stream in chunks of 64 KiB, and whether each is the last; only a single chunk may be empty."""
    pull = _Pull(pieces)
    waiting = b""
    while True:
        chunk = waiting
        while len(chunk) <= _CHUNK and (more := pull.read(_CHUNK)):
            chunk += more
        if len(chunk) <= _CHUNK:
            yield chunk, True
            return
        yield chunk[:_CHUNK], False
        waiting = chunk[_CHUNK:]


def _base64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")

"""The data key and the slots that wrap it: password and recovery code (like LUKS). Never on disk in clear."""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from progressus_desktop.errors import AccessError, DamagedError
from progressus_desktop.store import places
from progressus_desktop.words import N_, Message

FORMAT = 1
_MOST_BYTES = 64 * 1024
_MOST_MEMORY_KIB = 1024 * 1024
_MOST_ITERATIONS = 32

# Crockford's alphabet: no I, L, O, U, so that nothing on paper is mistaken.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters of codes that people read aloud or copy from paper."""

_CODE_LETTERS = 24
_CHECK_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Work:
    """Cost of turning a password into a key (Argon2id, RFC 9106): memory in KiB, passes, lanes."""

    memory_kib: int = 64 * 1024
    iterations: int = 3
    lanes: int = 2


STRONG = Work()
"""About 0.2 s on a current machine and under 1.5 s on a slow laptop."""


def new_data_key() -> bytes:
    """A fresh random 32-byte key."""
    return secrets.token_bytes(32)


def derived(data_key: bytes, purpose: bytes) -> bytes:
    """A 32-byte key for one purpose (HKDF-SHA256 of the data key)."""
    return HKDF(SHA256(), 32, None, b"progressus-desktop " + purpose).derive(data_key)


def slot(kind: str, secret: str, data_key: bytes, workspace_id: str, work: Work = STRONG) -> dict[str, Any]:
    """A slot that opens with ``secret``: the data key wrapped by a key made from it."""
    salt, nonce = os.urandom(16), os.urandom(12)
    wrapped = ChaCha20Poly1305(_stretched(secret, salt, work)).encrypt(nonce, data_key, _bound(kind, workspace_id))
    return {
        "kind": kind,
        "kdf": "argon2id",
        "memory_kib": work.memory_kib,
        "iterations": work.iterations,
        "lanes": work.lanes,
        "salt": salt.hex(),
        "nonce": nonce.hex(),
        "wrapped": wrapped.hex(),
    }


def unwrap(slots: list[dict[str, Any]], kind: str, secret: str, workspace_id: str) -> bytes:
    """The data key out of the first slot of ``kind`` that ``secret`` opens.

    Raises:
        AccessError: none opens.
        DamagedError: a slot cannot be read.
    """
    for each in slots:
        if each.get("kind") != kind:
            continue
        try:
            work = Work(int(each["memory_kib"]), int(each["iterations"]), int(each["lanes"]))
            _within_limits(work)
            key = _stretched(secret, bytes.fromhex(each["salt"]), work)
            nonce, wrapped = bytes.fromhex(each["nonce"]), bytes.fromhex(each["wrapped"])
            return ChaCha20Poly1305(key).decrypt(nonce, wrapped, _bound(kind, workspace_id))
        except InvalidTag:
            continue
        except (KeyError, TypeError, ValueError) as error:
            raise _damaged() from error
    if kind == "recovery":
        message = Message(N_("This code does not open the workspace."))
        hint = Message(N_("Nothing was changed. Check the code on the newest recovery sheet, letter by letter."))
    else:
        message = Message(N_("This password does not open the workspace."))
        hint = Message(N_("Nothing was changed. Check Caps Lock and the keyboard layout, then type it again."))
    raise AccessError(message, hint=hint)


def load(file: Path) -> list[dict[str, Any]]:
    """The slots in ``keys.json``.

    Raises:
        DamagedError: the file is missing, too big or not ours.
    """
    try:
        if file.stat().st_size > _MOST_BYTES:
            raise _damaged()
        found = json.loads(file.read_text(encoding="utf-8"))
        slots = found["slots"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise _damaged() from error
    if not isinstance(slots, list) or not all(isinstance(each, dict) for each in slots):
        raise _damaged()
    return slots


def save(file: Path, slots: list[dict[str, Any]]) -> None:
    """Write ``keys.json`` whole or not at all.

    Raises:
        OSError: it could not be written; the old file is untouched.
    """
    places.write_safely(file, json.dumps({"format": FORMAT, "slots": slots}, indent=1).encode())


def replaced(slots: list[dict[str, Any]], new: dict[str, Any]) -> list[dict[str, Any]]:
    """The slots with the one of the same kind replaced: a new sheet voids the old."""
    return [each for each in slots if each.get("kind") != new["kind"]] + [new]


def new_recovery_code() -> str:
    """A random code of 120 bits for the recovery sheet, in groups, with two check letters."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(_CODE_LETTERS))
    return grouped(letters + _check_letters(letters))


def grouped(letters: str) -> str:
    """A code as it is printed: groups of five letters."""
    return "-".join(letters[i : i + 5] for i in range(0, len(letters), 5))


def read_recovery_code(text: str) -> str:
    """The code as typed from paper: case, blanks and look-alike letters do not matter.

    Raises:
        AccessError: a letter is missing or mistyped; the check letters tell.
    """
    look_alikes = str.maketrans("OILU", "011V")
    letters = "".join(c for c in text.upper().translate(look_alikes) if c.isalnum())
    body, check = letters[:_CODE_LETTERS], letters[_CODE_LETTERS:]
    good = len(letters) == _CODE_LETTERS + _CHECK_LETTERS and set(letters) <= set(ALPHABET)
    if not good or check != _check_letters(body):
        hint = Message(N_("It has 26 letters and digits. Compare it with the sheet, letter by letter."))
        raise AccessError(Message(N_("The recovery code is mistyped.")), hint=hint)
    return body


def is_recovery_code(text: str) -> bool:
    """Whether ``text`` is a recovery code rather than a password: only a code has its length and check letters."""
    try:
        read_recovery_code(text)
    except AccessError:
        return False
    return True


def _check_letters(letters: str) -> str:
    total = 0
    for letter in letters:
        total = (total * 32 + ALPHABET.index(letter)) % 1021  # a prime under 32², so one wrong letter always shows
    return ALPHABET[total // 32] + ALPHABET[total % 32]


def _stretched(secret: str, salt: bytes, work: Work) -> bytes:
    kdf = Argon2id(salt=salt, length=32, iterations=work.iterations, lanes=work.lanes, memory_cost=work.memory_kib)
    return kdf.derive(secret.encode())


def _bound(kind: str, workspace_id: str) -> bytes:
    return f"progressus-desktop slot {kind} {workspace_id}".encode()


def _within_limits(work: Work) -> None:
    if work.memory_kib > _MOST_MEMORY_KIB or work.iterations > _MOST_ITERATIONS:
        msg = "the key file asks for more work than this program allows"
        raise ValueError(msg)


def _damaged() -> DamagedError:
    hint = Message(N_("Nothing was changed. Restore the newest backup into a new folder; keep this one."))
    return DamagedError(Message(N_("The key file of this workspace is missing or damaged.")), hint=hint)

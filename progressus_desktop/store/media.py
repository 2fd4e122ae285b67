"""Encrypted attachments: immutable files named by a keyed hash of their content."""

from __future__ import annotations

import hashlib
import hmac
import os
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import Type
from progressus_desktop.errors import DamagedError, NotFoundError, StorageError
from progressus_desktop.store import keys, places
from progressus_desktop.store.tables import q, shape
from progressus_desktop.words import N_, Message

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace

MOST_BYTES = 40 * 1024 * 1024
"""The largest attachment (exchange.md, section 4)."""

_NONCE, _TAG = 12, 16


def _file(ws: Workspace, sha: str) -> Path:
    name = hmac.new(keys.derived(ws.data_key, b"attachment names"), bytes.fromhex(sha), hashlib.sha256).hexdigest()
    return ws.folder / "attachments" / name[:2] / name


def _key(ws: Workspace, sha: str) -> bytes:
    return keys.derived(ws.data_key, b"attachment " + bytes.fromhex(sha))


def add(ws: Workspace, data: bytes) -> str:
    """Keep a file; its SHA-256 (hex) is its name everywhere. The same content is kept once.

    Raises:
        StorageError: too large, the disk is full or cannot be written; nothing was kept.
    """
    ws.must_be_writable()
    if len(data) > MOST_BYTES:
        hint = Message(N_("Nothing was changed. Choose a file of at most 40 MB."))
        raise StorageError(Message(N_("This file is too large.")), hint=hint)
    sha = hashlib.sha256(data).hexdigest()
    target = _file(ws, sha)
    if target.exists():
        return sha
    nonce = os.urandom(_NONCE)
    sealed = nonce + ChaCha20Poly1305(_key(ws, sha)).encrypt(nonce, data, bytes.fromhex(sha))
    try:
        places.write_safely(target, sealed)
    except OSError as error:
        hint = Message(N_("The disk is full or the folder cannot be written to. Free some space and try again."))
        raise StorageError(Message(N_("The file was not added.")), hint=hint) from error
    return sha


def exists(ws: Workspace, sha: str) -> bool:
    """Whether the file is on this computer."""
    return _file(ws, sha).exists()


def size(ws: Workspace, sha: str) -> int:
    """How many bytes a kept file has, 0 if it is not on this computer."""
    try:
        return max(0, _file(ws, sha).stat().st_size - _NONCE - _TAG)
    except OSError:
        return 0


def read(ws: Workspace, sha: str) -> bytes:
    """The content of a kept file.

    Raises:
        NotFoundError: it is not on this computer.
        DamagedError: it was changed or cut short.
    """
    try:
        sealed = _file(ws, sha).read_bytes()
    except OSError as error:
        raise NotFoundError(Message(N_("This file is not on this computer."))) from error
    try:
        data = ChaCha20Poly1305(_key(ws, sha)).decrypt(sealed[:_NONCE], sealed[_NONCE:], bytes.fromhex(sha))
    except (InvalidTag, ValueError) as error:
        hint = Message(N_("Other data are safe. Add the file again or restore it from a backup."))
        raise DamagedError(Message(N_("This file is damaged.")), hint=hint) from error
    return data


def remove(ws: Workspace, sha: str) -> None:
    """Take a kept file away for good."""
    _file(ws, sha).unlink(missing_ok=True)


def fields_of(entity: str) -> list[str]:
    """The fields of a record type that name kept files."""
    return [field.name for field in shape(entity).scalars if field.type is Type.HASH]


def wanted(ws: Workspace) -> list[str]:
    """SHA-256 of every file that a live record names; originals only of records of this space."""
    return sorted(_wanted(ws))


def of_own_work(ws: Workspace) -> set[str]:
    """The wanted files of records that were changed here: they must be here, others may still be on their way."""
    return {sha for sha, own in _wanted(ws).items() if own}


def _wanted(ws: Workspace) -> dict[str, bool]:
    found: dict[str, bool] = {}
    with ws.reading() as connection:
        for name in ENTITIES:
            of = shape(name)
            for field in of.scalars:
                if field.type is not Type.HASH:
                    continue
                rows = connection.exec_driver_sql(
                    f"SELECT e.{q(field.name)}, r.last_own_arrival > 0, r.space FROM {q(of.table)} e"
                    f" JOIN record r ON r.no = e.record_no WHERE e.deleted = 0 AND e.{q(field.name)} IS NOT NULL"
                )
                for sha, own, space in rows:
                    if field.name != "original" or space == ws.space:
                        found[sha] = found.get(sha, False) or bool(own)
    return found

"""Photos and files of events and partners: taken by their content, with a copy for reports of only what may leave."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from progressus_desktop.domain import framing
from progressus_desktop.domain.framing import Frame
from progressus_desktop.domain.records import Committed, Record
from progressus_desktop.errors import AccessError, NotFoundError, ProgressusError, StorageError, UsageError
from progressus_desktop.services import imaging, permission, records
from progressus_desktop.store import media, places, query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

Source = Path | bytes
"""A file, or the picture of a clipboard."""

OWNERS = ("event", "partner")
"""The record types a photo or file may belong to; its fields that name them are called like them."""

_ENDINGS = {
    "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/tiff": ".tiff", "image/webp": ".webp",
    "image/heic": ".heic", "image/heif": ".heif",
}  # fmt: skip

Tell = Callable[[int, int, str], None]
"""Told how many of how many are done and the name of the next; it raises to stop."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken, and why."""

    name: str
    why: ProgressusError


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of adding files: new records, how many were there already, those refused."""

    ids: tuple[str, ...]
    known: int = 0
    refused: tuple[Refused, ...] = ()


def add(
    ws: Workspace,
    owner_id: str,
    source: Source,
    alt: str = "",
    *,
    caption: str = "",
    further: Mapping[str, Any] | None = None,
) -> str:
    """Add a photo or file to an event or partner; gives the new record's id.

    Raises:
        AccessError: the role does not allow it.
        DamagedError: of no known kind, truncated, or it unpacks to too many pixels; nothing was written.
        NotFoundError: there is no such event, partner or file.
        ValidationError: the file is too large.
    """
    return add_many(ws, owner_id, [source], alt, caption=caption, further=further)[0]


def add_many(
    ws: Workspace,
    owner_id: str,
    sources: Sequence[Source],
    alt: str = "",
    *,
    caption: str = "",
    further: Mapping[str, Any] | None = None,
) -> list[str]:
    """Add photos or files to an event or partner, all or none, in one commit; gives their ids.

    Raises:
        AccessError: the role does not allow it.
        DamagedError: one is of no known kind, truncated, or too many pixels; nothing was written.
        NotFoundError: there is no such event, partner or file.
        ValidationError: a file is too large.
    """
    owner = _owner(ws, owner_id)
    prepared = [(data, imaging.prepare(data)) for data in map(_read, sources)]
    words = {"caption": caption or None, "alt": alt or None, **(further or {})}
    return records.add_many(ws, "photo", [_row(ws, owner, *each) | words for each in prepared], draft=True)


def take(ws: Workspace, owner_id: str, sources: Sequence[Source], tell: Tell) -> Taken:
    """Add those files to an event or partner that can be taken, in one commit, and say of the others why not.

    Files are read one after another, so many large scans need the memory of one. A stop leaves nothing behind.

    Raises:
        AccessError: the role does not allow it.
        CancelledError: ``tell`` stopped the work; nothing was added.
        NotFoundError: there is no such event or partner.
        StorageError: the disk is full; nothing was added.
    """
    owner = _owner(ws, owner_id)
    here = {str(each.fields.get("original")) for each in query.linked(ws, "photo", owner.entity, owner.id, 10_000)}
    rows: list[dict[str, Any]] = []
    refused: list[Refused] = []
    kept: list[str] = []
    known = 0
    try:
        for number, source in enumerate(sources):
            name = source.name if isinstance(source, Path) else ""
            tell(number, len(sources), name)
            try:
                data = _read(source)
                sha = hashlib.sha256(data).hexdigest()
                if sha in here:
                    known += 1
                    continue
                prepared = imaging.prepare(data)
            except ProgressusError as why:
                refused.append(Refused(name, why))
                continue
            here.add(sha)
            rows.append(_row(ws, owner, data, prepared, kept))
        tell(len(sources), len(sources), "")
    except BaseException:
        for sha in kept:
            media.remove(ws, sha)
        raise
    ids = records.add_many(ws, "photo", rows, draft=True) if rows else []
    return Taken(tuple(ids), known, tuple(refused))


def frame(ws: Workspace, photo_id: str, wanted: Frame) -> Committed | None:
    """Cut and mask a photo: the original stays, the copy for reports is made again in the same commit.

    Raises:
        AccessError: the role does not allow it.
        NotFoundError: the photo or its original is not on this computer.
    """
    return records.save(ws, "photo", photo_id, wanted.values()).committed


def renew(ws: Workspace, photo_ids: Sequence[str]) -> int:
    """Make copies again that lack a mask they shall have (masks of two laptops met); gives how many were made.

    Raises:
        AccessError: the role does not allow it.
    """
    made = 0
    for each in photo_ids:
        record = query.get(ws, "photo", each)
        if record is None or framing.current(record.fields) or not media.exists(ws, str(record.fields.get("original"))):
            continue
        made += records.save(ws, "photo", each, {"masks": record.fields.get("masks")}).committed is not None
    return made


def whole_view(ws: Workspace, photo_id: str) -> bytes:
    """The original as a JPEG to look at, upright, neither cut nor masked.

    Raises:
        DamagedError: it cannot be read any more.
        NotFoundError: the photo or its original is not on this computer.
    """
    record = query.get(ws, "photo", photo_id)
    sha = str(record.fields.get("original") or "") if record is not None else ""
    made = imaging.prepare(media.read(ws, sha)).copy
    if made is None:
        raise NotFoundError(Message(N_("This file is not on this computer.")))
    return made


def ending(values: Mapping[str, Any]) -> str:
    """The ending of a file's name by its type (".pdf")."""
    return _ENDINGS.get(str(values.get("media_type") or ""), ".bin")


def save_copy(ws: Workspace, photo_id: str, target: Path) -> Path:
    """Write a scan or document as it was added, outside the workspace; scans name people, photos show them.

    Raises:
        AccessError: the role exports without personal data.
        NotFoundError: the record or its file is not on this computer.
        StorageError: it cannot be written; an older file is untouched.
        UsageError: it is a photo.
    """
    record = query.get(ws, "photo", photo_id)
    if record is None or record.deleted:
        raise NotFoundError(Message(N_("This file is not on this computer.")))
    if record.fields.get("kind") == "photo":
        raise UsageError(Message(N_("Photos leave in reports and packages only, once people agree.")))
    if permission.role(ws) == "reader":
        hint = Message(N_("Nothing was written. Ask the office for another role."))
        raise AccessError(Message(N_("Your role exports without personal data.")), hint=hint)
    wanted = (str(record.fields.get(name) or "") for name in ("original", "shared_copy"))
    here = [sha for sha in wanted if sha and media.exists(ws, sha)]
    if not here:
        raise NotFoundError(Message(N_("This file is not on this computer.")))
    try:
        places.write_safely(target, media.read(ws, here[0]))
    except OSError as error:
        message = Message(N_("The file {name} could not be written. Your data are safe."), {"name": target.name})
        hint = Message(N_("Free some space, close the file if it is open, or choose another folder."))
        raise StorageError(message, hint=hint) from error
    return target


def copy_made(ws: Workspace, values: Mapping[str, Any]) -> dict[str, Any]:
    """The copy for reports that a photo's values ask for: what to write beside them.

    Raises:
        NotFoundError: the original is not on this computer.
        DamagedError: it cannot be read any more.
    """
    wanted = framing.frame_of(values)
    made = imaging.prepare(media.read(ws, str(values.get("original") or "")), wanted).copy
    if made is None:
        return {}
    return {"shared_copy": media.add(ws, made), "copy_framing": wanted.fingerprint() or None}


def _owner(ws: Workspace, owner_id: str) -> Record:
    found = next((each for each in (query.get(ws, name, owner_id) for name in OWNERS) if each is not None), None)
    if found is None or found.deleted:
        raise NotFoundError(Message(N_("There is no such event or partner.")))
    permission.must_write(ws, "photo", permission.space_for(ws, "photo", ""))
    return found


def _row(
    ws: Workspace, owner: Record, data: bytes, prepared: imaging.Prepared, kept: list[str] | None = None
) -> dict[str, Any]:
    """The values of a new record, its files kept; ``kept`` collects those that were not here before."""
    files = [data] if prepared.copy is None else [data, prepared.copy]
    for each in files:
        sha = hashlib.sha256(each).hexdigest()
        if kept is not None and not media.exists(ws, sha):
            kept.append(sha)
        media.add(ws, each)
    pages = prepared.copy is None or prepared.copy.startswith(b"%PDF-")
    day = owner.fields.get("date")
    return {
        "kind": "other" if pages else "photo",
        owner.entity: owner.id,
        "original": hashlib.sha256(data).hexdigest(),
        "shared_copy": hashlib.sha256(files[-1]).hexdigest(),
        "taken_at": day if isinstance(day, str) else None,
        **prepared.about,
    }


def _read(source: Source) -> bytes:
    """A file from outside, after its size was looked at.

    Raises:
        NotFoundError: there is no such file.
        ValidationError: it is too large.
    """
    if isinstance(source, bytes):
        return source
    try:
        if source.stat().st_size > imaging.MOST_BYTES:
            raise imaging.too_large()
        return source.read_bytes()
    except OSError as error:
        message = Message(N_("The file “{name}” could not be read."), {"name": source.name})
        raise NotFoundError(message) from error

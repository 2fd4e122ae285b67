"""Sending files between laptops in tests: packed, perhaps lost, read in any order; and files that no program writes."""

from __future__ import annotations

import io
import random
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pyrage
from PIL import Image

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.exchange import container, peers
from progressus_desktop.exchange.container import Manifest
from progressus_desktop.services import applying, counterparts, packing, records
from progressus_desktop.services.applying import Import, Result
from progressus_desktop.store import query
from progressus_desktop.store.changes import Entry, change_id, encode
from progressus_desktop.store.receiving import Pair
from progressus_desktop.store.workspace import Workspace


def pack(source: Workspace, target: Workspace, stick: Path, **other: Any) -> list[Path]:
    """Files for one laptop, in a folder of their own."""
    stick.mkdir(parents=True, exist_ok=True)
    label = f"{target.replica.prefix}{target.replica.letter}"
    return [each.file for each in packing.pack(source, stick, to=label, **other)]


def take(target: Workspace, files: Sequence[Path]) -> Import:
    """Read files; every one of them must be readable."""
    done = applying.apply(target, files)
    for each in done.packages:
        if each.failure is not None:
            raise each.failure
    return done


def refused(target: Workspace, file: Path) -> Result:
    """Read a file that must be refused and change nothing."""
    before = content(target)
    (done,) = applying.apply(target, [file]).packages
    assert done.failure is not None
    assert content(target) == before
    return done


def content(ws: Workspace) -> list[Any]:
    """Everything that a laptop keeps for people: the log, quarantine, positions, attachments."""
    queries = (
        "SELECT id, record_no, commit_no, import_no, body FROM log_change ORDER BY arrival",
        "SELECT * FROM log_import ORDER BY number",
        "SELECT uuid, heads, state FROM record ORDER BY no",
        "SELECT number, replica, sent_to, acked_to, got, numbers, file_no, retired FROM peer ORDER BY number",
        "SELECT id, reason FROM quarantine ORDER BY id",
        "SELECT id, last_seq, own FROM replica ORDER BY id",
        "SELECT name, value FROM setting WHERE name <> 'clean' ORDER BY name",
    )
    found: list[Any] = [[tuple(row) for row in ws.connection.exec_driver_sql(sql)] for sql in queries]
    return [*found, sorted(each.name for each in (ws.folder / "attachments").rglob("*") if each.is_file())]


def shown(ws: Workspace) -> dict[str, Any]:
    """What a laptop shows: every record with its fields, questions and whether it is in the bin; without drafts."""
    found: dict[str, Any] = {}
    for name in ENTITIES:
        for row in ws.connection.exec_driver_sql(f'SELECT id FROM "{name}"').all():
            record = query.get(ws, name, row[0])
            assert record is not None
            found[record.id] = (
                name, record.code, record.space, record.entry, record.deleted, dict(record.fields), record.version,
            )  # fmt: skip
    return found


def a_partner(ws: Workspace, name: str = "KGW Malwa", **more: Any) -> str:
    """A ready partner."""
    fields = {"name": name, "kind": "kgw", "locality": "Wzorów"} | more
    return records.save(ws, "partner", None, fields, draft=False).id


def an_event(ws: Workspace, title: str = "Warsztat", **more: Any) -> str:
    """A ready event."""
    fields = {"title": title, "kind": "workshop", "status": "planned", "date": "2026-11-18", "locality": "Wzorów"}
    return records.save(ws, "event", None, fields | more, draft=False).id


def a_picture(seed: int, side: int = 300) -> bytes:
    """A picture that does not compress."""
    image = Image.frombytes("RGB", (side, side), random.Random(seed).randbytes(side * side * 3))
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()


def field(ws: Workspace, entity: str, record: str, name: str) -> Any:
    """What a record says in one field."""
    found = query.get(ws, entity, record)
    return found.fields.get(name) if found else None


# -- what no program writes --------------------------------------------------------------------------------


def a_change(
    replica: bytes, seq: int, entity: str, record: str, keys: Mapping[str, Any], kind: str = "save", **more: Any
) -> Pair:
    """A change with its id and body."""
    pairs = {name: each if isinstance(each, tuple) else (each, ()) for name, each in keys.items()}
    at = more.get("at", 1_000 + seq)
    about = (kind, entity, uuid.UUID(record).bytes, 1_000 + seq, at, more.get("author", b""), seq, pairs)
    body = encode(Entry(b"", *about, more.get("extra", {})), bytes(8))
    return change_id(replica, seq, body), body


def forge(
    source: Workspace, target: Workspace, file: Path, changes: Sequence[Pair],
    label: tuple[str, str] | None = None, intro: Mapping[str, Any] | None = None, **other: Any,
) -> Path:  # fmt: skip
    """A package signed with a laptop's own keys that holds whatever it likes, and calls itself ``label``."""
    own = counterparts.my_keys(source)
    to = counterparts.my_keys(target)
    with target.reading() as connection:
        known = peers.by_key(connection, own.sign_public)
    number = max((high for peer in known for _low, high in peer.numbers), default=0) + 1
    manifest = Manifest(**{
        "project": counterparts.project_id(source), "sender": source.replica.id, "file": bytes(16), "purpose": "sync",
        "number": number, "lo": 1, "hi": 0, "recipients": ((target.replica.id, to.age_public),), **other,
    })  # fmt: skip
    prefix, letter = label or (source.replica.prefix, source.replica.letter)
    about = {"from": {"name": counterparts.my_name(source), "prefix": prefix, "letter": letter}}
    about |= {"intro": dict(intro)} if intro else {}
    sections = [container.changes(changes), container.roster(about)]
    container.write(file, manifest, sections, own.sign_private, recipients=[to.age_public])
    return file


def passed_on(file: Path, reader: Workspace, target: Workspace, to: Path) -> Path:
    """A package that its addressee encrypted again, to somebody else."""
    identity = pyrage.x25519.Identity.from_str(counterparts.my_keys(reader).age_secret)
    inside = pyrage.decrypt(file.read_bytes(), [identity])
    key = pyrage.x25519.Recipient.from_str(counterparts.my_keys(target).age_public)
    to.write_bytes(pyrage.encrypt(inside, [key]))
    return to


def opened(file: Path, reader: Workspace) -> bytes:
    """Everything that a package says, as the addressee reads it: plain container and unpacked changes."""
    secret = counterparts.my_keys(reader).age_secret
    inside = bytes(pyrage.decrypt(file.read_bytes(), [pyrage.x25519.Identity.from_str(secret)]))
    package = container.read(file, identities=[secret])
    return inside + b"".join(body for _id, body in package.changes())

"""A forgotten password with the office's help: a request file out, an answer file back (exchange.md, section 4).

The data key is wrapped to the office's key in a slot of its own, only after the person turned that on. The request
carries that slot and a fresh public key; the office opens the slot and sends the key back to the fresh one only.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from progressus_desktop.clock import Clock
from progressus_desktop.errors import AccessError, DamagedError, NotFoundError, StorageError, UsageError
from progressus_desktop.exchange import cbor, keys, outer
from progressus_desktop.exchange.peers import OFFICE
from progressus_desktop.services import counterparts, packing
from progressus_desktop.store import access, places, workspace
from progressus_desktop.store import keys as slots
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message, language

_MOST_BYTES = 64 * 1024
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer file, whose workspace it opens, and six words that both sides must see before it is handed over."""

    file: Path
    name: str
    words: tuple[str, ...]


def is_on(ws: Workspace) -> bool:
    """Whether the office can help with a forgotten password."""
    return any(each.get("kind") == OFFICE for each in slots.load(ws.folder / "keys.json"))


def turn_on(ws: Workspace) -> None:
    """Let the office help from now on: it alone can open the slot, and only with the file that a request brings.

    Raises:
        NotFoundError: this workspace has not joined a project.
        StorageError: the key file cannot be written.
    """
    office = next((each for each in packing.counterparts_of(ws) if each.role == OFFICE), None)
    if office is None:
        raise NotFoundError(Message(N_("There is nobody to exchange data with yet.")))
    sealed = _sealed(office.age_key, {"workspace": ws.card.id, "key": ws.data_key})
    access.put(ws, {"kind": OFFICE, "recipient": office.age_key, "wrapped": sealed.hex()})


def turn_off(ws: Workspace) -> None:
    """The office cannot help any more.

    Raises:
        StorageError: the key file cannot be written.
    """
    access.take_out(ws, OFFICE)


def request(folder: Path, target: Path) -> tuple[str, ...]:
    """Write the request file for the office without opening the workspace; gives six words to tell by telephone.

    Raises:
        AccessError: help by the office was not turned on.
        StorageError: a file cannot be written; nothing was changed.
    """
    card, file = workspace.read_card(folder), folder / "keys.json"
    known = slots.load(file)
    slot = next((each for each in known if each.get("kind") == OFFICE), None)
    if slot is None:
        hint = Message(N_("Use the recovery sheet. Without it the data cannot be read."))
        raise AccessError(Message(N_("Help by the office was not turned on in this workspace.")), hint=hint)
    fresh = keys.new_keys()
    waiting = {"kind": "request", "secret": fresh.age_secret}
    content = {
        "kind": "recovery-request", "workspace": card.id, "name": card.name,
        "wrapped": bytes.fromhex(slot["wrapped"]), "reply_to": fresh.age_public,
    }  # fmt: skip
    try:
        places.write_safely(target, _sealed(str(slot["recipient"]), content))
        slots.save(file, slots.replaced(known, waiting))
    except OSError as error:
        hint = Message(N_("Nothing was changed. Free some space or choose another folder."))
        raise StorageError(Message(N_("The request was not written.")), hint=hint) from error
    return _words(fresh.age_public)


def answer(ws: Workspace, file: Path, target: Path) -> Answered:
    """The office's answer to a request.

    Raises:
        AccessError: not the office, or the request is for another office.
        DamagedError: no request.
        StorageError: the file cannot be written.
    """
    counterparts.must_be_office(ws)
    secret = counterparts.my_keys(ws).age_secret
    asked = _opened(_read(file), secret, "recovery-request")
    inner = _opened(asked["wrapped"], secret, "")
    if inner.get("workspace") != asked["workspace"] or not isinstance(inner.get("key"), bytes):
        raise _not_one()
    content = {"kind": "recovery-answer", "workspace": asked["workspace"], "key": inner["key"]}
    try:
        places.write_safely(target, _sealed(asked["reply_to"], content))
    except OSError as error:
        hint = Message(N_("Nothing was changed. Free some space or choose another folder."))
        raise StorageError(Message(N_("The answer was not written.")), hint=hint) from error
    return Answered(target, str(asked["name"]), _words(asked["reply_to"]))


def recover(folder: Path, file: Path, new: str, clock: Clock) -> None:
    """Give the workspace a new password with the office's answer.

    Raises:
        AccessError: the answer is for another workspace or another request.
        DamagedError: no answer.
        UsageError: the new password is empty.
    """
    if not new:
        hint = Message(N_("Nothing was changed. Choose a password of several words."))
        raise UsageError(Message(N_("A password cannot be empty.")), hint=hint)
    card = workspace.read_card(folder)
    waiting = next((each for each in slots.load(folder / "keys.json") if each.get("kind") == "request"), None)
    if waiting is None:
        raise AccessError(Message(N_("No request was written in this workspace.")))
    found = _opened(_read(file), str(waiting["secret"]), "recovery-answer")
    if found["workspace"] != card.id:
        raise AccessError(Message(N_("This answer is for another workspace.")))
    ws = workspace.open_(folder, clock, data_key=found["key"])
    try:
        access.set_password(ws, new)
        access.take_out(ws, "request")
    finally:
        ws.close()


def _words(age_public: str) -> tuple[str, ...]:
    return keys.words(age_public.encode(), language())


def _sealed(recipient: str, content: dict[str, Any]) -> bytes:
    file = io.BytesIO()
    outer.seal_to([recipient], iter([cbor.dumps(content)]), file)
    return file.getvalue()


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as source:
            data = source.read(_MOST_BYTES + 1)
    except OSError as error:
        raise NotFoundError(Message(N_("There is no file {path}."), {"path": file.name})) from error
    if len(data) > _MOST_BYTES:
        raise _not_one()
    return data


def _opened(data: bytes, secret: str, kind: str) -> dict[str, Any]:
    plain, _hash = outer.opened(io.BytesIO(data), [secret], None)
    found = cbor.loads(bytes(plain))
    wanted = {"recovery-request": (("name", str), ("wrapped", bytes), ("reply_to", str)),
              "recovery-answer": (("key", bytes),)}.get(kind, ())  # fmt: skip
    fits = isinstance(found, dict) and isinstance(found.get("workspace"), str)
    if not fits or (kind and found.get("kind") != kind):
        raise _not_one()
    if not all(isinstance(found.get(name), type_) for name, type_ in wanted):
        raise _not_one()
    if "key" in found and len(found["key"]) != _KEY_BYTES:
        raise _not_one()
    return dict(found)


def _not_one() -> DamagedError:
    hint = Message(N_("Nothing was changed. Choose the file that the other side saved."))
    return DamagedError(Message(N_("This is no file for a forgotten password.")), hint=hint)

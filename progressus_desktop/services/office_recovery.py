"""A forgotten password with the office's help: a request file out, an answer file back (exchange.md, section 4).

The data key is wrapped to the office's key in a slot of its own, only after the person turned that on. The request
carries that slot and a fresh public key; the office opens the slot and sends the key back to the fresh one only.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from progressus_desktop.clock import Clock
from progressus_desktop.errors import AccessError, DamagedError, NotFoundError, StorageError, UsageError
from progressus_desktop.exchange import cbor, keys, outer
from progressus_desktop.exchange.peers import OFFICE, Peer
from progressus_desktop.services import counterparts, packing
from progressus_desktop.store import access, places, workspace
from progressus_desktop.store import keys as slots
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message, language

_MOST_BYTES = 64 * 1024
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose workspace a request is about, as it says itself, and the six words that its sender sees."""

    name: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer file, whose workspace it opens, and six words that both sides must see before it is handed over."""

    file: Path
    name: str
    words: tuple[str, ...]


def is_on(folder: Path) -> bool:
    """Whether the office can help with the forgotten password of the workspace in ``folder``.

    Raises:
        DamagedError: the key file cannot be read.
    """
    return _slot(folder, OFFICE) is not None


def possible(ws: Workspace) -> bool:
    """Whether there is an office that could help: a laptop knows it once it joined a project."""
    return _office(ws) is not None


def turn_on(ws: Workspace) -> None:
    """Let the office help from now on: it alone can open the slot, and only with the file that a request brings.

    Raises:
        NotFoundError: this workspace has not joined a project.
        StorageError: the key file cannot be written.
    """
    office = _office(ws)
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
    card, slot = workspace.read_card(folder), _slot(folder, OFFICE)
    if slot is None:
        hint = Message(N_("Use the recovery sheet. Without it the data cannot be read."))
        raise AccessError(Message(N_("Help by the office was not turned on in this workspace.")), hint=hint)
    fresh = keys.new_keys()
    waiting = {"kind": "request", "secret": fresh.age_secret, "language": language()}
    content = {
        "kind": "recovery-request", "workspace": card.id, "name": card.name,
        "wrapped": bytes.fromhex(slot["wrapped"]), "reply_to": fresh.age_public,
        "language": language(),
    }  # fmt: skip
    try:
        places.write_safely(target, _sealed(str(slot["recipient"]), content))
        slots.save(folder / "keys.json", slots.replaced(slots.load(folder / "keys.json"), waiting))
    except OSError as error:
        hint = Message(N_("Nothing was changed. Free some space or choose another folder."))
        raise StorageError(Message(N_("The request was not written.")), hint=hint) from error
    return _words(fresh.age_public, waiting)


def waiting_words(folder: Path) -> tuple[str, ...]:
    """The six words of the request that was written last and has no answer yet; none without one.

    Raises:
        DamagedError: the key file cannot be read.
    """
    waiting = _slot(folder, "request")
    return _words(keys.age_public(str(waiting["secret"])), waiting) if waiting is not None else ()


def asked(ws: Workspace, file: Path) -> Asked:
    """Who asks in a request, before anything is answered.

    Raises:
        AccessError: not the office, or the request is for another office.
        DamagedError: no request.
    """
    found, _key = _request_in(ws, file)
    return Asked(str(found["name"]), _words(found["reply_to"], found))


def answer(ws: Workspace, file: Path, target: Path) -> Answered:
    """The office's answer to a request.

    Raises:
        AccessError: not the office, or the request is for another office.
        DamagedError: no request.
        StorageError: the file cannot be written.
    """
    found, key = _request_in(ws, file)
    content = {"kind": "recovery-answer", "workspace": found["workspace"], "key": key}
    try:
        places.write_safely(target, _sealed(found["reply_to"], content))
    except OSError as error:
        hint = Message(N_("Nothing was changed. Free some space or choose another folder."))
        raise StorageError(Message(N_("The answer was not written.")), hint=hint) from error
    return Answered(target, str(found["name"]), _words(found["reply_to"], found))


def check_answer(folder: Path, file: Path) -> None:
    """Refuse a file that cannot give this workspace a new password; nothing is changed.

    Raises:
        AccessError: the answer is for another workspace or another request.
        DamagedError: no answer.
    """
    _answered(folder, file)


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
    ws = workspace.open_(folder, clock, data_key=_answered(folder, file))
    try:
        access.set_password(ws, new)
        access.take_out(ws, "request")
    finally:
        ws.close()


def _office(ws: Workspace) -> Peer | None:
    return next((each for each in packing.counterparts_of(ws) if each.role == OFFICE), None)


def _slot(folder: Path, kind: str) -> dict[str, Any] | None:
    return next((each for each in slots.load(folder / "keys.json") if each.get("kind") == kind), None)


def _request_in(ws: Workspace, file: Path) -> tuple[dict[str, Any], bytes]:
    """What a request says, and the data key in its slot."""
    counterparts.must_be_office(ws)
    secret = counterparts.my_keys(ws).age_secret
    found = _opened(_read(file), secret, "recovery-request")
    inner = _opened(found["wrapped"], secret, "")
    if inner.get("workspace") != found["workspace"] or not isinstance(inner.get("key"), bytes):
        raise _not_one()
    return found, inner["key"]


def _answered(folder: Path, file: Path) -> bytes:
    """The data key in an answer to the request that waits."""
    waiting = _slot(folder, "request")
    if waiting is None:
        raise AccessError(Message(N_("No request was written in this workspace.")), hint=_other_file())
    found = _opened(_read(file), str(waiting["secret"]), "recovery-answer")
    if found["workspace"] != workspace.read_card(folder).id:
        raise AccessError(Message(N_("This answer is for another workspace.")), hint=_other_file())
    return bytes(found["key"])


def _words(age_public: str, asked_in: Mapping[str, Any]) -> tuple[str, ...]:
    """In the language of the request, so that both sides see the same ones."""
    spoken = asked_in.get("language")
    return keys.words(age_public.encode(), spoken if spoken in {"pl", "en"} else language())


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
    try:
        plain, _hash = outer.opened(io.BytesIO(data), [secret], None)
    except AccessError as error:  # its own words speak of packages
        words = Message(N_("This file is for somebody else, or for another request."))
        raise AccessError(words, hint=_other_file()) from error
    except DamagedError as error:
        raise _not_one() from error
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
    return DamagedError(Message(N_("This is no file for a forgotten password.")), hint=_other_file())


def _other_file() -> Message:
    return Message(N_("Nothing was changed. Choose the file that the other side saved."))

"""A laptop taken out of the project: lost, stolen, or of somebody who left; and taken in again (exchange.md, 2).

The roster says it to all others with the next packages of the office.
"""

from __future__ import annotations

from dataclasses import replace

from progressus_desktop.domain.sorting import fold
from progressus_desktop.errors import AmbiguousError, NotFoundError
from progressus_desktop.exchange import peers
from progressus_desktop.exchange.peers import GONE, OFFICE, TESTER, Peer
from progressus_desktop.services import counterparts
from progressus_desktop.store import receiving
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message


def take_out(ws: Workspace, name: str) -> Peer:
    """From now on nothing goes to this laptop and nothing of it is read; what it sent before stays.

    Raises:
        AccessError: not the office.
        AmbiguousError: several laptops are called so.
        NotFoundError: there is none.
    """
    return _with_role(ws, name, GONE)


def take_in(ws: Workspace, name: str) -> Peer:
    """The laptop takes part again, as before.

    Raises:
        AccessError: not the office.
        AmbiguousError: several laptops are called so.
        NotFoundError: there is none.
    """
    return _with_role(ws, name, TESTER)


def _with_role(ws: Workspace, name: str, role: str) -> Peer:
    counterparts.must_be_office(ws)
    wanted = fold(name.strip())
    with receiving.transaction(ws) as connection:
        every = [each for each in peers.every(connection) if each.role != OFFICE]
        found = [each for each in every if wanted in {fold(each.label), fold(each.name)}]
        if not found:
            hint = Message(N_("The command exchange status lists everybody."))
            raise NotFoundError(Message(N_("There is no counterpart of that name.")), hint=hint)
        if len(found) > 1:
            shown = {"labels": ", ".join(each.label for each in found)}
            raise AmbiguousError(Message(N_("Several laptops are called so. Choose one of: {labels}."), shown))
        # its copies bear the same key; who was invited and never came has none
        same = peers.by_key(connection, found[0].sign_key) if found[0].sign_key else found
        for each in same:
            peers.save(connection, replace(each, role=role))
    return replace(found[0], role=role)

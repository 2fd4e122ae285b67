"""Who may change what here (domain.md, section 11). Enforced in the services, so in window and command line alike."""

from __future__ import annotations

from collections.abc import Sequence

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import Entity, Values
from progressus_desktop.errors import AccessError
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message

OFFICE = "office"
"""The space of the project office's own records."""

OFFICE_KEY = "office_key"
"""The setting that holds the signing key of the office once a tester's workspace has joined."""

NO_VALUES: Values = {}
EVERYWHERE = frozenset({"office", "coordinator"})
"""The roles that write in more than one space."""


def role(ws: Workspace) -> str:
    """The role of the person who works now; without a person the workspace is being made and anything goes."""
    if not ws.person:
        return "office"
    user = query.get(ws, "user", ws.person)
    found = user.fields.get("role") if user else None
    return found if isinstance(found, str) else "tester"


def office_workspace(ws: Workspace) -> bool:
    """Whether this workspace is the project office's, whoever works in it now."""
    return ws.get_setting("role") == OFFICE


class Permission:
    """What the present person may write, asked once for many records."""

    def __init__(self, ws: Workspace) -> None:
        self._role = role(ws)
        self._space = ws.space
        self._office_here = self._role == "tester" and office_workspace(ws)
        # a lone workspace is its own office until it has taken a setup file
        self._joined = self._role == "tester" and bool(ws.get_setting(OFFICE_KEY))

    def must_write(self, entity: str, space: str, record_id: str = "") -> None:
        """Refuse a change that the role does not allow.

        Raises:
            AccessError: a reader writes, or a tester changes another organisation's or the office's record.
        """
        if self._role == "reader":
            hint = Message(N_("Nothing was changed. Ask the office for another role."))
            raise AccessError(Message(N_("Your role allows reading only.")), hint=hint)
        if self._role in EVERYWHERE:
            return
        if self._joined and not self._office_here and entity in ENTITIES and ENTITIES[entity].office:
            hint = Message(N_("Nothing was changed. Ask the project office to do it."))
            raise AccessError(Message(N_("The project office keeps these records.")), hint=hint)
        if not self._office_here and not self._joined:
            return
        # Where no office exists a lone workspace is its own office. In the office's workspace a tester is a guest; at
        # home a change of somebody else's record would never leave, because nobody would take it.
        own_organisation = entity == "partner" and record_id == self._space
        if space != self._space and not own_organisation:
            hint = Message(N_("Nothing was changed. Ask the project office to do it."))
            raise AccessError(Message(N_("This record belongs to somebody else.")), hint=hint)

    def decides(self, of: Entity) -> bool:
        """Whether the present person may write what the office alone writes in records of this type."""
        if self._role in EVERYWHERE:
            return True
        own = self._role == "tester" and not self._office_here
        return own and (of.name == "user" or (of.office and not self._joined))

    def must_decide(self, of: Entity, names: Sequence[str], values: Values = NO_VALUES) -> None:
        """Refuse to change fields that the project office alone writes; a lone workspace keeps its own people.

        ``values`` are the new ones: who joined a project gives nobody a role that writes in more than one space.

        Raises:
            AccessError: a tester writes a decision of the office, or anybody what only the program writes.
        """
        kept = next((name for name in names if of.has(name) and of.field(name).by_program), "")
        if kept:
            message = Message(N_("“{field}” is written by the program."), {"field": Message(of.field(kept).label)})
            raise AccessError(message, hint=Message(N_("Nothing was changed.")), field=kept)
        gives_all = of.name == "user" and "role" in names and values.get("role") in EVERYWHERE
        if self.decides(of) and not (gives_all and self._joined):
            return
        locked = next((name for name in names if of.has(name) and of.field(name).office_only), "")
        if locked:
            shown = {"field": Message(of.field(locked).label)}
            message = Message(N_("“{field}” is filled in by the project office."), shown)
            raise AccessError(message, hint=Message(N_("Nothing was changed.")), field=locked)


def must_write(ws: Workspace, entity: str, space: str, record_id: str = "") -> None:
    """Refuse a change of one record that the role of the present person does not allow.

    Raises:
        AccessError: a reader writes, or a tester changes another organisation's or the office's record.
    """
    Permission(ws).must_write(entity, space, record_id)


def space_for(ws: Workspace, entity: str, record_id: str, organisation: object = None) -> str:
    """The space a new record takes: the office's, a user's organisation, or the person's own."""
    if entity in ENTITIES and ENTITIES[entity].office:
        return OFFICE
    if entity == "user" and isinstance(organisation, str) and organisation:
        return organisation
    return ws.space or record_id

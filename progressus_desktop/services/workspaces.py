"""Making and opening workspaces, and who works in one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from progressus_desktop.clock import Clock
from progressus_desktop.domain import catalog, codelists, parsing, validation
from progressus_desktop.domain.fields import Level, Values
from progressus_desktop.domain.sorting import fold
from progressus_desktop.domain.values import empty, normal
from progressus_desktop.errors import AmbiguousError, NotFoundError, UsageError, ValidationError
from progressus_desktop.services import labels, texts
from progressus_desktop.services.records import fresh_id
from progressus_desktop.store import changes, keys, places, query, workspace
from progressus_desktop.store.changes import Change
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message, _

ROLES = ("office", "tester")
"""Roles in which a workspace can be made."""

_PREFIX_LETTERS = 3
_MOST_PEOPLE = 1000

_KINDS = (
    ("stowarzyszenie", "association"), ("association", "association"), ("fundacja", "foundation"),
    ("foundation", "foundation"), ("kgw", "kgw"), ("osp", "osp"), ("spoldzielnia", "social_coop"),
    ("gmina", "gmina"), ("powiat", "powiat"), ("uniwersytet", "university"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works in a workspace."""

    id: str
    name: str
    role: str
    organisation: str = ""

    @property
    def short(self) -> str:
        """The name as tasks and locked screens show it: "Anna P."."""
        first, _blank, last = self.name.rpartition(" ")
        return f"{first} {last[:1]}." if first and last else self.name


class _Nothing:
    """Read access before there is anything to read."""

    def record(self, _entity: str, _record_id: str) -> Values | None:
        """Nothing is stored yet; a reference is to what is just being made."""
        return {"entry": "ready"}

    def linked(self, _entity: str, _name: str, _record_id: str, _only: Sequence[str] = ()) -> Iterable[Values]:
        """Nothing refers to anything."""
        return ()

    def newest(self, _entity: str, _name: str, _record_id: str, _where: tuple[str, str] | None = None) -> str | None:
        """Nothing refers to anything."""
        return None

    def project(self) -> Values:
        """There is no project yet."""
        return {}

    def own_organisation(self) -> str:
        """There is no organisation yet."""
        return ""


def prefix_of(organisation: str) -> str:
    """The prefix of human codes: the first three letters of the organisation's name folded to A–Z."""
    letters = [char for char in fold(organisation).upper() if "A" <= char <= "Z"]
    return "".join(letters[:_PREFIX_LETTERS]).ljust(_PREFIX_LETTERS, "X")


def kind_of(organisation: str) -> str | None:
    """The kind of organisation that a name begins with, None if it says nothing."""
    return next((code for begins, code in _KINDS if fold(organisation).startswith(begins)), None)


def create(
    folder: Path,
    password: str,
    clock: Clock,
    *,
    role: str,
    project: Mapping[str, Any],
    org: str = "",
    user: str = "",
    demo: bool = False,
    extra: tuple[Change, ...] = (),
) -> Workspace:
    """Make a workspace with its project, a partner each for leader and organisation, and its first person.

    ``project`` holds fields of the project, with ``leader_name`` instead of ``leader``.

    Raises:
        UsageError: no such role, no password, or the folder is not empty.
        ValidationError: the project has an error; nothing was made.
        StorageError: the folder cannot be written.
    """
    if role not in ROLES:
        raise UsageError(Message(N_("A workspace is made for the role office or tester.")))
    if not password:
        hint = Message(N_("Nothing was made. Choose a password of several words."))
        raise UsageError(Message(N_("A workspace needs a password.")), hint=hint)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        hint = Message(N_("Nothing was changed. Choose an empty folder."))
        raise UsageError(Message(N_("There is something in this folder already.")), hint=hint)
    first = _First(clock, role, dict(project), org.strip(), user.strip())
    made = first.changes()
    ws = workspace.create(folder, password, clock, prefix=prefix_of(first.name), name=first.name, demo=demo)
    try:
        ws.person, ws.space = first.user_id, first.space
        ws.commit([*made, *extra], "edit", labels.label("create", "project"))
        ws.set_setting("role", role)
        ws.set_setting("person", first.user_id)
        texts.follow(ws)
    except BaseException:
        ws.close()
        raise
    remember(folder)
    return ws


class _First:
    """The first records of a workspace."""

    def __init__(self, clock: Clock, role: str, project: dict[str, Any], org: str, user: str) -> None:
        self._role = role
        leader = project.pop("leader_name", "")
        if not isinstance(leader, str) or (not leader.strip() and not org):
            message = Message(N_("Give the name of the project's leader in “leader_name”."))
            raise ValidationError(message, field="leader_name")
        self._leader = leader.strip() or org
        self.name = org or self._leader
        self._user = user
        self.leader_id = fresh_id(clock)
        same = fold(self.name) == fold(self._leader)
        self.org_id = self.leader_id if same else fresh_id(clock)
        self.user_id = fresh_id(clock)
        self.space = "office" if role == "office" else self.org_id
        self._project_id = fresh_id(clock)
        self._project = {**project, "leader": self.leader_id}

    def changes(self) -> list[Change]:
        """What the first commit writes.

        Raises:
            ValidationError: the project has an error.
        """
        of = catalog.entity("project")
        validation.checked_shape(of, self._project)
        fields = {
            name: normal(of.field(name), parsing.normalised(of.field(name), value))
            for name, value in self._project.items()
            if not empty(value)
        }
        for problem in validation.check(of, {**fields, "id": self._project_id}, _Nothing()):
            if problem.level is Level.ERROR:
                raise ValidationError(problem.message, field=problem.field)
        out = [self._saved("project", self._project_id, fields, "office")]
        out.append(self._partner(self.leader_id, self._leader))
        if self.org_id != self.leader_id:
            out.append(self._partner(self.org_id, self.name))
        first_name, _space, last_name = self._user.rpartition(" ")
        person = {"first_name": first_name, "last_name": last_name or _default_name(self._role), "role": self._role}
        out.append(self._saved("user", self.user_id, {**person, "organisation": self.org_id}, self.space))
        return out

    def _partner(self, record_id: str, name: str) -> Change:
        fields = {"name": name, "kind": kind_of(name), "in_project": True}
        return self._saved("partner", record_id, fields, "office" if self._role == "office" else record_id)

    def _saved(self, entity: str, record_id: str, fields: Mapping[str, Any], space: str) -> Change:
        of = catalog.entity(entity)
        kept = {name: value for name, value in fields.items() if not empty(value)}
        found = validation.check(of, {**kept, "id": record_id}, _Nothing())
        entry = "draft" if any(problem.level is Level.ERROR for problem in found) else "ready"
        change = changes.save(of, record_id, {}, {}, {**kept, "entry": entry, "space": space})
        assert change is not None  # noqa: S101 - entry and space are always written
        return change


def _default_name(role: str) -> str:
    word = codelists.word("user_role", role)
    return word[:1].upper() + word[1:]


def open_(
    folder: Path, clock: Clock, *, password: str = "", recovery_code: str = "", read_only: bool = False
) -> Workspace:
    """Open a workspace as the person who worked in it last.

    Raises:
        AccessError: wrong password or recovery code.
        DamagedError: damaged or no workspace.
        InUseError: another program has it open.
        NewerVersionError: a newer program made it.
        StorageError: the disk is full.
    """
    ws = workspace.open_(folder, clock, password=password, recovery_code=recovery_code, read_only=read_only)
    try:
        known = people(ws)
        last = ws.get_setting("person")
        person = next((each for each in known if each.id == last), known[0] if known else None)
        if person is not None:
            ws.person, ws.space = person.id, _space_of(ws, person.id)
        texts.follow(ws)
    except BaseException:
        ws.close()
        raise
    remember(folder)
    return ws


def open_with(folder: Path, clock: Clock, secret: str) -> Workspace:
    """:func:`open_` with what a person typed: the password, or the code of the recovery sheet.

    Raises:
        AccessError: wrong password or code.
        DamagedError: damaged or no workspace.
    """
    code = keys.is_recovery_code(secret)
    return open_(folder, clock, password="" if code else secret, recovery_code=secret if code else "")


def remember(folder: Path) -> None:
    """Make this the workspace that is opened when none is named."""
    settings = places.load_settings()
    path = str(folder.resolve())
    if settings.last_workspace != path:
        try:
            places.save_settings(settings.with_(last_workspace=path))
        except OSError:
            # A settings file that cannot be written costs convenience only; the workspace itself is open.
            return


def _space_of(ws: Workspace, user_id: str) -> str:
    """The space records of this person take: the office's, else the organisation's."""
    user = query.lookup(ws).record("user", user_id) or {}
    organisation = user.get("organisation")
    if user.get("role") == "office" or not isinstance(organisation, str):
        return "office"
    return organisation


def people(ws: Workspace) -> list[Person]:
    """Everybody who can work here, by last name."""
    lookup = query.lookup(ws)
    out = []
    for row in query.window(ws, "user", View(), 0, _MOST_PEOPLE):
        found = lookup.record("user", row.id) or {}
        name = " ".join(str(found[part]) for part in ("first_name", "last_name") if found.get(part))
        role, organisation = str(found.get("role") or "tester"), str(found.get("organisation") or "")
        out.append(Person(row.id, name or _("Without a name"), role, organisation))
    return out


def find_person(ws: Workspace, text: str) -> Person:
    """The person called ``text``: an id, a full name, or a last name that only one has.

    Raises:
        NotFoundError: nobody is called so.
        AmbiguousError: several are.
    """
    known = people(ws)
    wanted = fold(text.strip())
    exact = [each for each in known if each.id == text or fold(each.name) == wanted]
    found = exact or [each for each in known if wanted and wanted in fold(each.name).split()]
    if not found:
        hint = Message(N_("Write the first and last name of a user of this workspace."))
        raise NotFoundError(Message(N_("Nobody of that name works here.")), hint=hint)
    if len(found) > 1:
        raise AmbiguousError(Message(N_("Several people are called so. Write the full name.")))
    return found[0]


def work_as(ws: Workspace, user_id: str, *, remember: bool = True) -> None:
    """From now on this person works: the name signs the changes, new records take the person's space.

    Raises:
        NotFoundError: there is no such person.
    """
    if query.lookup(ws).record("user", user_id) is None:
        raise NotFoundError(Message(N_("Nobody of that name works here.")))
    ws.person, ws.space = user_id, _space_of(ws, user_id)
    if remember and not ws.read_only and ws.get_setting("person") != user_id:
        ws.set_setting("person", user_id)


def info(ws: Workspace) -> dict[str, Any]:
    """What a person or a script asks of a workspace: where, whose, how much."""
    lookup = query.lookup(ws)
    project = lookup.project()
    person = next((each for each in people(ws) if each.id == ws.person), None)
    organisation = lookup.record("partner", ws.space) if ws.space != "office" else None
    return {
        "folder": str(ws.folder.resolve()),
        "name": ws.name,
        "demo": ws.is_demo,
        "read_only": ws.read_only,
        "role": ws.get_setting("role") or "tester",
        "project": {"name": project.get("name"), "short_code": project.get("short_code")},
        "person": {"id": person.id, "name": person.name, "role": person.role} if person else None,
        "organisation": {"id": ws.space, "name": organisation.get("name")} if organisation else None,
        "space": ws.space,
        "device": ws.replica.id.hex(),
        "code_prefix": f"{ws.replica.prefix}{ws.replica.letter}",
        "copied": ws.copied,
        "counts": {name: query.total(ws, name, View()) for name in catalog.ENTITIES},
    }

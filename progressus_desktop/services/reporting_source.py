"""What every report is made from: one read snapshot of the workspace, its records whole, its surroundings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from progressus_desktop import words
from progressus_desktop.clock import local
from progressus_desktop.domain import codelists, event_rules
from progressus_desktop.domain.dates import FIRST_YEAR, LAST_YEAR
from progressus_desktop.domain.fields import Values
from progressus_desktop.domain.records import Record
from progressus_desktop.errors import DamagedError, NotFoundError, UsageError
from progressus_desktop.services import permission
from progressus_desktop.services import reporting_kinds as kinds
from progressus_desktop.services import reporting_words as say
from progressus_desktop.words import N_, Message, _

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from progressus_desktop.reports.images import Picture
    from progressus_desktop.reports.setting import Setting
    from progressus_desktop.store.query import View
    from progressus_desktop.store.workspace import Workspace

Render = Callable[["Setting"], bytes]
"""Lays a report out once its data are gathered."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person asked for; days are ISO dates, ``form`` is one of the forms of a kind, PDF first.

    ``version`` is that of a report that was handed over; 0 is what its record says now.
    """

    record_id: str = ""
    month: str = ""
    date_from: str = ""
    date_to: str = ""
    form: str = "pdf"
    large_print: bool = False
    landscape: bool = False
    plain: bool = False
    name: str = ""
    version: int = 0


class Records:
    """A lookup whose records are whole, with their sets, maps and rows (the store's own has scalars only)."""

    def __init__(self, ws: Workspace, connection: Connection) -> None:
        from progressus_desktop.store.looking import TableLookup

        self._connection = connection
        self._scalars = TableLookup(connection, ws.space)
        self._known: dict[tuple[str, str], Values | None] = {}
        self._with_list: frozenset[str] | None = None

    def whole(self, entity: str, record_id: str) -> Record | None:
        """The live record with that id and its problems, or None."""
        from progressus_desktop.store import query

        found = query.read(self._connection, entity, record_id, self._scalars) if record_id else None
        if found is None or found.deleted:
            return None
        return replace(found, fields=self._counted({**found.fields, "id": found.id})) if entity == "event" else found

    def _counted(self, event: Values) -> Values:
        """An event with the numbers of its named list, where there is one."""
        from progressus_desktop.store import bulk

        if self._with_list is None:
            self._with_list = bulk.referred_to(self._connection, "participant", "event")
        return event_rules.counted(event, self) if event.get("id") in self._with_list else event

    def record(self, entity: str, record_id: str) -> Values | None:
        """The fields of the live record with that id, or None."""
        if (entity, record_id) not in self._known:
            found = self.whole(entity, record_id)
            self._known[entity, record_id] = values(found) if found else None
        return self._known[entity, record_id]

    def linked(self, entity: str, name: str, record_id: str, _only: Sequence[str] = ()) -> Iterable[Values]:
        """Live records of ``entity`` that refer to ``record_id``, oldest first."""
        return self.linked_by(entity, (name,), record_id)

    def newest(self, entity: str, name: str, record_id: str, where: tuple[str, str] | None = None) -> str | None:
        """The newest date of live records of ``entity`` that refer to ``record_id``."""
        return self._scalars.newest(entity, name, record_id, where)

    def linked_by(self, entity: str, names: Sequence[str], record_id: str) -> list[Values]:
        """Live records of ``entity`` that refer to ``record_id`` in any of these fields, each once, oldest first."""
        from progressus_desktop.store import bulk

        return self.keep(entity, bulk.linked(self._connection, entity, names, record_id))

    def listed(self, entity: str, view: View) -> list[Values]:
        """Live records of a list, in its order."""
        from progressus_desktop.store import bulk

        return self.keep(entity, bulk.listed(self._connection, entity, view))

    def listed_with(self, entity: str, first: str, last: str, fields: frozenset[str]) -> list[Values]:
        """Live records of a type (of a period, if days are given) with only these of their sets, maps and rows."""
        from progressus_desktop.store import bulk
        from progressus_desktop.store.query import View

        apart = entity == "partner"
        view = View(order="date", period=(first, last)) if first else View(in_project=apart)
        found = bulk.listed(self._connection, entity, view, fields)
        return [self._counted(each) for each in found] if entity == "event" else list(found)

    def those(self, entity: str, ids: Sequence[str]) -> list[Values]:
        """The live records with these ids."""
        from progressus_desktop.store import bulk

        return self.keep(entity, bulk.those(self._connection, entity, ids))

    def tasks(self, ids: Sequence[str]) -> None:
        """Know the tasks with these ids, and which of them are not there, before each is asked for by itself."""
        unknown = [each for each in dict.fromkeys(ids) if ("task", each) not in self._known]
        self._known |= dict.fromkeys((("task", each) for each in unknown), None)
        self.those("task", unknown)

    def keep(self, entity: str, found: Iterable[Values]) -> list[Values]:
        """``found``, known from now on, so that none is read a second time."""
        kept = [self._counted(each) for each in found] if entity == "event" else list(found)
        self._known |= {(entity, str(each["id"])): each for each in kept}
        return kept

    def project(self) -> Values:
        """The workspace's project, empty if there is none."""
        return self.record("project", str(self._scalars.project().get("id", ""))) or {}

    def own_organisation(self) -> str:
        """Id of the organisation this workspace belongs to, empty if none."""
        return self._scalars.own_organisation()


def values(record: Record) -> Values:
    """A record's fields with its id, code, state of entry and space."""
    return {
        **record.fields, "id": record.id, "code": record.code, "entry": record.entry, "space": record.space,
    }  # fmt: skip


@dataclass(slots=True)
class Snapshot:
    """The workspace at one moment: whole records, the person who works, the time of the newest change.

    ``chosen`` is the organisation a report is about where a person named one.
    """

    ws: Workspace
    connection: Connection
    chosen: str = ""
    lookup: Records = field(init=False)
    stamp: datetime = field(init=False)

    def __post_init__(self) -> None:
        """Look once at what every report needs."""
        self.lookup = Records(self.ws, self.connection)
        newest = self.connection.exec_driver_sql("SELECT MAX(at_ms) FROM log_commit").scalar()
        self.stamp = local(int(newest) if newest is not None else self.ws.clock.now_ms())

    @property
    def today(self) -> date:
        """The day of the newest change: from it relative periods count back, so that a report stays the same."""
        return self.stamp.date()

    @property
    def project(self) -> Values:
        """The workspace's project."""
        return self.lookup.project()

    @property
    def own(self) -> str:
        """The organisation whose report it is (the one chosen, else one's own); the office's are about all: empty."""
        if self.chosen:
            return self.chosen
        return "" if self.ws.is_office else self.lookup.own_organisation()

    @property
    def organisation(self) -> str:
        """Name of the organisation that reports."""
        return say.name(self.lookup, self.lookup.own_organisation()) or self.ws.name

    @property
    def sees_people(self) -> bool:
        """Whether the person who works may have names in an export; a reader may not."""
        return permission.role(self.ws) != "reader"

    def worker(self) -> tuple[str, str]:
        """Name and role of the person who works now."""
        user = self.lookup.record("user", self.ws.person) if self.ws.person else None
        role = say.text(user or {}, "role")
        return say.person(user), codelists.word("user_role", role) if role else ""

    def signer(self) -> str:
        """Name and role of the person who works, in one line."""
        return ", ".join(part for part in self.worker() if part)

    def read(self, sha: str) -> bytes:
        """The content of an attachment.

        Raises:
            NotFoundError: it is not on this laptop.
            DamagedError: it is not what it was.
        """
        from progressus_desktop.store import media

        return media.read(self.ws, sha)

    def named(self, entity: str, record_id: str) -> Record:
        """The live record a person named by id, part of it, or code.

        Raises:
            UsageError: nothing was named.
            NotFoundError: there is no such record.
        """
        from progressus_desktop.store import query

        if not record_id:
            raise UsageError(Message(kinds.ASKING[entity]))
        found = self.lookup.whole(entity, record_id)
        found = found or self.lookup.whole(entity, query.resolve(self.ws, entity, record_id))
        if found is None:
            raise NotFoundError(Message(N_("There is no record “{name}”."), {"name": record_id}))
        return found

    def each(self, entity: str, first: str = "", last: str = "") -> list[Values]:
        """Live records of a type, those of a period by their dates; of one's own work where one reports for oneself."""
        from progressus_desktop.store.query import View

        if not first:
            return self.lookup.listed(entity, View())
        found = self.lookup.listed(entity, View(order="date", period=(first, last)))
        return in_order(each for each in found if not self.own or each.get("space") == self.own)

    def ready(self, entity: str, first: str, last: str) -> tuple[list[Values], int]:
        """Ready records of a period by date, and how many drafts were left out."""
        found = self.each(entity, first, last)
        ready = [each for each in found if say.text(each, "entry") != "draft"]
        return ready, len(found) - len(ready)

    def setting(self) -> Setting:
        """The surroundings of a report: language, author, marks, stamp."""
        from progressus_desktop.reports.setting import Setting

        marks, note = self.marks()
        return Setting(
            words.language(), self.organisation, self.stamp, marks, note, self.strip(self.strip_file()),
            self.strip_everywhere,
        )  # fmt: skip

    def marks(self) -> tuple[Sequence[str], str]:
        """The names of the marks, and the sentence that stands in their place."""
        marks = (_("Programme mark"), _("Leader's mark"), _("Partner's mark")) if self.ws.is_demo else ()
        note = say.text(self.project, f"visibility_sentence_{words.language()}")
        return marks, note or _("place for the marks\nfrom the office")

    def strip_file(self) -> str:
        """SHA-256 of the office's own mark strip, empty if the project has none."""
        chosen = self.lookup.record("photo", say.text(self.project, "visibility_strip")) or {}
        return say.text(chosen, "shared_copy") or say.text(chosen, "original")

    @property
    def strip_everywhere(self) -> bool:
        """Whether the mark strip stands on every page."""
        return say.text(self.project, "visibility_pages") == "every"

    def strip(self, sha: str) -> Picture | None:
        """The mark strip as a picture, if it is on this laptop."""
        from progressus_desktop.reports.images import picture

        if not sha:
            return None
        try:
            return picture(self.read(sha))
        except (DamagedError, NotFoundError, OSError, KeyError):
            return None


def in_order(found: Iterable[Values]) -> list[Values]:
    """Records by date, time, id."""
    return sorted(found, key=lambda each: tuple(say.text(each, name) for name in ("date", "start", "id")))


def period(asked: Asked) -> tuple[str, str]:
    """First and last day asked for, as ISO dates; empty where none is given. A month is a period too.

    Raises:
        UsageError: a day or month is none, or the last day comes before the first.
    """
    if asked.month:
        return month_days(asked.month)
    days = [_day_of(each) for each in (asked.date_from, asked.date_to)]
    if any(each and day is None for each, day in zip((asked.date_from, asked.date_to), days, strict=True)):
        raise UsageError(Message(N_("Give a day as YYYY-MM-DD, for example 2026-11-23.")))
    first, last = (day.isoformat() if day else "" for day in days)
    if first and last and last < first:
        raise UsageError(Message(N_("The last day comes before the first.")))
    return first, last


def _day_of(text: str) -> date | None:
    """A day that may stand in a report, None for any other text: no calendar goes on before the first year."""
    found = say.parsed(text) if text else None
    return found if found is not None and FIRST_YEAR <= found.year <= LAST_YEAR else None


def twelve_months(snapshot: Snapshot, asked: Asked) -> tuple[str, str]:
    """The days asked for; twelve months back from the last one, which without one is the newest change's.

    Raises:
        UsageError: a day is none, or the last one comes before the first.
    """
    first, last = period(asked)
    end = say.parsed(last) or snapshot.today
    back = end.replace(year=end.year - 1, day=min(end.day, 28))
    return first or back.isoformat(), end.isoformat()


def twelve_whole_months(snapshot: Snapshot, asked: Asked) -> tuple[str, str]:
    """As :func:`twelve_months`, but back to the first day of a month, so that no month of the year stands twice.

    Raises:
        UsageError: a day is none, or the last one comes before the first.
    """
    first, last = twelve_months(snapshot, asked)
    if not period(asked)[0]:
        first = (date.fromisoformat(first).replace(day=1) + timedelta(days=31)).replace(day=1).isoformat()
    return first, last


def span_words(first: str, last: str) -> str:
    """A period in words: from when to when, or only from when on."""
    if not last:
        return _("From {day} on", day=say.day(first))
    return _("From {first} to {last}", first=say.day(first), last=say.day(last))


def month_days(month: str) -> tuple[str, str]:
    """First and last day of ``2026-05``.

    Raises:
        UsageError: it is no month.
    """
    first = _day_of(f"{month}-01")
    if first is None:
        raise UsageError(Message(N_("Give the month as YYYY-MM, for example 2026-11.")))
    following = (first + timedelta(days=31)).replace(day=1)
    return first.isoformat(), (following - timedelta(days=1)).isoformat()

"""PDF reports: the data from one snapshot of the workspace, the file written aside, checked and moved into place."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from progressus_desktop import words
from progressus_desktop.clock import local
from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Lookup, Values
from progressus_desktop.domain.records import Record
from progressus_desktop.errors import DamagedError, NotFoundError, StorageError, UsageError
from progressus_desktop.services import reporting_words as say
from progressus_desktop.words import N_, Message, _

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from progressus_desktop.reports.check import Finding
    from progressus_desktop.reports.images import Picture
    from progressus_desktop.reports.setting import Setting
    from progressus_desktop.store.workspace import Workspace

KINDS = ("event-card", "attendance-sheet", "monthly-report")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def export(
    ws: Workspace,
    kind: str,
    target: Path,
    *,
    record_id: str = "",
    month: str = "",
    lang: str = "",
    large_print: bool = False,
    landscape: bool = False,
) -> Path:
    """Write the report ``kind`` (one of :data:`KINDS`) to ``target`` and give its path.

    ``record_id`` names the event (id, part of it, or code); ``month`` is ``YYYY-MM``; ``lang`` is
    ``pl`` or ``en``, by default the program's. An existing file is replaced only by a checked one.

    Raises:
        UsageError: unknown kind, no event or month given, or a month that is none.
        NotFoundError: there is no such event.
        StorageError: the file cannot be written.
    """
    if kind not in KINDS:
        message = Message(
            N_("There is no report called {kind}. Choose one of: {kinds}."), {"kind": kind, "kinds": ", ".join(KINDS)}
        )
        raise UsageError(message)
    with words.speaking(lang or words.language()):
        if kind == "monthly-report":
            data = _month(ws, month)
        else:
            data = _event(ws, kind, record_id, landscape=landscape, large_print=large_print)
    return _written(target, data)


def check_file(path: Path) -> list[Finding]:
    """The accessibility findings in a PDF; none means that it is as it must be.

    Raises:
        NotFoundError: there is no such file.
        DamagedError: it is no PDF.
    """
    from progressus_desktop.reports import check

    return check.check_file(path)


def _event(ws: Workspace, kind: str, record_id: str, *, landscape: bool, large_print: bool) -> bytes:
    from progressus_desktop.reports import attendance_sheet, event_card
    from progressus_desktop.services import reporting_event
    from progressus_desktop.services.state import state_sentence
    from progressus_desktop.store import media, query

    if not record_id:
        raise UsageError(Message(N_("Say which event the report is about.")))
    found = query.resolve(ws, "event", record_id)
    with ws.reader() as connection:
        lookup = _Records(ws, connection)
        record = lookup.whole("event", found)
        if record is None:
            raise NotFoundError(Message(N_("There is no event {code}."), {"code": record_id}))
        worker, role = _worker(ws, lookup)
        read: Callable[[str], bytes] = lambda sha: media.read(ws, sha)  # noqa: E731 - a value handed on
        source = reporting_event.Source(
            _values(record), record.entry, state_sentence(record), lookup, read, worker, role
        )
        if kind == "event-card":
            card = reporting_event.card(source)
        else:
            sheet = reporting_event.sheet(source, lookup.project(), landscape=landscape, large_print=large_print)
        setting = _setting(ws, lookup, connection)
    return event_card.render(card, setting) if kind == "event-card" else attendance_sheet.render(sheet, setting)


def _month(ws: Workspace, month: str) -> bytes:
    from progressus_desktop.reports import monthly
    from progressus_desktop.services import reporting_month
    from progressus_desktop.store import query

    if not _MONTH.fullmatch(month):
        raise UsageError(Message(N_("Give the month as YYYY-MM, for example 2026-11.")))
    first, last = reporting_month.period(month)
    view = query.View(order="date", period=(first, last))
    with ws.reader() as connection:
        lookup = _Records(ws, connection)
        worker, role = _worker(ws, lookup)
        events, draft_events = _ready(query.each(ws, "event", view, connection))
        talks, draft_talks = _ready(query.each(ws, "interaction", view, connection))
        partners = [_values(record) for record in query.each(ws, "partner", query.View(), connection)]
        own = "" if ws.is_office else lookup.own_organisation()
        source = reporting_month.Month(
            month, say.name(lookup, own) or ws.name, own, events, talks, partners,
            draft_events, draft_talks, worker, role, lookup,
        )  # fmt: skip
        report = reporting_month.report(source)
        setting = _setting(ws, lookup, connection)
    return monthly.render(report, setting)


def _values(record: Record) -> Values:
    return {**record.fields, "id": record.id, "code": record.code}


def _ready(records: Iterable[Record]) -> tuple[list[Values], int]:
    """Ready records by date, and how many drafts were left out."""
    ready: list[Values] = []
    drafts = 0
    for record in records:
        if record.entry == "draft":
            drafts += 1
        else:
            ready.append(_values(record))
    ready.sort(key=lambda values: (say.text(values, "date"), say.text(values, "start"), say.text(values, "id")))
    return ready, drafts


def _worker(ws: Workspace, lookup: Lookup) -> tuple[str, str]:
    """Name and role of the person who works now."""
    user = lookup.record("user", ws.person) if ws.person else None
    role = say.text(user or {}, "role")
    return say.person(user), codelists.word("user_role", role) if role else ""


def _setting(ws: Workspace, lookup: Lookup, connection: Connection) -> Setting:
    from progressus_desktop.reports.setting import Setting

    own = say.name(lookup, lookup.own_organisation())
    marks = (_("Programme mark"), _("Leader's mark"), _("Partner's mark")) if ws.is_demo else ()
    note = say.text(lookup.project(), f"visibility_sentence_{words.language()}")
    note = note or _("place for the marks\nfrom the office")
    return Setting(
        words.language(), own or ws.name, local(_newest_change(ws, connection)), marks, note, _strip(ws, lookup)
    )


def _newest_change(ws: Workspace, connection: Connection) -> int:
    """The time of the newest change in the log, so that the same data give the same file on any day."""
    newest = connection.exec_driver_sql("SELECT MAX(at_ms) FROM log_commit").scalar()
    return int(newest) if newest is not None else ws.clock.now_ms()


def _strip(ws: Workspace, lookup: Lookup) -> Picture | None:
    """The office's own mark strip, if the project has one on this laptop."""
    from progressus_desktop.reports.images import picture
    from progressus_desktop.store import media

    chosen = lookup.record("photo", say.text(lookup.project(), "visibility_strip"))
    if not chosen:
        return None
    try:
        return picture(media.read(ws, say.text(chosen, "shared_copy") or say.text(chosen, "original")))
    except (DamagedError, NotFoundError, OSError, KeyError):
        return None


def _written(target: Path, data: bytes) -> Path:
    """Write aside, read back, check, and only then take the place of an older file.

    Raises:
        StorageError: the folder cannot be written, the disk is full, or the file read back differs.
    """
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _checked(aside, data)
        aside.replace(target)
    except OSError as error:
        message = Message(N_("The file {name} could not be written. Your data are safe."), {"name": target.name})
        hint = Message(N_("Free some space, close the file if it is open, or choose another folder."))
        raise StorageError(message, hint=hint) from error
    finally:
        aside.unlink(missing_ok=True)
    return target


def _checked(aside: Path, data: bytes) -> None:
    import pikepdf

    if aside.read_bytes() != data:
        raise OSError
    try:
        with pikepdf.open(aside) as pdf:
            readable = len(pdf.pages) > 0 and "/StructTreeRoot" in pdf.Root
    except pikepdf.PdfError as error:
        raise OSError from error
    if not readable:
        raise OSError


def this_month(today: date) -> str:
    """The month of ``today`` as ``YYYY-MM``."""
    return f"{today:%Y-%m}"


class _Records:
    """A lookup whose records are whole, with their sets, maps and rows (the store's own has scalars only)."""

    def __init__(self, ws: Workspace, connection: Connection) -> None:
        from progressus_desktop.store.looking import TableLookup

        self._connection = connection
        self._scalars = TableLookup(connection, ws.space)
        self._known: dict[tuple[str, str], Record | None] = {}

    def whole(self, entity: str, record_id: str) -> Record | None:
        """The live record with that id, or None."""
        from progressus_desktop.store import query

        if (entity, record_id) not in self._known:
            found = query.read(self._connection, entity, record_id, self._scalars) if record_id else None
            self._known[entity, record_id] = found if found and not found.deleted else None
        return self._known[entity, record_id]

    def record(self, entity: str, record_id: str) -> Values | None:
        """The fields of the live record with that id, or None."""
        found = self.whole(entity, record_id)
        return _values(found) if found else None

    def linked(self, entity: str, name: str, record_id: str) -> Iterable[Values]:
        """Live records of ``entity`` that refer to ``record_id``, oldest first."""
        found = sorted(str(values["id"]) for values in self._scalars.linked(entity, name, record_id))
        return [values for each in found if (values := self.record(entity, each)) is not None]

    def project(self) -> Values:
        """The workspace's project, empty if there is none."""
        return self.record("project", str(self._scalars.project().get("id", ""))) or {}

    def own_organisation(self) -> str:
        """Id of the organisation this workspace belongs to, empty if none."""
        return self._scalars.own_organisation()

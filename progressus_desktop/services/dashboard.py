"""What waits for a person today: problems, tasks, silent partners; the month's report; what comes next."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from progressus_desktop import clock
from progressus_desktop.domain import monthly_report as report
from progressus_desktop.domain.completeness import FILES
from progressus_desktop.domain.fields import Level
from progressus_desktop.domain.photo import permission
from progressus_desktop.domain.records import Record
from progressus_desktop.domain.rules import plain_date
from progressus_desktop.services import report_readiness, topiccover
from progressus_desktop.services.entering import own_organisation
from progressus_desktop.services.report_readiness import PartState
from progressus_desktop.services.reporting_source import month_days
from progressus_desktop.services.topiccover import Told
from progressus_desktop.store import query
from progressus_desktop.store.looking import TableLookup
from progressus_desktop.store.query import Row, View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, NN_, Message

MOST = 4
"""Lines of a card; there is a page for the rest."""

SILENT_DAYS = 60
"""Days without a contact after which a partner counts as silent."""

_LOOKED_AT, _PHOTOS, _MONTH = 60, 120, 900
_NEXT, _AHEAD_DAYS, _TASK_DAYS = 3, 366, 7
_QUIET = frozenset({"identified", "paused", "ended", "refused"})
_FIRM = ("agreement", "active")
_USUAL_DUE_DAY = 5
_PARTS = 2
"""Open parts of the report that are named; its page has them all."""
_ORDER = ("err", "warn", "none")
_OVER = frozenset({report.READY, report.RETURNED, report.ACCEPTED})
_DRAFTED = {"events": "event", "contacts": "interaction"}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing on a card: its state (err, warn, none, ok), words, and what can be done about which record.

    ``act`` is ``mend``, ``fill``, ``done``, ``contact``, ``show``, ``write`` or nothing; ``place`` a field or section;
    ``due`` a day as ISO. A report is named by its month, as nobody may have begun it.
    """

    kind: str
    message: Message | str
    act: str = ""
    entity: str = ""
    record_id: str = ""
    place: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class MonthReport:
    """The report to be written now: its month (YYYY-MM), the day it is due, how many of its parts are ready, its lines.

    ``state`` is a code of ``report_state``, empty while nobody began it.
    """

    month: str
    due: date
    days_left: int
    ready: int
    total: int
    lines: tuple[Line, ...]
    state: str = ""


@dataclass(frozen=True, slots=True)
class Dashboard:
    """Everything the page shows of the records; ``more`` counts what was left off the lines of the day."""

    day: date
    lines: tuple[Line, ...]
    more: int
    open_tasks: int
    report: MonthReport
    events: tuple[Row, ...]
    topics: tuple[topiccover.Topic, ...]


def read(ws: Workspace) -> Dashboard:
    """All of it as it is now, for the organisation of the person who works."""
    day, own = clock.today(ws.clock), own_organisation(ws)
    with ws.reader() as connection:
        asked = _Asked(connection, TableLookup(connection, ws.space), day, own)
        tasks = _own_tasks(asked)
        lines, more = _chosen([*_events(asked)], [*_photos(asked)], [*_due(tasks, day)], [*_silent(asked)])
        told = topiccover.read(connection, own)
        topics = topiccover.topics(told.coverage())
        return Dashboard(day, lines, more, len(tasks), _report(asked, told), _coming(asked), topics)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One snapshot, the day, and whose day it is."""

    connection: Connection
    lookup: TableLookup
    day: date
    own: str

    def rows(self, entity: str, view: View, most: int) -> list[Row]:
        return query.window_on(self.connection, entity, view, 0, most)


def _chosen(*lists: Sequence[Line]) -> tuple[tuple[Line, ...], int]:
    """The first of each list, then further ones in the same order, until the card is full."""
    total = sum(len(each) for each in lists)
    counts = [0] * len(lists)
    while sum(counts) < min(MOST, total):
        for place, each in enumerate(lists):
            if counts[place] < len(each) and sum(counts) < MOST:
                counts[place] += 1
    lines = tuple(line for each, count in zip(lists, counts, strict=True) for line in each[:count])
    return lines, total - len(lines)


def _mine(row: Row, own: str) -> bool:
    return not own or row.values.get("space") in {own, "office"}


# -- what waits today -------------------------------------------------------------------------------------------


def _events(asked: _Asked) -> Iterator[Line]:
    """Events with errors, newest first: each with its first error."""
    for row in asked.rows("event", View(where=(("errors", "some"),), order="-date"), _LOOKED_AT):
        record = query.read(asked.connection, "event", row.id, asked.lookup) if _mine(row, asked.own) else None
        wrong = [each for each in record.problems if each.level is Level.ERROR] if record is not None else []
        if record is not None and wrong:
            name = str(row.values.get("title") or record.code)
            message = Message(N_("“{name}”: {problem}"), {"name": name, "problem": wrong[0].message})
            yield Line("err", message, "mend", "event", row.id, wrong[0].field)


def _photos(asked: _Asked) -> Iterator[Line]:
    """Events whose newest photos show people who have not agreed, counted."""
    lookup = asked.lookup
    lacking: Counter[str] = Counter()
    for row in asked.rows("photo", View(where=(("kind", "photo"),)), _PHOTOS):
        found = lookup.record("photo", row.id) if _mine(row, asked.own) else None
        if found and found.get("event") and permission(found, lookup) not in {"full", "not_needed"}:
            lacking[str(found["event"])] += 1
    for event, number in lacking.items():
        day = plain_date((lookup.record("event", event) or {}).get("date"))
        one, many = NN_("{n} photo from {date} without permission", "{n} photos from {date} without permission")
        told = f"{day:%d.%m.%Y}" if day else "–"
        yield Line("warn", Message(one, {"date": told}, plural=many, count=number), "fill", "event", event, FILES)


def _own_tasks(asked: _Asked) -> list[Row]:
    """Open tasks of the workspace, the one that is due first at the head."""
    rows = asked.rows("task", View(where=(("state", "open"),)), 500)
    return sorted(rows, key=lambda row: (str(row.values.get("due") or "9999"), row.no))


def _due(tasks: Sequence[Row], day: date) -> Iterator[Line]:
    until = (day + timedelta(days=_TASK_DAYS)).isoformat()
    for row in tasks:
        due = str(row.values.get("due") or "")
        if due and due <= until:
            kind = "warn" if due < day.isoformat() else "none"
            yield Line(kind, str(row.values.get("what") or ""), "done", "task", row.id, due=due)


def _silent(asked: _Asked) -> Iterator[Line]:
    """Partners we work with and have not talked to for long, the longest silence first."""
    day = asked.day
    until = (day - timedelta(days=SILENT_DAYS + 1)).isoformat()
    view = View(where=(("last_contact", f"<={until}"),), order="last_contact")
    for row in asked.rows("partner", view, _LOOKED_AT):
        last = plain_date(row.values.get("last_contact"))
        if last is None or row.values.get("stage") in _QUIET:
            continue
        one, many = NN_("“{name}”: no contact for {n} day", "“{name}”: no contact for {n} days")
        name = str(row.values.get("short_name") or row.values.get("name") or "").strip("„”")
        yield Line(
            "warn", Message(one, {"name": name}, plural=many, count=(day - last).days), "contact", "partner", row.id,
            "log",
        )  # fmt: skip


# -- the report of the month ----------------------------------------------------------------------------------


def report_month(day: date, due_day: int) -> tuple[str, date]:
    """The month whose report is to be written on ``day``, and the day it is due: the last month until then."""
    month = day.replace(day=1)
    if day.day <= due_day:
        month = (month - timedelta(days=1)).replace(day=1)
    following = (month + timedelta(days=31)).replace(day=1)
    last = calendar.monthrange(following.year, following.month)[1]
    return f"{month:%Y-%m}", following.replace(day=min(due_day, last))


def _report(asked: _Asked, told: Told) -> MonthReport:
    """How far the report of the month is, by its parts."""
    day = asked.lookup.project().get("monthly_deadline_day")
    month, due = report_month(asked.day, day if isinstance(day, int) and day > 0 else _USUAL_DUE_DAY)
    record = _begun(asked, month)
    parts = report_readiness.of_month(asked.connection, asked.own, month, record, told.coverage((month, month)))
    ready = sum(part.kind == "ok" for part in parts)
    state = str(record.derived.get("state") or "") if record is not None else ""
    lines = (*([_decided(state, month)] if state in _OVER else _open(asked, month, parts)), _summed(asked, parts))
    return MonthReport(month, due, (due - asked.day).days, ready, len(parts), lines, state)


def _begun(asked: _Asked, month: str) -> Record | None:
    found = report.identity({"tester": asked.own, "kind": report.MONTHLY, "period": month})
    record = query.read(asked.connection, report.ENTITY.name, found, asked.lookup) if found else None
    return record if record is not None and not record.deleted else None


def _decided(state: str, month: str) -> Line:
    """What is said once the report was handed over."""
    if state == report.RETURNED:
        return Line(
            "warn", Message(N_("The office returned the report with remarks")), "show", report.ENTITY.name, month
        )
    over = {report.ACCEPTED: N_("The office accepted the report"), report.READY: N_("The report is handed over")}
    return Line("ok", Message(over[state]))


def _open(asked: _Asked, month: str, parts: Sequence[PartState]) -> list[Line]:
    """The first parts that are not ready, those that hold the report up at the head."""
    left = sorted((part for part in parts if part.kind != "ok"), key=lambda part: _ORDER.index(part.kind))
    return [_part_line(asked, month, part) for part in left[:_PARTS]]


def _part_line(asked: _Asked, month: str, part: PartState) -> Line:
    name = Message(next(section.label for section in report.ENTITY.sections if section.name == part.part))
    if part.part in report_readiness.OWN:
        words = N_("The part “{part}” is begun") if part.count else N_("The part “{part}” is empty")
        return Line(part.kind, Message(words, {"part": name}), "write", report.ENTITY.name, month, part.part)
    message = Message(N_("{part}: {words}"), {"part": name, "words": part.said})
    entity = _DRAFTED.get(part.part, "") if part.kind == "warn" else ""
    draft = _first_draft(asked, entity, month) if entity else ""
    if draft:
        return Line(part.kind, message, "show", entity, draft)
    return Line(part.kind, message, "show", report.ENTITY.name, month, part.part)


def _first_draft(asked: _Asked, entity: str, month: str) -> str:
    view = View(where=(("entry", "draft"),), period=month_days(month), order="date")
    return next((row.id for row in asked.rows(entity, view, _MONTH) if row.values.get("space") == asked.own), "")


def _summed(asked: _Asked, parts: Sequence[PartState]) -> Line:
    firm = sum(query.count(asked.connection, "partner", View(where=(("stage", stage),))) for stage in _FIRM)
    talks = next(part for part in parts if part.part == "contacts")
    words = N_("Contacts: {talks}; partners with an agreement or in steady cooperation: {n}")
    return Line("ok", Message(words, {"talks": talks.count, "n": firm}))


# -- what comes --------------------------------------------------------------------------------------------


def _coming(asked: _Asked) -> tuple[Row, ...]:
    until = asked.day + timedelta(days=_AHEAD_DAYS)
    rows = asked.rows("event", View(period=(asked.day.isoformat(), until.isoformat()), order="date"), _LOOKED_AT)
    open_ = [
        row for row in rows if _mine(row, asked.own) and row.values.get("status") in {None, "planned", "confirmed"}
    ]
    return tuple(open_[:_NEXT])

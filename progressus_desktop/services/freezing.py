"""Versions of a report that was handed over: its data frozen in a file, named by the hash of its content.

The file holds figures, texts and names of organisations, and ids where a person is meant (domain.md, section 9).
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from progressus_desktop import words
from progressus_desktop.clock import local
from progressus_desktop.domain import monthly_report as report
from progressus_desktop.domain.fields import Values
from progressus_desktop.domain.records import Record
from progressus_desktop.errors import DamagedError, NotFoundError, ProgressusError
from progressus_desktop.reports.periodical_lines import Periodical
from progressus_desktop.services import indicators, plaindata, reporting_monthly
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_source import Snapshot, values
from progressus_desktop.store import media
from progressus_desktop.words import LANGUAGES, N_, Message, _

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from progressus_desktop.reports.setting import Setting
    from progressus_desktop.store.workspace import Workspace

FORMAT = 1
_CHANGED = "SELECT changed_ms FROM record WHERE uuid = unhex(?)"
_LARGEST = 32 * 1024 * 1024
_BEHIND = ("event", "interaction", "observation")
"""Dated record types whose ready records of the period stand behind the figures."""
_JOINT = ("cluster", "membership", "action")


@dataclass(frozen=True, slots=True)
class Frozen:
    """The data of a version as they were handed over; ``sha`` is the hash of the file."""

    sha: str
    data: Mapping[str, Any]

    @property
    def number(self) -> int:
        """Which version it is."""
        return int(self.data["number"])

    @property
    def at(self) -> datetime:
        """When it was handed over."""
        return datetime.fromisoformat(self.data["at"])

    @property
    def words(self) -> Values:
        """The own words of that time."""
        found: Values = self.data["words"]
        return found

    def periodical(self) -> Periodical:
        """What it says, in the language in force."""
        return plaindata.rebuilt(Periodical, self.data["report"][words.language()])

    def setting(self, snapshot: Snapshot) -> Setting:
        """The surroundings of that time."""
        from progressus_desktop.reports.setting import Setting

        marks = self.data["marks"][words.language()]
        return Setting(
            words.language(), self.data["organisation"], datetime.fromisoformat(self.data["stamp"]),
            marks["names"], marks["note"], snapshot.strip(self.data["strip"]), bool(self.data.get("strip_everywhere")),
        )  # fmt: skip


def version(ws: Workspace, record: Record) -> dict[str, Any]:
    """Freeze the data of a report; gives the fields that make them its next version.

    The file is kept at once; without the commit that names it nothing points at it.

    Raises:
        StorageError: it could not be kept.
    """
    number = report.newest(record.fields) + 1
    at = local(ws.clock.now_ms()).isoformat(timespec="seconds")
    with ws.reader() as connection:
        data = _data(Snapshot(ws, connection), record, number, at)
    sha = media.add(ws, zlib.compress(plaindata.canonical(data), 9))
    made = {"version": str(number), "snapshot": sha, "at": at, **({"by": ws.person} if ws.person else {})}
    return {"snapshot": sha, "versions": [*report.items(record.fields, "versions"), made]}


def _data(snapshot: Snapshot, record: Record, number: int, at: str) -> dict[str, Any]:
    fields = values(record)
    first, last = reporting_monthly.days_of(snapshot, fields)
    made: dict[str, Any] = {}
    marks: dict[str, Any] = {}
    for language in LANGUAGES:
        with words.speaking(language):
            frozen = reporting_monthly.working_copy(snapshot, fields)
            frozen.working, frozen.people, frozen.state, frozen.state_kind = False, (), "", "ok"
            made[language] = plaindata.plain(frozen)
            names, note = snapshot.marks()
            marks[language] = {"names": list(names), "note": note}
    return {
        "format": FORMAT,
        "kind": say.text(fields, "kind"),
        "tester": say.text(fields, "tester"),
        "period": [first, last],
        "number": number,
        "at": at,
        "by": snapshot.ws.person or "",
        "code": record.code,
        "organisation": say.name(snapshot.lookup, snapshot.own) or snapshot.organisation,
        "stamp": snapshot.stamp.isoformat(),
        "marks": marks,
        "strip": snapshot.strip_file(),
        "strip_everywhere": snapshot.strip_everywhere,
        "report": made,
        "words": own_words(fields),
        "sources": sources(snapshot.connection, snapshot.own, first, last),
        "indicators": list(_indicators(snapshot, first, last)),
    }


def own_words(fields: Values) -> dict[str, Any]:
    """What a person wrote of a report."""
    return {name: fields[name] for name in (*report.OWN_WORDS, "hours", "annexes") if fields.get(name)}


def _indicators(snapshot: Snapshot, first: str, last: str) -> Iterator[dict[str, Any]]:
    for each in indicators.all_of(snapshot.ws, first, last, snapshot.own, snapshot.connection):
        yield {
            "id": each.id, "code": each.code, "name": each.name, "unit": each.unit, "value": each.figure.value,
            "target": each.target, "records": [[by.entity, by.record, by.amount] for by in each.figure.sources],
        }  # fmt: skip


# -- what stands behind a version ---------------------------------------------------------------------------------


def sources(connection: Connection, space: str, first: str, last: str) -> dict[str, dict[str, str]]:
    """The ready records behind the figures of a period, by type: their ids and versions."""
    found: dict[str, dict[str, str]] = {}
    for entity in _BEHIND:
        sql = (
            f"SELECT e.id, hex(r.version) FROM {entity} e JOIN record r ON r.no = e.record_no WHERE e.deleted = 0"
            " AND e.entry <> 'draft' AND e.space = ? AND e.date >= ? AND e.date <= ?"
        )
        found[entity] = {row[0]: row[1] for row in connection.exec_driver_sql(sql, (space, first, last))}
    for entity in _JOINT:
        sql = (
            f"SELECT e.id, hex(r.version) FROM {entity} e JOIN record r ON r.no = e.record_no WHERE e.deleted = 0"
            " AND e.entry <> 'draft' AND e.space = ?"
        )
        found[entity] = {row[0]: row[1] for row in connection.exec_driver_sql(sql, (space,))}
    return found


def stale_since(connection: Connection, frozen: Frozen) -> datetime | None:
    """When a record behind a version was first changed after it was frozen; None if none was."""
    first, last = frozen.data["period"]
    now = sources(connection, frozen.data["tester"], first, last)
    changed: set[str] = set()
    for entity, then in frozen.data["sources"].items():
        here = now.get(entity, {})
        changed |= {record for record in then.keys() | here.keys() if then.get(record) != here.get(record)}
    moments = [
        connection.exec_driver_sql(
            "SELECT changed_ms FROM record WHERE uuid = unhex(?)", (each.replace("-", ""),)
        ).scalar()
        for each in sorted(changed)
    ]
    known = [int(each) for each in moments if each]
    # clocks differ between laptops: never said to be older than the version itself
    return max(local(min(known)), frozen.at) if known else (frozen.at if changed else None)


# -- reading a version ----------------------------------------------------------------------------------------------


def read(ws: Workspace, record: Record, number: int = 0) -> Frozen | None:
    """A version of a report (the newest one for 0); None if there is none, or its file has not arrived.

    Raises:
        DamagedError: the file is not what it says.
    """
    chosen = number or report.newest(record.fields)
    sha = report.version(record.fields, chosen).get("snapshot")
    if not isinstance(sha, str):
        return None
    try:
        found = loaded(media.read(ws, sha), sha)
    except NotFoundError:
        return None
    if found.number != chosen or found.data.get("tester") != record.fields.get("tester"):
        raise _damaged()
    return found


def loaded(file: bytes, sha: str) -> Frozen:
    """A version out of its file.

    Raises:
        DamagedError: it is none, or made by a newer program.
    """
    unpacking = zlib.decompressobj()
    if hashlib.sha256(file).hexdigest() != sha:
        raise _damaged()
    try:
        content = unpacking.decompress(file, _LARGEST)
        data = json.loads(content)
        whole = unpacking.eof and isinstance(data, dict) and data.get("format") == FORMAT
        found = Frozen(sha, data) if whole else None
        if found is None or not {"report", "words", "sources", "marks", "period"} <= data.keys():
            raise _damaged()
        found.at, found.number, found.periodical()
    except (zlib.error, ValueError, TypeError, KeyError, AttributeError) as error:
        raise _damaged() from error
    return found


def _damaged() -> ProgressusError:
    hint = Message(N_("Other data are safe. Ask the tester to hand the report over again."))
    return DamagedError(Message(N_("The file of this version cannot be read.")), hint=hint)


def seal(frozen: Frozen) -> str:
    """What tells a version from every other one, for the end of its print."""
    return _("Version {number} · SHA-256 {sha}", number=frozen.number, sha=frozen.sha)

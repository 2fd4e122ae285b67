"""Monthly and final reports as people work with them: begun, handed over, reviewed, returned, accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from progressus_desktop import clock
from progressus_desktop.clock import local
from progressus_desktop.domain import codelists
from progressus_desktop.domain import monthly_report as report
from progressus_desktop.domain.fields import Values
from progressus_desktop.domain.records import Committed, Record
from progressus_desktop.errors import ConflictError, NotFoundError, ProgressusError, UsageError, ValidationError
from progressus_desktop.services import records
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.entering import own_organisation
from progressus_desktop.store import query
from progressus_desktop.store.changes import decode
from progressus_desktop.words import N_, Message, _

if TYPE_CHECKING:
    from progressus_desktop.services.freezing import Frozen
    from progressus_desktop.store.workspace import Workspace

NAME = report.ENTITY.name
DEADLINE_DAY = 5
"""Day of the next month by which a report is due, where the project names none."""

CORRECTION_DAYS = 7
"""Days a tester has to correct a report that was returned."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What the office wrote to a part of a version."""

    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How a report stands: ``state`` is a code of ``report_state``, ``number`` the newest version (0: none).

    ``at`` is when that version was handed over and ``decided`` when the office decided, as ISO text; ``changed``
    says that the record was changed after its newest version; ``since`` is when a record behind it was.
    """

    state: str
    number: int = 0
    at: str = ""
    decided: str = ""
    due: str = ""
    changed: bool = False
    since: datetime | None = None
    remarks: tuple[Remark, ...] = ()

    @property
    def words(self) -> str:
        """The state in one sentence."""
        parts = [say.capital(codelists.word("report_state", self.state))]
        if self.number:
            parts.append(_("version {number} of {day}", number=self.number, day=say.day(self.at[:10])))
        if self.state == report.RETURNED and self.due:
            parts.append(_("correct it by {day}", day=say.day(self.due)))
        if self.changed:
            parts.append(_("changed since, not handed over again"))
        if self.since is not None:
            parts.append(_("out of date since {day}", day=f"{self.since:%d.%m.%Y}"))
        return " · ".join(parts)


def title(fields: Values) -> str:
    """The name of a report: what it is and of which month."""
    if say.text(fields, "kind") == report.FINAL:
        return _("Final report")
    period = say.text(fields, "period")
    month = say.month_name(period) if report.MONTH.fullmatch(period) else period
    return _("Monthly report: {month}", month=month)


def deadline(ws: Workspace, month: str) -> date:
    """The day by which the report of a month is due."""
    day = query.lookup(ws).project().get("monthly_deadline_day")
    following = (date.fromisoformat(f"{month}-01") + timedelta(days=31)).replace(day=1)
    return following + timedelta(days=(day if isinstance(day, int) and 1 <= day <= 28 else DEADLINE_DAY) - 1)  # noqa: PLR2004


# -- the tester ------------------------------------------------------------------------------------------------------


def find(ws: Workspace, period: str, kind: str = report.MONTHLY, tester: str = "") -> Record | None:
    """The report of a month (or the final one), of one's own organisation unless another is named."""
    own = report.identity({"tester": tester or own_organisation(ws), "kind": kind, "period": period})
    found = query.get(ws, NAME, own) if own else None
    return found if found and not found.deleted else None


def begin(ws: Workspace, period: str, kind: str = report.MONTHLY) -> str:
    """The id of the report of a month, begun now if nobody did.

    Raises:
        AccessError: the role does not allow it.
    """
    found = find(ws, period, kind)
    if found is not None:
        return found.id
    values: dict[str, Any] = {"tester": own_organisation(ws), "kind": kind}
    if kind == report.MONTHLY:
        values["period"] = period
    return records.save(ws, NAME, None, values).id


def standing(ws: Workspace, record: Record) -> Standing:
    """How a report stands, read from its record and from the version that was handed over."""
    from progressus_desktop.services import freezing

    fields = {**record.fields, "entry": record.entry}
    number = report.newest(fields)
    if not number:
        return Standing(report.DRAFT)
    decided, kept = report.decision(fields, number), report.version(fields, number)
    state = report.state(fields)
    if state not in {report.ACCEPTED, report.RETURNED}:
        state = report.SENT if _sent(ws, record, number) else report.READY
    frozen = _readable(ws, record, number)
    since = None
    if frozen is not None:
        with ws.reading() as connection:
            since = freezing.stale_since(connection, frozen)
    return Standing(
        state, number, str(kept.get("at") or ""), str(decided.get("at") or ""), str(decided.get("due") or ""),
        changed=frozen is not None and freezing.own_words(record.fields) != frozen.words,
        since=since,
        remarks=tuple(remarks(fields, number)) if decided else (),
    )  # fmt: skip


def _readable(ws: Workspace, record: Record, number: int) -> Frozen | None:
    from progressus_desktop.services import freezing

    try:
        return freezing.read(ws, record, number)
    except ProgressusError:
        return None


def _sent(ws: Workspace, record: Record, number: int) -> bool:
    """Whether the change that made a version went into a package, or came with one."""
    heads = record.seen.get(f"versions/{number}", ())
    with ws.reading() as connection:
        office = connection.exec_driver_sql(
            "SELECT number, sent_to FROM peer WHERE role = 'office' AND retired = 0 LIMIT 1"
        ).first()
        for head in heads:
            found = connection.exec_driver_sql(
                "SELECT arrival, import_no FROM log_change WHERE id = ?", (head,)
            ).first()
            if found is None or found[1] is not None:
                return found is not None
            since = connection.exec_driver_sql(
                "SELECT p.since FROM peer_record p JOIN record r ON r.no = p.record_no"
                " WHERE p.peer_no = ? AND r.uuid = unhex(?)",
                (office[0] if office else -1, record.id.replace("-", "")),
            ).scalar()
            if office and since is not None and max(found[0], since) <= office[1]:
                return True
    return False


def handed_out(ws: Workspace, commit: int) -> bool:
    """Whether a commit made a version of a report that went into a package since."""
    sql = (
        "SELECT c.id, c.body FROM log_change c JOIN record r ON r.no = c.record_no"
        " WHERE c.commit_no = ? AND r.entity = ?"
    )
    with ws.reading() as connection:
        rows = connection.exec_driver_sql(sql, (commit, NAME)).all()
    for entry in (decode(bytes(row[0]), bytes(row[1])) for row in rows):
        record = query.get(ws, NAME, str(UUID(bytes=entry.record)))
        number = report.newest(record.fields) if record is not None else 0
        if record is not None and f"versions/{number}" in entry.keys and _sent(ws, record, number):
            return True
    return False


def remarks(fields: Values, number: int) -> Iterator[Remark]:
    """The remarks to a version, in the order of the parts."""
    for part in report.PARTS:
        found = report.remark(fields, number, part)
        if found.get("review") == report.REMARK:
            yield Remark(part, str(found.get("text") or ""))


def hand_over(ws: Workspace, record_id: str) -> Committed:
    """Freeze a report as its next version; it is ready for the next package.

    Raises:
        AccessError: the role does not allow it.
        NotFoundError: there is no such report.
        ValidationError: something is missing; nothing was written.
    """
    return records.mark_ready(ws, NAME, record_id)


def amend(ws: Workspace, record_id: str) -> Committed:
    """Open a report for its next version; what was handed over stays as it is.

    Raises:
        AccessError: the role does not allow it.
        NotFoundError: there is no such report.
    """
    return records.mark_draft(ws, NAME, record_id)


# -- the office ------------------------------------------------------------------------------------------------------


def review(ws: Workspace, record_id: str, number: int, part: str, text: str | None) -> Committed | None:
    """Note how the office found a part of a version: a remark, nothing to remark (empty), not looked at (None).

    Raises:
        AccessError: only the office reviews.
        ConflictError: a newer version arrived, or this one is accepted already.
        UsageError: there is no such part.
    """
    if part not in report.PARTS:
        raise UsageError(Message(N_("The report has no such part.")))
    record = _to_decide(ws, record_id, number)
    kept = [each for each in report.items(record.fields, "remarks") if each.get("part") != f"{number}:{part}"]
    words = (text or "").strip()
    if text is not None:
        said = {"review": report.REMARK, "text": words} if words else {"review": report.NO_REMARK}
        kept.append({"part": f"{number}:{part}", **said})
    return records.save(ws, NAME, record_id, {"remarks": kept}).committed


def decide(ws: Workspace, record_id: str, number: int, decision: str) -> Committed | None:
    """Accept a version, or return it with its remarks.

    Raises:
        AccessError: only the office decides.
        ConflictError: a newer version arrived, or this one is accepted already.
        ValidationError: it is to be returned without a remark; nothing was written.
    """
    record = _to_decide(ws, record_id, number)
    if decision == report.RETURNED and not list(remarks(record.fields, number)):
        hint = Message(N_("Write a remark to the part that has to be corrected."))
        raise ValidationError(Message(N_("A report is returned with at least one remark.")), hint=hint, field="remarks")
    made: dict[str, Any] = {
        "version": str(number),
        "decision": decision,
        "snapshot": report.version(record.fields, number).get("snapshot"),
        "at": local(ws.clock.now_ms()).isoformat(timespec="seconds"),
    }
    if decision == report.RETURNED:
        made["due"] = (clock.today(ws.clock) + timedelta(days=CORRECTION_DAYS)).isoformat()
    others = [each for each in report.items(record.fields, "decisions") if each.get("version") != str(number)]
    return records.save(ws, NAME, record_id, {"decisions": [*others, made]}).committed


def _to_decide(ws: Workspace, record_id: str, number: int) -> Record:
    record = query.get(ws, NAME, record_id)
    if record is None or record.deleted:
        raise NotFoundError(Message(N_("There is no such report.")))
    hint = Message(N_("Nothing was written. Look at the newest version."))
    if report.newest(record.fields) != number:
        raise ConflictError(Message(N_("A newer version of this report has arrived.")), hint=hint)
    if report.decision(record.fields, number).get("decision") == report.ACCEPTED:
        hint = Message(N_("Nothing was written. Later corrections make a new version."))
        raise ConflictError(Message(N_("This version is accepted already.")), hint=hint)
    return record

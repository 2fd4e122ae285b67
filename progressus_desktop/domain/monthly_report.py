"""Monthly and final report of a tester: own words, the versions handed over, what the office decided (domain.md, 9).

The figures are not typed: they follow from the records of the period. A version freezes both in a file.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from progressus_desktop.domain.fields import (
    Derived,
    Entity,
    Field,
    Level,
    ListWords,
    Lookup,
    Problem,
    Section,
    Type,
    Values,
)
from progressus_desktop.domain.rules import health_hint, plain_date, plain_int
from progressus_desktop.words import N_, NN_, Message

NAMESPACE = uuid.UUID("0d3c7a52-8f1e-5b64-9c07-54a1f2be6d90")
"""Under which the id of a report is made of its tester, kind and period; never to be changed."""

MONTHLY, FINAL = "monthly", "final"
DRAFT, READY, SENT, RETURNED, ACCEPTED = "draft", "ready", "sent", "returned", "accepted"
"""The states that are shown (code list ``report_state``); whether a version was sent, only its delivery says."""

REMARK, NO_REMARK = "remark", "none"
"""How the office found a part (code list ``report_review``)."""

OWN_WORDS = ("summary", "difficulties", "conclusions", "plan")
"""What a person writes; all else is counted."""

PARTS = (
    "short", "topics", "events", "contacts", "partners", "clusters", "observations", "difficulties", "plan", "hours",
)  # fmt: skip
"""The ten parts of a report, in their order; the office reviews each."""

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_DAY_MINUTES = 24 * 60

_FIELDS = (
    Field("tester", Type.REFERENCE, N_("Tester organisation"), required=True, target="partner", column=1,
          searchable=True),
    Field("kind", Type.CODE, N_("Kind of report"), required=True, codes="report_kind", column=3),
    Field("period", Type.PARTIAL_DATE, N_("Period"), column=2, example="05.2026",
          help=N_("Month and year. A final report takes the test phase of the project.")),
    Field("date_from", Type.DATE, N_("From")),
    Field("date_to", Type.DATE, N_("To")),
    Field(
        "summary", Type.LONG_TEXT, N_("Summary of the month"), required=True, section="short", searchable=True,
        help=N_("Three sentences are enough: what was done, for whom, what came of it."),
        example=N_("Two workshops for 37 people. The labour office will send two candidates a month"),
    ),
    Field(
        "difficulties", Type.LONG_TEXT, N_("Difficulties"), section="difficulties", searchable=True,
        help=N_("What stood in the way, and what was decided about it."),
        example=N_("The bus goes twice a day"),
    ),
    Field(
        "conclusions", Type.LONG_TEXT, N_("Conclusions about the product"), section="difficulties", searchable=True,
        help=N_("What of the product works, what has to be changed."),
        example=N_("Small organisations begin with a letter of intent"),
    ),
    Field(
        "plan", Type.LONG_TEXT, N_("Plan in your own words"), section="plan", searchable=True,
        help=N_("Planned events and next steps are added by the program."),
        example=N_("Two meetings with the gmina about transport"),
    ),
    Field(
        "hours", Type.ROWS, N_("Hours of work"), section="hours",
        help=N_("Empty: the durations of events and contacts are counted."),
        parts=(
            Field("date", Type.DATE, N_("Date"), required=True, example="12.05.2026"),
            Field("work", Type.CODE, N_("Kind of work"), required=True, codes="work_kind"),
            Field("minutes", Type.INTEGER, N_("Minutes"), required=True, example="90"),
        ),
    ),
    Field(
        "annexes", Type.REFERENCES, N_("Annexes"), target="photo", section="hours",
        help=N_("Photos, scans and lists that go with the report."),
    ),
    Field("note", Type.LONG_TEXT, N_("Note"), section="hours", more=True, searchable=True,
          help=N_("For your own use. Without health data.")),
    Field("snapshot", Type.HASH, N_("File of the newest version"), by_program=True),
    Field(
        "versions", Type.MAP, N_("Versions handed over"), key_name="version", by_program=True,
        parts=(
            Field("snapshot", Type.HASH, N_("Hash of the version")),
            Field("at", Type.TEXT, N_("Handed over at")),
            Field("by", Type.REFERENCE, N_("Handed over by"), target="user"),
        ),
    ),
    Field(
        "decisions", Type.MAP, N_("Decisions of the office"), key_name="version", office_only=True,
        parts=(
            Field("decision", Type.CODE, N_("Decision"), required=True, codes="report_decision"),
            Field("snapshot", Type.HASH, N_("Hash of the version")),
            Field("at", Type.TEXT, N_("Decided at")),
            Field("due", Type.DATE, N_("Correction by")),
        ),
    ),
    Field(
        "remarks", Type.MAP, N_("Remarks of the office"), key_name="part", office_only=True,
        help=N_("Under the number of the version and the part: 1:plan."),
        parts=(
            Field("review", Type.CODE, N_("Review"), required=True, codes="report_review"),
            Field("text", Type.LONG_TEXT, N_("Remark")),
        ),
    ),
)  # fmt: skip


def identity(values: Values) -> str:
    """The id that follows from tester, kind and period; empty while one of them is missing."""
    tester, kind, period = (values.get(name) for name in ("tester", "kind", "period"))
    if not (isinstance(tester, str) and tester) or kind not in {MONTHLY, FINAL}:
        return ""
    if kind == FINAL:
        return str(uuid.uuid5(NAMESPACE, f"{tester}/{FINAL}"))
    return str(uuid.uuid5(NAMESPACE, f"{tester}/{period}")) if isinstance(period, str) and period else ""


def items(values: Values, name: str) -> Iterator[Mapping[str, Any]]:
    """The readable items of a map or of rows."""
    value = values.get(name)
    return (each for each in value if isinstance(each, dict)) if isinstance(value, list) else iter(())


def newest(values: Values) -> int:
    """The number of the newest version, 0 if none was handed over."""
    return max((_number(each.get("version")) for each in items(values, "versions")), default=0)


def version(values: Values, number: int) -> Mapping[str, Any]:
    """What the record keeps of a version, empty if there is none."""
    return next((each for each in items(values, "versions") if _number(each.get("version")) == number), {})


def decision(values: Values, number: int) -> Mapping[str, Any]:
    """What the office decided of a version; a decision about other data than this version's does not count."""
    about = version(values, number).get("snapshot")
    found = (each for each in items(values, "decisions") if _number(each.get("version")) == number)
    return next((each for each in found if each.get("snapshot") in {None, about}), {})


def remark(values: Values, number: int, part: str) -> Mapping[str, Any]:
    """How the office found a part of a version, empty if it did not look yet."""
    return next((each for each in items(values, "remarks") if each.get("part") == f"{number}:{part}"), {})


def state(values: Values) -> str:
    """Draft, ready, returned or accepted, by the newest version and what was decided about it."""
    number = newest(values)
    if not number:
        return DRAFT
    decided = decision(values, number).get("decision")
    if decided in {ACCEPTED, RETURNED}:
        return str(decided)
    return READY if values.get("entry") != "draft" else DRAFT


def _number(value: Any) -> int:
    return int(value) if isinstance(value, str) and value.isdecimal() else 0


def _start(today: date, organisation: str) -> Values:
    return {"tester": organisation, "kind": MONTHLY, "period": f"{today:%Y-%m}"}


def _day(values: Values) -> date | None:
    period = values.get("period")
    whole = f"{period}-01" if isinstance(period, str) and MONTH.fullmatch(period) else values.get("date_to")
    return plain_date(whole)


def _rules(values: Values, _lookup: Lookup) -> Iterable[Problem]:
    period = values.get("period")
    if values.get("kind") != FINAL and not (isinstance(period, str) and MONTH.fullmatch(period)):
        yield Problem("period", Level.ERROR, "required", Message(N_("Write month and year. E.g. 05.2026.")))
    for name in (*OWN_WORDS, "note"):
        yield from health_hint(values, name)
    by_day: dict[str, int] = {}
    for row in items(values, "hours"):
        day, minutes = str(row.get("date") or ""), plain_int(row.get("minutes")) or 0
        by_day[day] = by_day.get(day, 0) + minutes
        if isinstance(period, str) and MONTH.fullmatch(period) and plain_date(day) and day[:7] != period:
            message = Message(N_("A day of the hours lies outside the month."))
            yield Problem("hours", Level.WARNING, "outside_month", message)
    if any(minutes > _DAY_MINUTES for minutes in by_day.values()):
        yield Problem("hours", Level.ERROR, "too_many", Message(N_("A day has 24 hours. Correct the minutes.")))


def _state_of(values: Values, _lookup: Lookup) -> Any:
    return state(values)


def _version_of(values: Values, _lookup: Lookup) -> Any:
    return newest(values) or None


ENTITY = Entity(
    name="monthly_report",
    label=N_("Monthly report"),
    plural=N_("Monthly reports"),
    fields=_FIELDS,
    title=("period",),
    sections=(
        Section("short", N_("In short")),
        Section("topics", N_("The four topics")),
        Section("events", N_("Events")),
        Section("contacts", N_("Contacts")),
        Section("partners", N_("Partners by stage")),
        Section("clusters", N_("Clusters and actions")),
        Section("observations", N_("Observations")),
        Section("difficulties", N_("Difficulties and conclusions")),
        Section("plan", N_("Plan")),
        Section("hours", N_("Hours")),
    ),
    derived=(
        Derived("state", Type.CODE, N_("Report"), _state_of, codes="report_state", column=4),
        Derived("newest", Type.INTEGER, N_("Version"), _version_of, column=5),
    ),
    coded=True,
    ready_by_person=True,
    rules=_rules,
    day=_day,
    tags=("kind", "state"),
    order="-period",
    icon="file-text",
    words=ListWords(
        new=N_("&New report"),
        counted=NN_("{n} report", "{n} reports"),
        removed=N_("Report moved to the bin."),
        filter=N_("Filter: tester, words"),
        empty=N_("There are no reports yet"),
        what=N_("A report says what was done in a month; its figures come from what was recorded."),
    ),
    start=_start,
    assumed=("tester", "kind"),
    identity=identity,
    frozen=True,
)

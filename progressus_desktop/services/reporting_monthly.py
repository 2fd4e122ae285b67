"""Which monthly or final report is printed: what was handed over and frozen, or a working copy of today."""

from __future__ import annotations

from functools import partial

from progressus_desktop.domain import monthly_report as report
from progressus_desktop.domain.fields import Values
from progressus_desktop.domain.records import Record
from progressus_desktop.errors import NotFoundError, UsageError
from progressus_desktop.reports import periodical as pages
from progressus_desktop.reports.periodical_lines import Periodical
from progressus_desktop.reports.setting import Setting
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_indicators import indicator_rows
from progressus_desktop.services.reporting_period import final_days, final_report, gathered, month_report
from progressus_desktop.services.reporting_source import Asked, Render, Snapshot, month_days, period, values
from progressus_desktop.store import query
from progressus_desktop.words import N_, Message, _


def monthly(snapshot: Snapshot, asked: Asked) -> Render:
    """The monthly report of the tester, or of the one asked for."""
    return _of(snapshot, asked, report.MONTHLY)


def final(snapshot: Snapshot, asked: Asked) -> Render:
    """The final report over the days asked for, else over the test phase of the project."""
    return _of(snapshot, asked, report.FINAL)


def record_of(snapshot: Snapshot, asked: Asked, kind: str) -> Record | None:
    """The record of the report that is meant; None where nobody began one. An id may name a tester too.

    Raises:
        NotFoundError: the id names neither.
        UsageError: no month was given, or it is none.
    """
    if asked.record_id:
        found = _named(snapshot, asked.record_id)
        if found is not None:
            return found
        snapshot.chosen = snapshot.named("partner", asked.record_id).id
    if kind == report.MONTHLY and not report.MONTH.fullmatch(asked.month):
        raise UsageError(Message(N_("Give the month as YYYY-MM, for example 2026-11.")))
    if kind == report.FINAL and any(period(asked)):
        return None  # other days than the report's own
    own = report.identity({"tester": snapshot.own, "kind": kind, "period": asked.month})
    return snapshot.lookup.whole(report.ENTITY.name, own)


def _named(snapshot: Snapshot, name: str) -> Record | None:
    try:
        return snapshot.lookup.whole(report.ENTITY.name, query.resolve(snapshot.ws, report.ENTITY.name, name))
    except NotFoundError:
        return None


def days_of(snapshot: Snapshot, fields: Values) -> tuple[str, str]:
    """First and last day of a report's period.

    Raises:
        UsageError: the record or the project does not say.
    """
    if say.text(fields, "kind") == report.FINAL:
        return final_days(snapshot, Asked(date_from=say.text(fields, "date_from"), date_to=say.text(fields, "date_to")))
    return month_days(say.text(fields, "period"))


def working_copy(snapshot: Snapshot, fields: Values) -> Periodical:
    """What a report says today, with the own words of its record."""
    snapshot.chosen = say.text(fields, "tester") or snapshot.own
    month = "" if say.text(fields, "kind") == report.FINAL else say.text(fields, "period")
    made = _counted(snapshot, *days_of(snapshot, fields), month, fields)
    made.code = say.text(fields, "code")
    return made


def _counted(snapshot: Snapshot, first: str, last: str, month: str, fields: Values) -> Periodical:
    source = gathered(snapshot, first, last, month, fields)
    made = month_report(source) if month else final_report(source)
    made.indicators = indicator_rows(snapshot, first, last)
    return made


def _of(snapshot: Snapshot, asked: Asked, kind: str) -> Render:
    record = record_of(snapshot, asked, kind)
    if record is None:
        first, last = final_days(snapshot, asked) if kind == report.FINAL else month_days(asked.month)
        month = "" if kind == report.FINAL else asked.month
        return partial(pages.render, _counted(snapshot, first, last, month, {}))
    return _frozen(snapshot, record, asked.version) or partial(pages.render, working_copy(snapshot, values(record)))


def _frozen(snapshot: Snapshot, record: Record, number: int) -> Render | None:
    """The version asked for; without one the newest, while the record still says what was handed over."""
    from progressus_desktop.services import freezing

    found = freezing.read(snapshot.ws, record, number)
    if found is None:
        return None
    changed = record.entry == "draft" or freezing.own_words(record.fields) != found.words
    if not number and changed and not snapshot.ws.is_office:
        return None
    made = found.periodical()
    made.state = _("Version {number} of {day}", number=found.number, day=say.day(found.data["at"][:10]))
    user = snapshot.lookup.record("user", found.data["by"]) if found.data["by"] else None
    made.people = [say.person(user), _("project office")]
    made.seal = freezing.seal(found)
    setting = found.setting(snapshot)

    def render(_now: Setting) -> bytes:
        return pages.render(made, setting)

    return render

"""From the records of all testers to the office summary: read at once, counted once, each number with its source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from progressus_desktop.domain import codelists, event_rules, photo, territory
from progressus_desktop.domain.completeness import PHOTOS_WANTED
from progressus_desktop.domain.coverage import Coverage, coverage
from progressus_desktop.domain.fields import Values
from progressus_desktop.reports import office_summary as pages
from progressus_desktop.reports.office_summary import GminaLine, OfficeSummary, QualityLine, TesterLine
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_indicators import cluster_lines, indicator_lines
from progressus_desktop.services.reporting_known import Known
from progressus_desktop.services.reporting_lines import audience_of, gaps_of, held_of, informed, people, tiles
from progressus_desktop.services.reporting_period import stages_of
from progressus_desktop.services.reporting_source import Asked, Render, Snapshot, span_words, twelve_whole_months
from progressus_desktop.services.reporting_work import Cut, months_between, months_table
from progressus_desktop.words import _

_DATED = frozenset({"partners", "topics", "co_organisers", "authorities"})
_PARTNER = frozenset({"relations", "declarations"})
_MONTHS = 12
"""Most months that stand side by side; the sums at their right are of the whole time."""


def summary(snapshot: Snapshot, asked: Asked) -> Render:
    """The office summary of the days asked for, else of the twelve months that end with the last one."""
    return partial(pages.render, summary_of(snapshot, gathered(snapshot, *twelve_whole_months(snapshot, asked))))


def gathered(snapshot: Snapshot, first: str, last: str) -> Known:
    """All that is counted, in one reading of each record type."""
    listed = snapshot.lookup.listed_with
    own = snapshot.own
    events, talks = (
        [each for each in listed(entity, first, last, _DATED) if not own or each.get("space") == own]
        for entity in ("event", "interaction")
    )
    partners = {say.text(each, "id"): each for each in listed("partner", "", "", _PARTNER)}
    drafts = Counter(say.text(each, "space") for each in [*events, *talks] if say.text(each, "entry") == "draft")
    held, spoken = ([each for each in found if say.text(each, "entry") != "draft"] for found in (events, talks))
    leader = say.text(snapshot.project, "leader")
    names = {
        key: say.text(each, "name")
        for key, each in partners.items()
        if each.get("in_project") is True and key != leader and (not own or key == own)
    }
    for each in (*events, *talks):
        space = say.text(each, "space")
        names.setdefault(space, say.text(partners.get(space, {}), "name") or _("project office"))
    return Known(first, last, held, spoken, partners, drafts, sorted(names.items(), key=lambda pair: pair[1]))


def summary_of(snapshot: Snapshot, known: Known) -> OfficeSummary:
    """The summary in words and figures."""
    months = months_between(known.first, known.last)
    told = _told(known.events, known.talks, known.partners)
    partners = [each for each in known.partners.values() if each.get("in_project") is not True]
    return OfficeSummary(
        project=say.text(snapshot.project, "name"),
        period=f"{span_words(known.first, known.last)}.",
        tiles=tiles(known.events, known.talks),
        months=months_table(known.events, known.talks, months),
        month_heads=[say.short_month(month.first) for month in months[-_MONTHS:]],
        testers=list(_testers(known, months[-_MONTHS:])),
        indicators=list(indicator_lines(snapshot, known)),
        topics=[(code, codelists.short("topic", code)) for code in codelists.codes("topic")],
        audiences=[audience_of(told, code) for code in codelists.codes("participant_role")],
        percent=told.percent,
        reached=len(told.expected) - len(told.gaps),
        expected=len(told.expected),
        gaps=gaps_of(told),
        gminas=list(_gminas(known)),
        stages=stages_of(partners, "", known.first, known.last),
        clusters=list(cluster_lines(snapshot)),
        quality=list(_quality(snapshot, known)),
        method=_method(known),
    )


def _told(events: Iterable[Values], talks: Iterable[Values], partners: Mapping[str, Values]) -> Coverage:
    return coverage(events, talks, lambda each: say.text(partners.get(each, {}), "kind"))


def _by_space(found: Iterable[Values]) -> Mapping[str, list[Values]]:
    groups: dict[str, list[Values]] = defaultdict(list)
    for each in found:
        groups[say.text(each, "space")].append(each)
    return groups


def _testers(known: Known, months: Sequence[Cut]) -> Iterator[TesterLine]:
    events, talks = _by_space(known.events), _by_space(known.talks)
    for space, name in known.testers:
        own, spoken = events.get(space, []), talks.get(space, [])
        held = held_of(own)
        days = [say.text(each, "date") for each in held]
        yield TesterLine(
            name or _("without a name"),
            [sum(month.holds(day) for day in days) for month in months],
            len(held),
            sum(people(held)),
            len(spoken),
            len(informed(own, spoken)),
        )


def _gminas(known: Known) -> Iterator[GminaLine]:
    """Each gmina that has an event or a partner spoken with: which expected audiences each topic reached there."""
    events: dict[str, list[Values]] = defaultdict(list)
    talks: dict[str, list[Values]] = defaultdict(list)
    for event in known.events:
        events[say.text(event, "gmina")].append(event)
    for talk in known.talks:
        for gmina in {say.text(known.partners.get(each, {}), "gmina") for each in say.ids(talk, "partners")}:
            talks[gmina].append(talk)
    codes = codelists.codes("topic")
    lines = []
    for gmina in {*events, *talks} - {""}:
        told = _told(events[gmina], talks[gmina], known.partners)
        expected = Counter(topic for topic, _audience in told.expected)
        missed = Counter(topic for topic, _audience in told.gaps)
        reached = [(expected[code] - missed[code], expected[code]) for code in codes]
        words = "; ".join(f"{topic} {text.split(': ', 1)[-1]}" for topic, text in gaps_of(told))
        found = territory.gmina(gmina)
        lines.append(GminaLine(found.label if found else gmina, reached, words))
    yield from sorted(lines, key=lambda line: line.name)


def _quality(snapshot: Snapshot, known: Known) -> Iterator[QualityLine]:
    files = _files(snapshot)
    refused = _refused(snapshot)
    events = _by_space(held_of(known.events))
    for space, name in known.testers:
        own = events.get(space, [])
        ids = [say.text(each, "id") for each in own]
        yield QualityLine(
            name or _("without a name"),
            known.drafts.get(space, 0),
            sum(not files.get((each, "list_scan")) for each in ids),
            sum(files.get((each, "photo"), 0) < PHOTOS_WANTED for each in ids),
            sum(refused.get(each, 0) for each in ids),
            sum(_unexplained(each) for each in own),
        )


def _unexplained(event: Values) -> bool:
    signed = event.get("signatures_count")
    differs = isinstance(signed, int) and signed != event_rules.total(event.get("participants"))
    return differs and not say.text(event, "difference_note")


def _files(snapshot: Snapshot) -> Mapping[tuple[str, str], int]:
    """How many files of each kind every event has, counted by the database."""
    sql = "SELECT event, kind, count(*) FROM photo WHERE deleted = 0 AND event IS NOT NULL GROUP BY event, kind"
    return {(row[0], row[1]): row[2] for row in snapshot.connection.exec_driver_sql(sql)}


def _refused(snapshot: Snapshot) -> Mapping[str, int]:
    """Photos of each event that may not be shown; only those with recognisable people have to be looked at."""
    sql = (
        "SELECT id FROM photo WHERE deleted = 0 AND kind = 'photo'"
        " AND coalesce(people_shown, '') NOT IN ('nobody', 'crowd')"
    )
    found = Counter[str]()
    ids = [row[0] for row in snapshot.connection.exec_driver_sql(sql)]
    for each in snapshot.lookup.those("photo", ids):
        if not photo.may_leave(each, snapshot.lookup):
            found[say.text(each, "event")] += 1
    return found


def _method(known: Known) -> list[str]:
    """Where each number comes from and what it leaves out, so that anybody can count again."""
    left = sum(known.drafts.values())
    return [
        _("Counted are records that are ready, by their dates; drafts left out: {n}.", n=left),
        _("Events are those that were held. Participations are people at events; the same person may come again."),
        _("Recipients and users are the rows of people with disabilities and of NGO staff in the table of roles."),
        _("Organisations are those present at an event or spoken with, each once in its month, tester or whole time."),
        _("A topic reaches an audience by an event or contact that names both; only expected audiences are gaps."),
        _("The stage of a partner is its newest entry of any tester on the last day, and on the day before the first."),
        _("Each event and contact can be found in the program by its date and code; lists can be saved to Excel."),
    ]

"""Indicators against targets and the clusters of a project, as lines of the office summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from progressus_desktop.domain import catalog, codelists, indicator
from progressus_desktop.domain.cluster import stage_day
from progressus_desktop.domain.fields import Values
from progressus_desktop.domain.figures import Facts, Figure
from progressus_desktop.reports.office_summary import ClusterLine, IndicatorLine
from progressus_desktop.reports.periodical_lines import IndicatorRow
from progressus_desktop.services import indicators
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_cluster import UNDER_WAY, whole_of
from progressus_desktop.services.reporting_known import Known
from progressus_desktop.services.reporting_lines import sexes
from progressus_desktop.services.reporting_source import Snapshot
from progressus_desktop.words import _, ngettext


def indicator_lines(snapshot: Snapshot, known: Known) -> Iterator[IndicatorLine]:
    """Every indicator by its code, with its figure and how many records are behind it."""
    found = snapshot.each("indicator")
    if not found:
        return
    facts = _facts(snapshot, known)
    for each in sorted(found, key=lambda one: (say.text(one, "code"), say.text(one, "id"))):
        figure, target = indicators.figure(each, facts), each.get("target")
        name, unit = indicator.words_of(each)
        yield IndicatorLine(
            say.text(each, "code"),
            name,
            unit,
            figure.value,
            target if isinstance(target, int) else 0,
            sexes(*figure.sexes) if figure.people and figure.value else "",
            ", ".join(part for part in (_behind(figure), say.text(each, "source")) if part),
        )


def indicator_rows(snapshot: Snapshot, first: str, last: str) -> list[IndicatorRow]:
    """Every indicator with its figure of some days for the report of one organisation (the office's: of all)."""
    found = indicators.all_of(snapshot.ws, first, last, snapshot.own, snapshot.connection)
    return [
        IndicatorRow(
            each.code,
            each.words[0],
            each.figure.value,
            each.words[1],
            ", ".join(part for part in (_behind(each.figure), each.source) if part),
        )
        for each in found
    ]


def _behind(figure: Figure) -> str:
    """The records a number comes from, counted by their type: ``12 events, 3 contacts``."""
    records = {(each.entity, each.record) for each in figure.sources}
    counts = Counter(entity for entity, _record in records if entity != "indicator")
    return ", ".join(
        ngettext(*words.counted, counts[name])
        for name in sorted(counts)
        if (words := catalog.entity(name).words) is not None
    )


def _facts(snapshot: Snapshot, known: Known) -> Facts:
    """What the rules of indicators count: the records of the summary and those without a day of their own."""

    def ready(entity: str) -> list[Values]:
        own = snapshot.own
        return [
            each
            for each in snapshot.each(entity)
            if say.text(each, "entry") != "draft" and (not own or each.get("space") == own)
        ]

    observed, _drafts = snapshot.ready("observation", known.first, known.last)
    return Facts(
        known.first,
        known.last,
        events=known.events,
        interactions=known.talks,
        partners={key: each for key, each in known.partners.items() if say.text(each, "entry") != "draft"},
        clusters=ready("cluster"),
        memberships=ready("membership"),
        actions=ready("action"),
        offers=ready("offer"),
        observations=observed,
    )


def cluster_lines(snapshot: Snapshot) -> Iterator[ClusterLine]:
    """Every cluster as it is on the day of the newest change, the furthest first."""
    stages = codelists.codes("cluster_stage")
    found = [each for each in snapshot.each("cluster") if say.text(each, "entry") != "draft"]
    own = snapshot.own
    for each in sorted(found, key=lambda one: (-_place(stages, one), say.text(one, "name"))):
        if own and each.get("space") != own:
            continue
        whole, stage = whole_of(snapshot, each), say.text(each, "stage")
        since = stage_day(each, stage)
        gaps = ", ".join(codelists.word("offer_category", gap.category) for gap in whole.sharing.gaps)
        yield ClusterLine(
            say.text(each, "name") or _("without a name"),
            codelists.word("cluster_stage", stage) if stage else "",
            say.day(since.isoformat()) if since else "",
            len(whole.members),
            sum(say.text(action, "state") in UNDER_WAY for action in whole.actions),
            gaps,
        )


def _place(stages: tuple[str, ...], cluster: Values) -> int:
    stage = say.text(cluster, "stage")
    return stages.index(stage) if stage in stages else -1

"""Clusters of an organisation and their joint actions of a time, as lines of its report."""

from __future__ import annotations

from collections.abc import Sequence

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Values
from progressus_desktop.domain.membership import is_member
from progressus_desktop.reports.periodical_lines import ClusterLine
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_source import Snapshot


def clusters_of(snapshot: Snapshot, first: str, last: str) -> list[ClusterLine]:
    """The clusters that the organisation keeps or belongs to; all of them where none is asked for."""
    day = say.parsed(last) or snapshot.today
    memberships = [each for each in snapshot.each("membership") if is_member(each, day)]
    joined = {say.text(each, "cluster") for each in memberships if say.text(each, "partner") == snapshot.own}
    actions = [each for each in snapshot.each("action") if _lies_in(each, first, last)]
    found = [
        each
        for each in snapshot.each("cluster")
        if say.text(each, "entry") != "draft"
        and (not snapshot.own or each.get("space") == snapshot.own or say.text(each, "id") in joined)
    ]
    return [_line(each, memberships, actions) for each in sorted(found, key=lambda each: say.text(each, "name"))]


def _lies_in(action: Values, first: str, last: str) -> bool:
    begun, ended = say.text(action, "date_from"), say.text(action, "date_to") or say.text(action, "date_from")
    return bool(begun) and begun <= last and ended >= first


def _line(cluster: Values, memberships: Sequence[Values], actions: Sequence[Values]) -> ClusterLine:
    record, stage = say.text(cluster, "id"), say.text(cluster, "stage")
    partners = {say.text(each, "partner") for each in memberships if say.text(each, "cluster") == record}
    return ClusterLine(
        say.text(cluster, "name"),
        say.capital(codelists.word("cluster_stage", stage)) if stage else "",
        len(partners),
        [say.text(each, "title") for each in actions if say.text(each, "cluster") == record],
        record,
    )

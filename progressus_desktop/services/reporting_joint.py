"""Clusters of an organisation and their joint actions of a time, as lines of its report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from progressus_desktop.domain import codelists
from progressus_desktop.domain.cooperation import cooperation_now
from progressus_desktop.domain.fields import Values
from progressus_desktop.domain.membership import is_member
from progressus_desktop.reports.periodical_lines import ClusterLine
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_source import Snapshot
from progressus_desktop.words import _


def clusters_of(snapshot: Snapshot, first: str, last: str) -> list[ClusterLine]:
    """The clusters that the organisation keeps or belongs to; all of them where none is asked for."""
    day = say.parsed(last) or snapshot.today
    memberships = [each for each in snapshot.each("membership") if is_member(each, day)]
    joined = {say.text(each, "cluster") for each in memberships if say.text(each, "partner") == snapshot.own}
    actions = list(snapshot.each("action"))
    found = [
        each
        for each in snapshot.each("cluster")
        if say.text(each, "entry") != "draft"
        and (not snapshot.own or each.get("space") == snapshot.own or say.text(each, "id") in joined)
    ]
    days = (first, last)
    return [_line(each, memberships, actions, days) for each in sorted(found, key=lambda each: say.text(each, "name"))]


def _lies_in(action: Values, first: str, last: str) -> bool:
    begun, ended = say.text(action, "date_from"), say.text(action, "date_to") or say.text(action, "date_from")
    return bool(begun) and begun <= last and ended >= first


def _line(
    cluster: Values, memberships: Sequence[Values], actions: Sequence[Values], days: tuple[str, str]
) -> ClusterLine:
    record, stage = say.text(cluster, "id"), say.text(cluster, "stage")
    own = [each for each in memberships if say.text(each, "cluster") == record]
    joint = [each for each in actions if say.text(each, "cluster") == record]
    return ClusterLine(
        say.text(cluster, "name"),
        say.capital(codelists.word("cluster_stage", stage)) if stage else "",
        len({say.text(each, "partner") for each in own}),
        [say.text(each, "title") for each in joint if _lies_in(each, *days)],
        record,
        _together(own, [each for each in joint if say.text(each, "date_from") <= days[1]]),
    )


def _together(memberships: Sequence[Values], begun: Sequence[Values]) -> str:
    """How members worked together before the project and do now, from joint actions; empty if nobody says."""
    before = Counter(say.text(each, "cooperation_before") for each in memberships)
    members = {say.text(each, "partner") for each in memberships}
    now = Counter(cooperation_now(each, begun) for each in members)
    if not before.keys() - {""}:
        return ""
    return _("Cooperation before the project: {before}; now: {now}.", before=_counts(before), now=_counts(now))


def _counts(found: Counter[str]) -> str:
    codes = [code for code in codelists.codes("cooperation_before") if found[code]]
    return ", ".join(f"{codelists.word('cooperation_before', code)}\u00a0{found[code]}" for code in codes)

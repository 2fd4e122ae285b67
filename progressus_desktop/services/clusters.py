"""A cluster as its page and its report show it: members, what they give and seek, matches, gaps, before and now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from progressus_desktop.domain import cooperation
from progressus_desktop.domain.cluster import STAGES, stage_number
from progressus_desktop.domain.codelists import codes
from progressus_desktop.domain.cooperation import Sharing
from progressus_desktop.domain.fields import Values
from progressus_desktop.domain.membership import is_member
from progressus_desktop.domain.records import Record
from progressus_desktop.services.entering import own_organisation
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace

_MOST = 500


@dataclass(frozen=True, slots=True)
class Member:
    """An organisation in a cluster: ``before`` and ``now`` are codes of the list ``cooperation_before``."""

    partner: str
    membership: str
    name: str
    short: str
    role: str
    since: str
    before: str
    now: str
    own: bool


@dataclass(frozen=True, slots=True)
class Cluster:
    """Everything a person wants to see of one cluster at once."""

    record: Record
    stage: int
    stages: int
    members: tuple[Member, ...]
    sharing: Sharing
    actions: tuple[Record, ...]


def listed(ws: Workspace) -> list[query.Row]:
    """All clusters by name."""
    return query.window(ws, "cluster", query.View(), 0, _MOST)


def read(ws: Workspace, cluster_id: str, day: date) -> Cluster | None:
    """A cluster as it is on ``day``; None if it is not here."""
    record = query.get(ws, "cluster", cluster_id)
    if record is None or record.deleted:
        return None
    memberships = query.linked(ws, "membership", "cluster", cluster_id, _MOST)
    actions = tuple(query.linked(ws, "action", "cluster", cluster_id, _MOST))
    present = {
        str(each.fields["partner"]): each
        for each in memberships
        if isinstance(each.fields.get("partner"), str) and is_member(each.fields, day)
    }
    partners = {each: query.get(ws, "partner", each) for each in present}
    own = own_organisation(ws)
    done = [each.fields for each in actions]
    members = [_member(partners[each], membership, own, done) for each, membership in present.items()]
    members.sort(key=lambda each: (not each.own, each.since, each.name))
    return Cluster(
        record=record,
        stage=stage_number(str(record.fields.get("stage") or "")),
        stages=len(codes(STAGES)),
        members=tuple(members),
        sharing=_sharing(ws, [each.partner for each in members], partners, day),
        actions=actions,
    )


def _member(partner: Record | None, membership: Record, own: str, actions: list[Values]) -> Member:
    fields: Mapping[str, Any] = partner.fields if partner is not None else {}
    partner_id = str(membership.fields["partner"])
    name = str(fields.get("name") or "")
    return Member(
        partner=partner_id,
        membership=membership.id,
        name=name,
        short=str(fields.get("short_name") or name),
        role=str(membership.fields.get("role") or ""),
        since=str(membership.fields.get("date_from") or ""),
        before=str(membership.fields.get("cooperation_before") or ""),
        now=cooperation.cooperation_now(partner_id, actions),
        own=partner_id == own,
    )


def _sharing(ws: Workspace, members: list[str], partners: Mapping[str, Record | None], day: date) -> Sharing:
    linked: Callable[..., Any] = query.lookup(ws).linked
    with ws.reading():
        offers = [offer for each in members for offer in linked("offer", "partner", each)]
    needs = {each: (found.fields.get("needs") or ()) if (found := partners[each]) else () for each in members}
    return cooperation.sharing(members, offers, needs, day)

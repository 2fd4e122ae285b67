"""The later record types of the sample project: offers, clusters, joint actions, tasks, observations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from progressus_desktop.clock import Clock
from progressus_desktop.domain import codelists, participant, task
from progressus_desktop.domain.cluster import STAGES, stage_number
from progressus_desktop.services import demo_events, demo_joint, indicators, labels
from progressus_desktop.services.demo_joint import OWN
from progressus_desktop.store.changes import Change

if TYPE_CHECKING:
    from progressus_desktop.services.demo_making import Making

_MEETING = "2026-11-18"
_TRAINING = "2026-10-17"
_BEGUN = "2026-03-10"
_STAGE_WEEKS = 6
_EACH_OBSERVED = 4


def commits(making: Making, moment: Clock) -> Iterator[tuple[Clock, str, list[Change]]]:
    """One commit a record type, all at ``moment``."""
    for entity, make in (
        ("offer", _offers),
        ("cluster", _clusters),
        ("action", _actions),
        ("task", _tasks),
        ("observation", _observations),
        ("talking_point", _talking),
        ("indicator", _indicators),
        ("participant", _listed),
    ):
        changes = make(making)
        yield moment, labels.label("add", entity, count=len(changes)), changes


def _partner(making: Making, name: str, tester: int = 0) -> str:
    return making.organisations[tester] if name == OWN else making.partners[name]


def _offers(making: Making) -> list[Change]:
    out = []
    for name, offers in demo_joint.OFFERS.items():
        for place, (category, description) in enumerate(offers):
            fields: dict[str, Any] = {
                "partner": _partner(making, name),
                "category": category,
                "description": description,
                "cost": "free",
                "accessible": ("yes", "partly")[place],
                "capacity_month": 8 * (place + 1),
                "new_since_project": place == 1,
            }
            if place:
                fields["new_since"] = making.day("2026-09-14").isoformat()
            out.append(making.put("offer", making.organisations[0], fields))
    return out


def _clusters(making: Making) -> list[Change]:
    out = []
    for each in demo_joint.CLUSTERS:
        own = making.organisations[each.tester]
        reached = codelists.codes(STAGES)[: stage_number(each.stage)]
        first = making.day(_BEGUN)
        fields = {
            "name": each.name,
            "stage": each.stage,
            "area": sorted(each.gminas),
            "coordinator": own,
            "form": "letter_of_intent" if len(reached) > 3 else "informal",  # noqa: PLR2004 - from the declaration on
            "mission": each.mission,
            "meeting_rhythm": "pierwszy wtorek miesiąca",
            "stage_dates": [
                {"stage": stage, "date": (first + timedelta(weeks=_STAGE_WEEKS * place)).isoformat()}
                for place, stage in enumerate(reached)
            ],
        }
        record = making.clusters[each.name] = making.new_id()
        out.append(making.put("cluster", own, fields, record))
        out += [_member(making, each, record, place, name) for place, name in enumerate(each.members)]
    return out


def _member(making: Making, cluster: demo_joint.Cluster, record: str, place: int, name: str) -> Change:
    fields = {
        "cluster": record,
        "partner": _partner(making, name, cluster.tester),
        "role": demo_joint.ROLES[place],
        "date_from": (making.day(_BEGUN) + timedelta(weeks=place)).isoformat(),
        "cooperation_before": demo_joint.BEFORE[place],
        "resources": sorted(demo_joint.RESOURCES[place]),
        "hours_month": 10 if place < 2 else None,  # noqa: PLR2004 - those who carry the cluster
    }
    return making.put("membership", making.organisations[cluster.tester], fields)


def _actions(making: Making) -> list[Change]:
    out = []
    for each in demo_joint.ACTIONS:
        women, men = each.women_men
        leader = _partner(making, each.leader)
        fields: dict[str, Any] = {
            "title": each.title,
            "cluster": making.clusters[demo_joint.CLUSTERS[0].name],
            "kind": each.kind,
            "state": each.state,
            "leader": leader,
            "partners": sorted([leader, *(_partner(making, name) for name in each.others)]),
            "date_from": making.day(each.dates[0]).isoformat(),
            "date_to": making.day(each.dates[1]).isoformat() if each.dates[1] else None,
            "real_result": each.result,
            "pwd_reached": {"pwd": {"f": women, "m": men}},
            "events": [making.events[each.dates[0]]] if each.dates[0] in making.events else [],
        }
        if any(each.internships):
            fields["outcomes"] = {"internship": dict(zip(("f", "m"), each.internships, strict=True))}
        out.append(making.put("action", making.organisations[0], fields))
    return out


def _tasks(making: Making) -> list[Change]:
    own = making.organisations[0]
    out = []
    for day, arranged in demo_events.ARRANGED.items():
        event = making.events[day]
        for place, (what, who, due, state, done_on) in enumerate(arranged, 1):
            if not due:
                continue
            fields = _task(making, what, who, due, state, done_on) | {"record": event, "origin": "arrangement"}
            out.append(making.put("task", own, fields, task.source_id(event, demo_events.row_key(place))))
    for each in demo_joint.TASKS:
        about = making.events.get(each.about) or making.partners[each.about]
        fields = _task(making, each.what, each.who, each.due, each.state, each.done_on)
        fields |= {"record": about, "origin": each.origin, "note": each.note}
        out.append(making.put("task", own, fields))
    return out


def _task(making: Making, what: str, who: str, due: str, state: str, done_on: str) -> dict[str, Any]:
    done = making.day(done_on).isoformat() if done_on else None
    return {"what": what, "who": who, "due": making.day(due).isoformat(), "state": state, "done_on": done}


def _talking(making: Making) -> list[Change]:
    return [
        making.put("talking_point", "office", {"topic": topic, "audience": audience, "text_pl": "\n".join(lines)})
        for topic, audience, lines in demo_joint.TALKING
    ]


def _indicators(making: Making) -> list[Change]:
    by = making.day("2027-02-26").isoformat()
    targets = {rule: {"target": target, "target_date": by} for rule, target in demo_joint.TARGETS.items()}
    return [making.put("indicator", "office", fields) for fields in indicators.starter(targets)]


def _listed(making: Making) -> list[Change]:
    """People with their places on the list of one event, each with a row on paper but the one who did not come."""
    own, event, day = making.organisations[0], making.events[_TRAINING], making.day(_TRAINING).isoformat()
    out, row = [], 0
    for last, first, organisation, role, sex, consent in demo_joint.LISTED:
        home = making.partners[organisation] if organisation else None
        person = making.new_id()
        fields: dict[str, Any] = {"last_name": last, "first_name": first, "organisation": home}
        if consent:
            fields["consents"] = [{"purpose": participant.IMAGE, "state": consent, "date": day, "way": "paper"}]
        out.append(making.put("person", own, fields, person))
        came = last != demo_joint.ABSENT
        row += came
        fields = {
            "event": event, "person": person, "organisation": home, "role": role, "sex": sex,
            "present": "late" if last == demo_joint.LATE else "yes" if came else "no", "signed": came,
        }  # fmt: skip
        fields |= {"signed_row": row, "clause_given_on": day} if came else {}
        out.append(making.put("participant", own, fields, participant.identity(fields)))
    return out


def _observations(making: Making) -> list[Change]:
    own, out = making.organisations[0], []
    for kind, element, topic, text, partner, weight in demo_joint.OBSERVATIONS:
        fields: dict[str, Any] = {
            "date": making.day(_MEETING).isoformat(),
            "kind": kind,
            "element": element,
            "topic": topic,
            "text": text,
            "weight": weight,
            "event": making.events[_MEETING],
            "product_version": "1.2",
        }
        fields |= {"partner": making.partners[partner]} if partner else {"size": "micro", "reach": "village"}
        out.append(making.put("observation", own, fields))
    names = list(making.partners)
    for place in range(len(making.organisations) * _EACH_OBSERVED):
        kind, element, topic, text = demo_joint.MORE_OBSERVATIONS[place % len(demo_joint.MORE_OBSERVATIONS)]
        fields = {
            "date": (making.day("2026-04-06") + timedelta(days=place * 4)).isoformat(),
            "kind": kind,
            "element": element,
            "topic": topic,
            "text": text,
            "partner": making.partners[names[place * 5 % len(names)]],
            "weight": 1 + place % 5,
            "product_version": "1.1",
        }
        if place % 3 == 0:
            fields["decision"] = ("accepted", "later", "rejected", "open")[place // 3 % 4]
        out.append(making.put("observation", making.organisations[place % len(making.organisations)], fields))
    return out

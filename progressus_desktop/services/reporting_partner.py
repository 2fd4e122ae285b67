"""From a partner's record and what refers to it to the partner card."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Level, Values
from progressus_desktop.domain.membership import is_member
from progressus_desktop.domain.records import Record
from progressus_desktop.reports import partner_card as pages
from progressus_desktop.reports.partner_card import (
    Agreement,
    Matter,
    Meeting,
    Membership,
    Offer,
    PartnerCard,
    Person,
    Stage,
    Talk,
)
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_source import (
    Asked,
    Render,
    Snapshot,
    in_order,
    span_words,
    twelve_months,
    values,
)
from progressus_desktop.services.reporting_tasks import OPEN, about, arrangements, next_steps
from progressus_desktop.services.state import state_sentence
from progressus_desktop.words import _, ngettext

_PARTS = ("lead_organiser", "host", "co_organisers", "partners")
_QUIET = frozenset({"paused", "ended", "refused"})


def card(snapshot: Snapshot, asked: Asked) -> Render:
    """The partner card, with the events and contacts of the days asked for, else of twelve months."""
    record = snapshot.named("partner", asked.record_id)
    first, last = twelve_months(snapshot, asked)
    return partial(pages.render, card_of(snapshot, record, first, last))


def card_of(snapshot: Snapshot, record: Record, first: str, last: str) -> PartnerCard:
    """What stands on the card of a partner."""
    partner, lookup = values(record), snapshot.lookup
    events = in_order(lookup.linked_by("event", _PARTS, record.id))
    talks = in_order(lookup.linked("interaction", "partners", record.id))
    people, note = _people(snapshot, record.id)
    stage = str(record.derived.get("stage") or "")
    wrong = any(each.level is Level.ERROR for each in record.problems)
    return PartnerCard(
        code=record.code,
        name=say.text(partner, "name"),
        state=state_sentence(record),
        state_kind="warn" if wrong or record.entry == "draft" or stage in _QUIET else "ok",
        period=f"{span_words(first, last)}.",
        facts=_facts(snapshot, partner),
        people=people,
        people_note=note,
        seeks=[codelists.word("offer_category", code) for code in say.ids(partner, "needs")],
        offers=_offers(snapshot, record.id),
        clusters=_clusters(snapshot, record.id),
        agreements=_agreements(snapshot, partner),
        stages=_stages(snapshot, partner),
        meetings=[_meeting(each, record.id) for each in reversed(events) if _within(each, first, last)],
        talks=[_talk(each) for each in reversed(talks) if _within(each, first, last)],
        matters=_matters(snapshot, record.id, events, talks),
        working=record.entry == "draft",
    )


def _within(each: Values, first: str, last: str) -> bool:
    return first <= say.text(each, "date") <= last


def _facts(snapshot: Snapshot, partner: Values) -> list[tuple[str, str]]:
    """Identity of the organisation; what is empty is left out, except what is always asked for."""
    word = codelists.word
    coded = {
        name: word(codes, say.text(partner, name)) if say.text(partner, name) else ""
        for name, codes in (
            ("kind", "partner_kind"), ("size", "partner_size"), ("reach", "reach"), ("area_kind", "area_kind"),
            ("employs_pwd", "employs_pwd"),
        )
    }  # fmt: skip
    sector = codelists.sector(say.text(partner, "kind"))
    street = " ".join(part for part in (say.text(partner, "street"), say.text(partner, "house")) if part)
    town = " ".join(part for part in (say.text(partner, "postal_code"), say.text(partner, "locality")) if part)
    owner = snapshot.lookup.record("user", say.text(partner, "owner"))
    pairs = [
        (_("Kind"), coded["kind"], True),
        (_("Sector"), word("sector", sector) if sector else "", False),
        (_("Address"), ", ".join(part for part in (street, town) if part), True),
        (_("Gmina and powiat"), say.gmina_and_powiat(say.text(partner, "gmina")), True),
        (_("Phone"), say.text(partner, "phone"), True),
        (_("E-mail"), say.text(partner, "email"), True),
        (_("Website"), say.text(partner, "www"), False),
        (_("NIP"), say.text(partner, "nip"), False),
        (_("REGON"), say.text(partner, "regon"), False),
        (_("KRS"), say.text(partner, "krs"), False),
        (_("Size"), coded["size"], False),
        (_("Reach"), coded["reach"], False),
        (_("Kind of area"), coded["area_kind"], False),
        (_("Employs people with disabilities"), coded["employs_pwd"], False),
        (_("Target groups"), say.codes("target_group", say.ids(partner, "target_groups")), False),
        (_("Parent organisation"), say.name(snapshot.lookup, say.text(partner, "parent")), False),
        (_("Kept by"), say.person(owner) if snapshot.sees_people else "", False),
        (_("First contact"), say.day(say.text(partner, "first_contact")), False),
    ]
    return [(label, value or "–") for label, value, always in pairs if value or always]


def _people(snapshot: Snapshot, partner: str) -> tuple[list[Person], str]:
    """Contact persons of today, and in words whom the card leaves out."""
    contacts = list(snapshot.lookup.linked("contact", "partner", partner))
    present = [each for each in contacts if not _gone(each, snapshot.today)]
    if not snapshot.sees_people:
        note = ngettext("{n} person is left out: your role prints no personal data.",
                        "{n} people are left out: your role prints no personal data.", len(present))  # fmt: skip
        return [], note if present else ""
    willing = [each for each in present if each.get("objection") is not True]
    objected = len(present) - len(willing)
    note = ngettext("{n} person who objected is left out.", "{n} people who objected are left out.", objected)
    return [_person(snapshot, each) for each in willing], note if objected else ""


def _gone(contact: Values, today: date) -> bool:
    until = say.text(contact, "date_to")
    return bool(until) and until < today.isoformat()[: len(until)]


def _person(snapshot: Snapshot, contact: Values) -> Person:
    person = snapshot.lookup.record("person", say.text(contact, "person"))
    return Person(
        say.person(person),
        say.text(contact, "function"),
        ", ".join(say.text(each, "phone") for each in say.rows(contact, "phones")),
        ", ".join(say.text(each, "email") for each in say.rows(contact, "emails")),
        say.day(say.text(contact, "clause_given_on")),
    )


def _agreements(snapshot: Snapshot, partner: Values) -> list[Agreement]:
    return [
        Agreement(
            codelists.word("declaration_kind", say.text(each, "kind")),
            say.day(say.text(each, "date")),
            say.day(say.text(each, "valid_until")),
            snapshot.lookup.record("photo", say.text(each, "scan")) is not None,
        )
        for each in say.rows(partner, "declarations")
    ]


def _stages(snapshot: Snapshot, partner: Values) -> list[Stage]:
    rows = sorted(say.rows(partner, "relations"), key=lambda each: say.text(each, "date"), reverse=True)
    return [
        Stage(
            say.day(say.text(each, "date")),
            codelists.word("stage", say.text(each, "stage")),
            say.name(snapshot.lookup, say.text(each, "organisation")),
            say.text(each, "note"),
        )
        for each in rows
    ]


def _meeting(event: Values, partner: str) -> Meeting:
    parts = [
        (_("organiser"), say.text(event, "lead_organiser") == partner),
        (_("host"), say.text(event, "host") == partner),
        (_("co-organiser"), partner in say.ids(event, "co_organisers")),
        (_("present"), partner in say.ids(event, "partners")),
    ]
    status = say.text(event, "status")
    return Meeting(
        say.day(say.text(event, "date")),
        say.text(event, "title") or _("Event without a title"),
        ", ".join(word for word, has in parts if has),
        say.text(event, "locality"),
        codelists.word("event_status", status) if status else "",
    )


def _talk(talk: Values) -> Talk:
    channel, result = say.text(talk, "channel"), say.text(talk, "result")
    return Talk(
        say.day(say.text(talk, "date")),
        codelists.word("channel", channel) if channel else "",
        say.text(talk, "subject"),
        ", ".join(sorted(say.text(item, "topic") for item in say.rows(talk, "topics"))),
        codelists.word("interaction_result", result) if result else "",
    )


def _offers(snapshot: Snapshot, partner: str) -> list[Offer]:
    """What the partner offers and what may still be had, by kind."""
    now = snapshot.today.isoformat()
    kinds = codelists.codes("offer_category")
    found = []
    for each in snapshot.lookup.linked("offer", "partner", partner):
        kind, cost, until = (say.text(each, name) for name in ("category", "cost", "valid_to"))
        if until and until < now[: len(until)]:
            continue
        since = say.day(say.text(each, "new_since"))
        offer = Offer(
            codelists.word("offer_category", kind) if kind else "",
            say.text(each, "description"),
            say.codes("target_group", say.ids(each, "for_whom")),
            codelists.word("offer_cost", cost) if cost else "",
            say.day(until),
            (_("new since {day}", day=since) if since else _("new")) if each.get("new_since_project") is True else "",
        )
        found.append((kinds.index(kind) if kind in kinds else len(kinds), offer))
    return [offer for _place, offer in sorted(found, key=lambda each: (each[0], each[1].what))]


def _clusters(snapshot: Snapshot, partner: str) -> list[Membership]:
    """The clusters the partner belongs to today."""
    found = []
    for each in snapshot.lookup.linked("membership", "partner", partner):
        cluster = snapshot.lookup.record("cluster", say.text(each, "cluster"))
        if cluster is None or not is_member(each, snapshot.today):
            continue
        role, stage = say.text(each, "role"), say.text(cluster, "stage")
        found.append(
            Membership(
                say.text(cluster, "name"),
                codelists.word("cluster_role", role) if role else "",
                say.day(say.text(each, "date_from")),
                codelists.word("cluster_stage", stage) if stage else "",
            )
        )
    return sorted(found, key=lambda each: each.cluster)


def _matters(snapshot: Snapshot, partner: str, events: Sequence[Values], talks: Sequence[Values]) -> list[Matter]:
    """Open tasks about the partner, its contacts and events; without a task what nobody did since its day."""
    now, lookup = snapshot.today.isoformat(), snapshot.lookup
    newest = max((say.text(each, "date") for each in talks), default="")
    steps = [step for step in about(lookup, partner) if step.state == OPEN]
    for _each, step in next_steps(lookup, talks):
        if step.task or step.due >= now or (step.due and newest < step.due):
            steps.append(step)
    for event in events:
        steps += [step for step in arrangements(lookup, event) if step.task or step.due >= now]
    found = [
        (step.due, Matter(step.what, step.who if snapshot.sees_people else "", say.day(step.due), late=step.due < now))
        for step in steps
        if step.state == OPEN
    ]
    return [matter for _due, matter in sorted(found, key=lambda each: each[0])]

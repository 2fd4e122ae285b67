"""From events and partners to forms: image permission, agenda, minutes, letter of intent, certificate."""

from __future__ import annotations

from functools import partial

from babel.numbers import format_decimal

from progressus_desktop import words
from progressus_desktop.domain import codelists, event_rules
from progressus_desktop.domain.fields import Values
from progressus_desktop.reports import form_agenda, form_certificate, form_letter, form_minutes, form_permission
from progressus_desktop.reports.form_agenda import Agenda
from progressus_desktop.reports.form_certificate import Certificate
from progressus_desktop.reports.form_letter import Letter, Party
from progressus_desktop.reports.form_minutes import Minutes
from progressus_desktop.reports.form_permission import Permission
from progressus_desktop.reports.setting import number
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_source import Asked, Render, Snapshot, values
from progressus_desktop.services.reporting_tasks import arrangements
from progressus_desktop.words import _

_ASKED = "needs_asked"
"""The question of the checklist that the invitation itself is the answer to; nothing at the place."""
_BLANK = "……………………………………"
_IMAGE = ("wizerun", "image", "zdję", "photo")
"""How the set of data is named, by which the office's own retention of photos is found."""


def image_permission(snapshot: Snapshot, asked: Asked) -> Render:
    """The image permission for an event, in plain language if asked for."""
    event, project = values(snapshot.named("event", asked.record_id)), snapshot.project
    leader = say.name(snapshot.lookup, say.text(project, "leader"))
    contact = say.text(project, "data_protection_contact") or say.text(project, "office_email")
    form = Permission(
        code=say.text(event, "code"),
        event=say.text(event, "title"),
        when=say.when(event),
        where=say.where(event),
        controller=say.text(project, "controller") or leader or _BLANK,
        project=say.text(project, "name") or _BLANK,
        questions=contact,
        retention=_retention(project),
        large_print=asked.large_print,
    )
    return partial(form_permission.render_plain if asked.plain else form_permission.render, form)


def _retention(project: Values) -> str:
    for row in say.rows(project, "legal_bases"):
        if any(part in say.text(row, "data_set").lower() for part in _IMAGE):
            return say.text(row, "retention")
    return ""


def agenda(snapshot: Snapshot, asked: Asked) -> Render:
    """The invitation and agenda of an event."""
    event, lookup = values(snapshot.named("event", asked.record_id)), snapshot.lookup
    given = {say.text(item, "item"): say.text(item, "answer") for item in say.rows(event, "accessibility")}
    organiser = lookup.record("partner", say.text(event, "lead_organiser")) or {}
    touched = {say.text(item, "topic") for item in say.rows(event, "topics")}
    kind = say.text(event, "kind")
    facts = [
        (_("When"), say.when(event), True),
        (_("Organiser"), say.text(organiser, "name"), True),
        (_("Where"), say.where(event, with_gmina=True), True),
        (_("Host"), say.name(lookup, say.text(event, "host")), False),
        (_("Co-organiser"), ", ".join(say.names(lookup, "partner", say.ids(event, "co_organisers"))), False),
        (_("Online link"), say.text(event, "online_link"), False),
        (_("Phone"), say.text(organiser, "phone"), False),
    ]
    made = Agenda(
        code=say.text(event, "code"),
        title=say.text(event, "title"),
        kind=codelists.word("event_kind", kind) if kind else "",
        facts=[(label, value or "–") for label, value, always in facts if value or always],
        aim=say.text(event, "aim"),
        points=_points(snapshot, event),
        topics=[codelists.word("topic", code) for code in codelists.codes("topic") if code in touched],
        accessible=[
            codelists.word("accessibility", code)
            for code in codelists.codes("accessibility")
            if given.get(code) == "yes" and code != _ASKED
        ],
        questions=[codelists.word("requested_arrangement", each.code)
                   for each in codelists.items("requested_arrangement")],
        email=say.text(organiser, "email") or say.text(snapshot.project, "office_email"),
        funding=say.text(snapshot.project, f"visibility_sentence_{words.language()}"),
    )  # fmt: skip
    return partial(form_agenda.render, made)


def _points(snapshot: Snapshot, event: Values) -> list[tuple[str, str, str]]:
    return [
        (say.text(each, "time"), say.text(each, "item"), say.text(each, "speaker") if snapshot.sees_people else "")
        for each in say.rows(event, "agenda")
    ]


def minutes(snapshot: Snapshot, asked: Asked) -> Render:
    """The minutes of an event: what its record says, and room for the rest."""
    event, lookup = values(snapshot.named("event", asked.record_id)), snapshot.lookup
    present = say.names(lookup, "partner", say.ids(event, "partners"))
    present += [
        " – ".join(part for part in (say.text(each, "institution"), say.text(each, "function")) if part)
        for each in say.rows(event, "authorities")
    ]
    total = event_rules.total(event.get("participants"))
    kinds = ("list_scan", "agenda", "photo", "declaration", "material")
    made = Minutes(
        code=say.text(event, "code"),
        title=say.text(event, "title"),
        about=[
            (_("Event"), say.text(event, "title")), (_("When"), say.when(event)), (_("Where"), say.where(event)),
            (_("Organiser"), say.name(lookup, say.text(event, "lead_organiser"))),
            (_("Number of people"), number(total) if total else ""),
        ],
        present=present,
        points=[" – ".join(part for part in (time, point) if part) for time, point, _who in _points(snapshot, event)],
        course=say.text(event, "course"),
        arrangements=[
            (each.what, each.who if snapshot.sees_people else "", say.day(each.due))
            for each in arrangements(lookup, event)
        ],
        annexes=[codelists.word("photo_kind", kind) for kind in kinds],
    )  # fmt: skip
    return partial(form_minutes.render, made)


def letter_of_intent(snapshot: Snapshot, asked: Asked) -> Render:
    """The letter of intent between one's own organisation and a partner."""
    partner, project = values(snapshot.named("partner", asked.record_id)), snapshot.project
    own = snapshot.lookup.record("partner", snapshot.lookup.own_organisation())
    own = own or snapshot.lookup.record("partner", say.text(project, "leader")) or {}
    made = Letter(
        code=say.text(partner, "code"),
        parties=(_party(own), _party(partner)),
        project=say.text(project, "name"),
        leader=say.name(snapshot.lookup, say.text(project, "leader")),
        until=say.day(say.text(project, "testing_to") or say.text(project, "date_to")),
        sought=[codelists.word("offer_category", code) for code in say.ids(partner, "needs")],
        offers=[item.label for item in codelists.items("offer_category")],
    )
    return partial(form_letter.render, made)


def _party(partner: Values) -> Party:
    street = " ".join(part for part in (say.text(partner, "street"), say.text(partner, "house")) if part)
    town = " ".join(part for part in (say.text(partner, "postal_code"), say.text(partner, "locality")) if part)
    known = [f"{name.upper()} {value}" for name in ("nip", "regon", "krs") if (value := say.text(partner, name))]
    return Party(say.text(partner, "name"), ", ".join(part for part in (street, town) if part), ", ".join(known))


def certificate(snapshot: Snapshot, asked: Asked) -> Render:
    """Certificates of participation in an event; several names are divided by semicolons."""
    event, lookup = values(snapshot.named("event", asked.record_id)), snapshot.lookup
    kind = say.text(event, "kind")
    hours = event_rules.minutes(event) / 60
    touched = {say.text(item, "topic") for item in say.rows(event, "topics")}
    made = Certificate(
        code=say.text(event, "code"),
        event=say.text(event, "title"),
        kind=codelists.word("event_kind", kind) if kind else "",
        when=say.when(event),
        where=say.where(event),
        hours=format_decimal(round(hours, 1), locale=words.language()) if hours else "",
        organiser=say.name(lookup, say.text(event, "lead_organiser")),
        topics=[codelists.short("topic", code) for code in codelists.codes("topic") if code in touched],
        names=[name for each in asked.name.split(";") if (name := each.strip())],
        funding=say.text(snapshot.project, f"visibility_sentence_{words.language()}"),
    )
    return partial(form_certificate.render, made)

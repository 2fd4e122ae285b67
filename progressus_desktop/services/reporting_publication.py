"""From an event to its public note: only what is meant for everybody, small numbers and names kept back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from progressus_desktop import words
from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Values
from progressus_desktop.domain.suppression import Published, published
from progressus_desktop.reports import publication as pages
from progressus_desktop.reports import publication_web as web
from progressus_desktop.reports.blocks import Photo
from progressus_desktop.reports.prose import Block, Title, blocks_of
from progressus_desktop.reports.publication import Publication, Section
from progressus_desktop.reports.setting import number
from progressus_desktop.reports.text import Run
from progressus_desktop.reports.theme import MUTED
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_photos import showable
from progressus_desktop.services.reporting_public import Public
from progressus_desktop.services.reporting_source import Asked, Render, Snapshot, in_order, values
from progressus_desktop.words import _, ngettext

_MOST_PHOTOS = 12
_RENDERERS: Mapping[str, Callable[..., bytes]] = {"pdf": pages.render, "txt": web.text, "html": web.html}
Clean = Callable[[str], str]


def publication(snapshot: Snapshot, asked: Asked) -> Render:
    """The public note of an event, as PDF, text or web page."""
    record = snapshot.named("event", asked.record_id)
    return partial(_RENDERERS[asked.form], note(snapshot, values(record)))


def note(snapshot: Snapshot, event: Values) -> Publication:
    """What the note of an event says."""
    clean = Public(snapshot).text
    people = published(_matrix(event))
    pictures = [
        each
        for each in snapshot.lookup.linked("photo", "event", say.text(event, "id"))
        if say.text(each, "kind") == "photo"
    ]
    shown, _left = showable(snapshot, pictures, _MOST_PHOTOS)
    return Publication(
        code=say.text(event, "code"),
        kicker=_kicker(event),
        title=clean(say.text(event, "title")),
        lead=clean(say.text(event, "summary")) or _attendance(people, short=True),
        opening=_opening(snapshot, event, clean),
        sections=[section for section in _sections(snapshot, event, people, clean) if section.blocks],
        photos=[_public_photo(each.photo, clean) for each in shown],
        credit=_credit(snapshot, [each.values for each in shown]),
        about=_about(snapshot),
        working=say.text(event, "entry") == "draft" or say.text(event, "status") != "held",
    )


def _public_photo(photo: Photo, clean: Clean) -> Photo:
    return Photo(photo.picture, clean(photo.alt), clean(photo.caption))


def _matrix(event: Values) -> dict[str, dict[str, int]]:
    matrix = event.get("participants")
    rows = matrix.items() if isinstance(matrix, dict) else ()
    return {
        str(role): {str(sex): n for sex, n in row.items() if isinstance(n, int)}
        for role, row in rows
        if isinstance(row, dict)
    }


def _kicker(event: Values) -> str:
    gmina = say.gmina_name(say.text(event, "gmina"))
    place = ", ".join(part for part in (say.text(event, "locality"), gmina) if part)
    return " · ".join(part for part in (_("News"), say.day(say.text(event, "date")), place) if part)


def _opening(snapshot: Snapshot, event: Values, clean: Clean) -> str:
    """Who prepared it, who was the host, where and when: names of organisations, in the nominative."""
    lookup = snapshot.lookup
    organisers = [
        say.name(lookup, say.text(event, "lead_organiser")),
        *say.names(lookup, "partner", say.ids(event, "co_organisers")),
    ]
    host = say.name(lookup, say.text(event, "host"))
    together = say.names(lookup, "partner", say.ids(event, "testers"))
    names = ", ".join(dict.fromkeys(each for each in organisers if each))
    sentences = [
        _("Organised by: {names}.", names=names) if names else "",
        _("Worked out jointly by: {names}.", names=", ".join(together)) if together else "",
        _("Host: {name}.", name=host) if host and host not in organisers else "",
        _("Where: {place}.", place=clean(say.where(event))) if say.where(event) else "",
        _("When: {time}.", time=say.when(event)) if say.when(event) else "",
    ]
    return "\n".join(each for each in sentences if each)


def _sections(snapshot: Snapshot, event: Values, people: Published, clean: Clean) -> list[Section]:
    course: list[Block] = blocks_of(clean(say.text(event, "course")))
    begins = not (course and isinstance(course[0], Title))
    return [
        Section(_("What happened") if begins else "", course),
        Section(_("What was held within it"), _inside(snapshot, event, clean)),
        Section(_("Who took part"), _took_part(snapshot, event, people)),
        Section(_("What was talked about"), _topics(event)),
        Section(_("Voices"), blocks_of(clean(say.text(event, "quotes")))),
        Section(_("In the media"), _media(event, clean)),
    ]


def _inside(snapshot: Snapshot, event: Values, clean: Clean) -> list[Block]:
    """Events held within this one, with who worked them out."""
    children = in_order(snapshot.lookup.linked("event", "parent_event", say.text(event, "id")))
    items = []
    for child in children:
        if say.text(child, "entry") == "draft" or say.text(child, "status") == "cancelled":
            continue
        by = [
            say.name(snapshot.lookup, say.text(child, "lead_organiser")),
            *say.names(snapshot.lookup, "partner", [*say.ids(child, "testers"), *say.ids(child, "co_organisers")]),
        ]
        names = ", ".join(dict.fromkeys(each for each in by if each))
        line = clean(say.text(child, "title"))
        more = clean(say.text(child, "summary"))
        items.append(" ".join(part for part in (f"{line} ({names})." if names else f"{line}.", more) if part))
    return [items] if items else []


def _took_part(snapshot: Snapshot, event: Values, people: Published) -> list[Block]:
    found: list[Block] = []
    attendance = _attendance(people)
    if attendance:
        found.append(attendance)
    present = say.names(snapshot.lookup, "partner", say.ids(event, "partners"))
    if present:
        found.append(_("Organisations: {names}.", names=", ".join(present)))
    authorities = [
        " – ".join(part for part in (say.text(each, "institution"), say.text(each, "function")) if part)
        for each in say.rows(event, "authorities")
    ]
    if authorities:
        found.append(_("Authorities and institutions: {names}.", names=", ".join(authorities)))
    return found


def _attendance(people: Published, *, short: bool = False) -> str:
    """How many came and who they were, in a sentence; groups whose number is kept back are named without it."""
    roles = [role for role in codelists.codes("participant_role") if ((role, "total") in people.numbers)]
    if not roles:
        return ""
    total = people.shown()
    label = {role: codelists.word("participant_role", role) for role in roles}
    if total is None:
        return _("Those who came: {groups}.", groups=", ".join(label.values()))
    who = ngettext("{count} person took part", "{count} people took part", total, count=number(total))
    if short:
        return _("{who}; among them: {groups}.", who=who, groups=", ".join(label.values()))
    sexes = _sexes(people)
    told = [f"{label[role]} {number(shown)}" for role in roles if (shown := people.shown(role)) is not None]
    untold = [label[role] for role in roles if people.shown(role) is None]
    who += f" ({sexes})" if sexes else ""
    groups = ", ".join(untold)
    if not told:
        return _("{who}; among them, without a number: {groups}.", who=who, groups=groups)
    numbers = ", ".join(told)
    if untold:
        return _("{who}: {numbers}; also, without a number: {groups}.", who=who, numbers=numbers, groups=groups)
    return f"{who}: {numbers}."


def _sexes(people: Published) -> str:
    """Women and men, where neither is kept back."""
    women, men = people.shown(column="f"), people.shown(column="m")
    if women is None or men is None:
        return ""
    parts = [
        ngettext("{count} woman", "{count} women", women, count=number(women)) if women else "",
        ngettext("{count} man", "{count} men", men, count=number(men)) if men else "",
    ]
    return ", ".join(part for part in parts if part)


def _topics(event: Values) -> list[Block]:
    touched = {say.text(item, "topic") for item in say.rows(event, "topics")}
    items = [codelists.word("topic", code) for code in codelists.codes("topic") if code in touched]
    return [[f"{item};" if at < len(items) - 1 else f"{item}." for at, item in enumerate(items)]] if items else []


def _media(event: Values, clean: Clean) -> list[Block]:
    items = [
        ", ".join(
            part
            for part in (clean(say.text(each, "title")), say.day(say.text(each, "date")), say.text(each, "link"))
            if part
        )
        for each in say.rows(event, "media")
    ]
    return [items] if items else []


def _credit(snapshot: Snapshot, shown: list[Values]) -> str:
    """Whose the photos are; that recognisable people agreed, where there are any."""
    if not shown:
        return ""
    whose = _("Photos: {name}.", name=snapshot.organisation)
    if any(say.text(each, "people_shown") == "recognisable" for each in shown):
        whose += " " + _("Recognisable people agreed to the publication.")
    return whose


def _about(snapshot: Snapshot) -> list[str | Run]:
    project, lookup = snapshot.project, snapshot.lookup
    name, leader = say.text(project, "name"), say.name(lookup, say.text(project, "leader"))
    partners = ", ".join(say.names(lookup, "partner", say.ids(project, "partners")))
    parts = [
        _("The event was held in the project “{name}”.", name=name) if name else "",
        _("Leader: {name}.", name=leader) if leader else "",
        _("Partners of the project: {names}.", names=partners) if partners else "",
    ]
    told: list[str | Run] = [" ".join(part for part in parts if part)]
    funding = say.text(project, f"visibility_sentence_{words.language()}")
    if funding:
        return [*told, f" {funding}"]
    return [*told, Run(" " + _("[The project office puts the sentence about funding here.]"), colour=MUTED)]

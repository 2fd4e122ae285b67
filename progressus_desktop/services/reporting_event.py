"""From an event's record to its card and its attendance sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

from progressus_desktop.domain import codelists, event_rules
from progressus_desktop.domain.completeness import PHOTOS_WANTED, completeness
from progressus_desktop.domain.fields import Lookup, Values
from progressus_desktop.domain.records import Record
from progressus_desktop.domain.sorting import sort_key
from progressus_desktop.reports import attendance_sheet, event_card
from progressus_desktop.reports.attendance_sheet import AttendanceSheet, Person
from progressus_desktop.reports.event_card import Arrangement, Count, EventCard, Evidence, Topic
from progressus_desktop.reports.setting import number
from progressus_desktop.reports.text import Rich
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_photos import showable
from progressus_desktop.services.reporting_source import Asked, Render, Snapshot, values
from progressus_desktop.services.reporting_tasks import OPEN, Step, arrangements
from progressus_desktop.services.state import state_sentence
from progressus_desktop.words import _, ngettext

_DEPTHS = {"mentioned": 1, "presented": 2, "workshop": 3}
_SHOWN = 3
_LEAST_BLANK, _MOST_BLANK = 5, 400


def card(snapshot: Snapshot, asked: Asked) -> Render:
    """The event card."""
    record = snapshot.named("event", asked.record_id)
    return partial(event_card.render, card_of(snapshot, record))


def card_of(snapshot: Snapshot, record: Record) -> EventCard:
    """What stands on the card of an event."""
    event, lookup = values(record), snapshot.lookup
    files = list(lookup.linked("photo", "event", record.id))
    pictures = [each for each in files if say.text(each, "kind") == "photo"]
    shown, left = showable(snapshot, pictures, _SHOWN)
    done = completeness(event, len(pictures), has_list_scan=_has(files, "list_scan"))
    answers = {say.text(item, "item"): say.text(item, "answer") for item in say.rows(event, "accessibility")}
    return EventCard(
        code=record.code,
        title=say.text(event, "title"),
        state=state_sentence(record),
        state_kind=say.chip(event, record.entry),
        facts=_facts(event, lookup),
        participants=counts(event, "participants", "participant_role"),
        of_which=[
            Count(_("of which {group}", group=count.label[:1].lower() + count.label[1:]), count.f, count.m, count.x)
            for count in counts(event, "of_which", "of_which")
        ],
        about_people=_about_people(event),
        topics=_topics(event),
        summary=say.text(event, "summary"),
        course=say.text(event, "course"),
        difficulties=say.text(event, "difficulties"),
        arrangements=[
            Arrangement(each.what, each.who if snapshot.sees_people else "", say.day(each.due), _state(each))
            for each in arrangements(lookup, event)
        ],
        accessible=_answered(answers, "yes"),
        not_accessible=_answered(answers, "no"),
        not_applicable=_answered(answers, "na"),
        unanswered=[codelists.word("accessibility", code) for code in _items() if code not in answers],
        requested=", ".join(
            f"{say.text(item, 'count')} × {codelists.word('requested_arrangement', say.text(item, 'item'))}"
            for item in say.rows(event, "requested_arrangements")
        ),
        photos=[each.photo for each in shown],
        photos_note=left.words(),
        percent=done.percent,
        evidence=_evidence(event, files, len(pictures), len(shown)),
        people=[snapshot.signer(), _("coordinator")],
        working=record.entry == "draft",
    )


def _state(step: Step) -> str:
    """What became of something arranged; nothing while it is open."""
    return "" if step.state == OPEN else codelists.word("task_state", step.state)


def _facts(event: Values, lookup: Lookup) -> list[tuple[str, str]]:
    organiser = say.name(lookup, say.text(event, "lead_organiser"))
    others = ", ".join(say.names(lookup, "partner", say.ids(event, "co_organisers")))
    kind = say.text(event, "kind")
    pairs = [
        (_("Date and time"), say.when(event)),
        (_("Organiser"), organiser),
        (_("Place"), say.where(event)),
        (_("Host"), say.name(lookup, say.text(event, "host"))),
        (_("Gmina and powiat"), say.gmina_and_powiat(say.text(event, "gmina"))),
        (_("Co-organiser"), others),
        (_("Event type"), codelists.word("event_kind", kind) if kind else ""),
        (_("Task"), say.text(event, "application_task")),
    ]
    reason = say.text(event, "status_reason")
    if reason:
        pairs.append((_("Reason"), reason))
    present = ", ".join(say.names(lookup, "partner", say.ids(event, "partners")))
    if present:
        pairs.append((_("Present"), present))
    return [(label, value or "–") for label, value in pairs]


def counts(event: Values, name: str, code_list: str) -> list[Count]:
    """The rows of a matrix that are not empty, in the order of their code list."""
    matrix = event.get(name)
    if not isinstance(matrix, dict):
        return []
    found = []
    for code in codelists.codes(code_list):
        row = matrix.get(code)
        if isinstance(row, dict):
            figures = [_whole(row.get(sex)) for sex in ("f", "m", "x")]
            if any(figures):
                found.append(Count(say.capital(codelists.word(code_list, code)), *figures))
    return found


def _whole(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def _about_people(event: Values) -> list[tuple[str, str]]:
    counted, signed = say.text(event, "counted_by"), event.get("signatures_count")
    total = event_rules.total(event.get("participants"))
    found = []
    if counted:
        found.append((_("Way of counting"), codelists.word("counted_by", counted)))
    if isinstance(signed, int):
        words = _("{n} of {all}", n=number(signed), all=number(total))
        note = say.text(event, "difference_note")
        explained = _("Explanation: {note}", note=note) if note else ""
        found.append((_("Signatures on the attendance sheet"), ". ".join(part for part in (words, explained) if part)))
    minutes = event_rules.minutes(event) * total
    if minutes:
        found.append((_("Person-hours"), number(round(minutes / 60))))
    authorities = [
        ": ".join(part for part in (say.text(each, "institution"), say.text(each, "function")) if part)
        for each in say.rows(event, "authorities")
    ]
    if authorities:
        found.append((_("Authorities present"), "; ".join(authorities)))
    return found


def _topics(event: Values) -> list[Topic]:
    said = {say.text(item, "topic"): item for item in say.rows(event, "topics")}
    found = []
    for code in codelists.codes("topic"):
        item = said.get(code, {})
        depth = say.text(item, "depth")
        found.append(
            Topic(
                code,
                codelists.short("topic", code),
                _DEPTHS.get(depth, 0),
                codelists.word("topic_depth", depth) if depth else "",
                say.codes("participant_role", say.ids(item, "audience")),
                say.codes("topic_aspect", say.ids(item, "aspects")),
            )
        )
    return found


def _items() -> Sequence[str]:
    return [item.code for item in codelists.items("accessibility")]


def _answered(answers: dict[str, str], answer: str) -> list[str]:
    return [
        codelists.word("accessibility", code)
        for code in codelists.codes("accessibility")
        if answers.get(code) == answer
    ]


def _has(files: Iterable[Values], kind: str) -> bool:
    return any(say.text(each, "kind") == kind for each in files)


def _marks(marked: Sequence[str], unmarked: Sequence[str]) -> str:
    """What bore the marks and what did not."""
    there, absent = ", ".join(marked), ", ".join(unmarked)
    if there and absent:
        return _("there: {marked}; missing: {unmarked}", marked=there, unmarked=absent)
    return there or (_("missing: {unmarked}", unmarked=absent) if absent else _("missing"))


def _evidence(event: Values, files: Sequence[Values], pictures: int, shown: int) -> list[Evidence]:
    """The seven things :func:`completeness` counts, each with words."""
    answers = {say.text(item, "item"): say.text(item, "answer") for item in say.rows(event, "visibility")}
    marked, unmarked = (
        [codelists.word("visibility", code) for code in codelists.codes("visibility") if answers.get(code) == answer]
        for answer in ("yes", "no")
    )
    signed = event.get("signatures_count")
    total = event_rules.total(event.get("participants"))
    topics = len(say.rows(event, "topics"))
    scan = _has(files, "list_scan")
    missing = _("missing")
    signatures = (
        ngettext("there, {n} signature", "there, {n} signatures", signed) if isinstance(signed, int) else _("there")
    )
    counted = ngettext("{count} person", "{count} people", total, count=number(total))
    enough = pictures >= PHOTOS_WANTED
    photos = _("{all}, on this card: {shown}", all=pictures, shown=shown)
    return [
        Evidence(_("Scan of the attendance sheet"), scan, signatures if scan else missing),
        Evidence(_("Agenda"), bool(say.rows(event, "agenda")), _("there") if say.rows(event, "agenda") else missing),
        Evidence(_("Photos (at least {n})", n=PHOTOS_WANTED), enough, photos if pictures else missing),
        Evidence(_("Marks"), bool(marked) and not unmarked, _marks(marked, unmarked)),
        Evidence(
            _("Topics"),
            topics > 0,
            _("{n} of {all}", n=topics, all=len(codelists.codes("topic"))) if topics else missing,
        ),
        Evidence(_("Participants"), total > 0, counted if total else missing),
        Evidence(
            _("Course and results"),
            bool(say.text(event, "course")),
            _("described") if say.text(event, "course") else missing,
        ),
    ]


def sheet(snapshot: Snapshot, asked: Asked) -> Render:
    """The attendance sheet: blank rows for as many as are expected, and some more."""
    event, lookup = values(snapshot.named("event", asked.record_id)), snapshot.lookup
    organiser = say.name(lookup, say.text(event, "lead_organiser"))
    host = say.name(lookup, say.text(event, "host"))
    host_words = _("host: {name}", name=host) if host and host != organiser else ""
    expected = event_rules.total(event.get("participants"))
    people = listed(snapshot, str(event["id"])) if snapshot.sees_people else []
    made = AttendanceSheet(
        code=say.text(event, "code"),
        title=say.text(event, "title"),
        when=say.when(event),
        where=say.where(event, with_gmina=True),
        organiser="; ".join(part for part in (organiser, host_words) if part),
        clause=clause(snapshot.project, lookup),
        people=people,
        blank=_blank(expected, len(people)),
        leader=snapshot.worker()[0],
        landscape=asked.landscape,
        large_print=asked.large_print,
    )
    return partial(attendance_sheet.render, made)


def _blank(expected: int, printed: int) -> int:
    """Rows to write on: for whoever is expected and not printed yet, and some more."""
    if not expected:
        return 4 * _LEAST_BLANK
    return min(max(expected - printed, 0) + _LEAST_BLANK, _MOST_BLANK)


def listed(snapshot: Snapshot, event: str) -> list[Person]:
    """Who is on the named list of an event, by last name, to sign; erased people are left out."""
    lookup, found = snapshot.lookup, []
    for each in lookup.linked("participant", "event", event):
        person = lookup.record("person", say.text(each, "person")) or {}
        name = " ".join(part for part in (say.text(person, "last_name"), say.text(person, "first_name")) if part)
        if name:
            found.append(Person(name, say.name(lookup, say.text(each, "organisation"))))
    return sorted(found, key=lambda person: (sort_key(person.name), person.organisation))


def clause(project: Values, lookup: Lookup) -> Sequence[Rich]:
    """The information clause; without a controller in the project, the leader; without both, an honest gap."""
    controller = say.text(project, "controller") or say.name(lookup, say.text(project, "leader"))
    bases = [codelists.word("data_basis", say.text(each, "basis")) for each in say.rows(project, "legal_bases")]
    basis = ", ".join(dict.fromkeys(word for word in bases if word))
    questions = say.text(project, "data_protection_contact") or say.text(project, "office_email")
    standard = _("legal duty and public task (art. 6 sec. 1 let. c and e of the GDPR)")
    blank = "……………………………………"
    return attendance_sheet.clause(controller or blank, basis or standard, questions if "@" in questions else "")

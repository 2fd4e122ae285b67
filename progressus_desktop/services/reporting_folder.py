"""From an event or the events of a period to the control folder: cards, agenda, photos, scans, gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from progressus_desktop.domain import codelists, event_rules, photo
from progressus_desktop.domain.completeness import completeness
from progressus_desktop.domain.fields import Level, Values
from progressus_desktop.domain.records import Record
from progressus_desktop.errors import ProgressusError, UsageError
from progressus_desktop.reports import control_folder as pages
from progressus_desktop.reports.control_folder import Declared, Folder, Paper, Part, PhotoState
from progressus_desktop.reports.foreign import pictures_of
from progressus_desktop.reports.gallery import Chapter, Taken
from progressus_desktop.reports.setting import number, or_none
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_event import card_of
from progressus_desktop.services.reporting_photos import LeftOut, Shown, showable
from progressus_desktop.services.reporting_source import Asked, Render, Snapshot, period, span_words, values
from progressus_desktop.words import N_, Message, _, ngettext

_NAMES_PEOPLE = frozenset({"list_scan", "minutes", "survey", "declaration"})
"""Kinds of file that name people; who prints without personal data does not get them."""

_MARK = 16
_ANSWERS = {"yes": "ok", "no": "error", "na": "none"}


def folder(snapshot: Snapshot, asked: Asked) -> Render:
    """The control folder of an event, or of all events of a period.

    Raises:
        UsageError: neither an event nor a period was asked for.
    """
    if asked.record_id:
        record = snapshot.named("event", asked.record_id)
        title = say.text(values(record), "title") or _("Event without a title")
        return partial(pages.render, _of(snapshot, [record], title, record.code, say.when(values(record))))
    first, last = period(asked)
    if not first or not last:
        hint = Message(N_("Give --id, or --from and --to, or --month."))
        raise UsageError(Message(N_("Say of which event or of which days the folder shall be.")), hint=hint)
    found = [snapshot.lookup.whole("event", say.text(each, "id")) for each in snapshot.each("event", first, last)]
    events = [record for record in found if record is not None]
    title = _("Events {days}", days=say.from_to(first, last).replace("\n", ""))
    return partial(pages.render, _of(snapshot, events, title, "", span_words(first, last)))


def _of(snapshot: Snapshot, events: Sequence[Record], title: str, code: str, when: str) -> Folder:
    left = LeftOut()
    parts = [_part(snapshot, record, left) for record in events]
    people = sum(event_rules.total(record.fields.get("participants")) for record in events)
    papers = sum(not paper.pages for part in parts for paper in part.papers)
    notes = list(left.sentences())
    if papers:
        notes.append(ngettext("{n} file cannot be shown; its row says why.",
                              "{n} files cannot be shown; their rows say why.", papers))  # fmt: skip
    facts = [
        (_("Organisation"), snapshot.organisation), (_("Made by"), snapshot.signer()), (_("When"), when),
        (_("Events"), number(len(events))), (_("Participations"), or_none(people)),
        (_("Project"), say.text(snapshot.project, "name")),
    ]  # fmt: skip
    return Folder(code, title, [(label, value or "–") for label, value in facts], parts, notes)


def _part(snapshot: Snapshot, record: Record, left: LeftOut) -> Part:
    event, lookup = values(record), snapshot.lookup
    files = list(lookup.linked("photo", "event", record.id))
    pictures = [each for each in files if say.text(each, "kind") == "photo"]
    shown, not_shown = showable(snapshot, pictures)
    left.reasons += not_shown.reasons
    declared, scans = _declared(snapshot, event)
    signed = {say.text(each, "id") for _name, each in scans}
    papers = [
        _paper(snapshot, each)
        for each in files
        if say.text(each, "kind") != "photo" and say.text(each, "id") not in signed
    ]
    return Part(
        card=replace(card_of(snapshot, record), photos=(), photos_note=""),
        date=say.day(say.text(event, "date")),
        gaps=_gaps(record, files, not_shown),
        agenda=[
            (say.text(each, "time"), say.text(each, "item"), say.text(each, "speaker") if snapshot.sees_people else "")
            for each in say.rows(event, "agenda")
        ],
        visibility=_visibility(event),
        materials=[
            (say.text(each, "what"), say.text(each, "count"), _("yes") if each.get("marked") is True else _("no"))
            for each in say.rows(event, "materials")
        ],
        photos=[_photo_state(snapshot, each, shown) for each in pictures],
        shown=Chapter("", [_taken(each, event) for each in shown]),
        left_out=not_shown.words(),
        declared=declared,
        papers=[*papers, *(_paper(snapshot, file, name) for name, file in scans)],
    )


def _gaps(record: Record, files: Sequence[Values], left: LeftOut) -> list[str]:
    """What is missing of an event that was held: documents, permissions; and what the rules say of any."""
    pictures = sum(say.text(each, "kind") == "photo" for each in files)
    scanned = any(say.text(each, "kind") == "list_scan" for each in files)
    held = record.fields.get("status") == "held"
    done = completeness(record.fields, pictures, has_list_scan=scanned)
    missing = [str(each) for each in done.missing] if held else []
    wrong = [str(each.message) for each in record.problems if each.level is Level.ERROR]
    return [*missing, *left.gaps(), *wrong]


def _visibility(event: Values) -> list[tuple[str, str, str]]:
    given = {say.text(item, "item"): say.text(item, "answer") for item in say.rows(event, "visibility")}
    return [
        (
            say.capital(codelists.word("visibility", code)),
            codelists.word("answer", given[code]) if code in given else _("no answer"),
            _ANSWERS.get(given.get(code, ""), "warn"),
        )
        for code in codelists.codes("visibility")
    ]


def _photo_state(snapshot: Snapshot, values_: Values, shown: Sequence[Shown]) -> PhotoState:
    state = photo.permission(values_, snapshot.lookup)
    people = say.text(values_, "people_shown")
    count = values_.get("people_count")
    words = codelists.word("people_shown", people) if people else ""
    if isinstance(count, int) and people == "recognisable":
        words = f"{words} ({count})"
    return PhotoState(
        say.text(values_, "caption") or say.text(values_, "alt"),
        words,
        codelists.word("permission", state),
        "ok" if photo.may_leave(values_, snapshot.lookup) else "error",
        any(each.values is values_ for each in shown),
    )


def _taken(shown: Shown, event: Values) -> Taken:
    day = say.day(say.text(shown.values, "taken_at") or say.text(event, "date"))
    return Taken(shown.photo, " · ".join(part for part in (day, say.text(event, "locality")) if part))


def _declared(snapshot: Snapshot, event: Values) -> tuple[list[Declared], list[tuple[str, Values]]]:
    """What was signed with the partners who were there, and the scans of it, each with its partner's name."""
    named = [say.text(event, "lead_organiser"), say.text(event, "host")]
    there = dict.fromkeys([*named, *say.ids(event, "co_organisers"), *say.ids(event, "partners")])
    rows, scans = [], []
    for partner in there:
        record = snapshot.lookup.record("partner", partner) or {}
        for each in say.rows(record, "declarations"):
            file = snapshot.lookup.record("photo", say.text(each, "scan"))
            kind = codelists.word("declaration_kind", say.text(each, "kind"))
            day = say.day(say.text(each, "date"))
            rows.append(
                Declared(say.text(record, "name"), kind, day, say.day(say.text(each, "valid_until")),
                         _("there") if file else _("missing"))
            )  # fmt: skip
            if file:
                scans.append((say.text(record, "name"), file))
    return rows, scans


def _content(snapshot: Snapshot, file: Values) -> bytes:
    """The file as it is, else its copy for reports: originals stay with the laptops of their organisation."""
    try:
        return snapshot.read(say.text(file, "original"))
    except (ProgressusError, OSError, KeyError, ValueError):
        return snapshot.read(say.text(file, "shared_copy"))


def _paper(snapshot: Snapshot, file: Values, name: str = "") -> Paper:
    """A file as pictures of its pages, or words that say why it is not shown."""
    kind = say.capital(codelists.word("photo_kind", say.text(file, "kind")))
    mark = say.text(file, "original")[:_MARK]
    called = name or say.text(file, "caption")
    day = say.day(say.text(file, "taken_at"))
    if not snapshot.sees_people and say.text(file, "kind") in _NAMES_PEOPLE:
        return Paper(kind, called, day, mark, _("left out: it names people"))
    try:
        shown, every = pictures_of(_content(snapshot, file))
    except (ProgressusError, OSError, KeyError, ValueError) as error:
        absent = getattr(error, "code", "") == "not_found" or isinstance(error, (OSError, KeyError))
        return Paper(kind, called, day, mark, _("not on this laptop") if absent else _("cannot be shown"))
    said = ngettext("yes, {n} page", "yes, {n} pages", len(shown))
    if every > len(shown):
        said = _("the first {n} of {every} pages", n=len(shown), every=every)
    return Paper(kind, called, day, mark, said, shown)

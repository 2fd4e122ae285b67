"""What a report will lack, told before it is made: each thing with the record and field where it can be mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from progressus_desktop.domain.completeness import FILES, completeness
from progressus_desktop.domain.fields import Level, Values
from progressus_desktop.domain.records import Record
from progressus_desktop.errors import ProgressusError
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_marks import faults
from progressus_desktop.services.reporting_period import final_days
from progressus_desktop.services.reporting_photos import reason_against
from progressus_desktop.services.reporting_public import Public
from progressus_desktop.services.reporting_source import Asked, Snapshot, period, twelve_whole_months, values
from progressus_desktop.words import N_, NN_, Message

if TYPE_CHECKING:
    from progressus_desktop.store.workspace import Workspace

_WHOLE = frozenset({"event-card", "control-folder"})
_PICTURES = frozenset({"event-card", "control-folder", "gallery", "publication"})
_DATED = frozenset({"attendance-sheet", "form-agenda", "form-image-permission", "form-certificate"})
_CONTROLLED = frozenset({"attendance-sheet", "form-image-permission"})
_OUTSIDE = frozenset({"publication", "form-agenda", "form-certificate", "leaflet"})
_FAR, _LONG_AGO = "9999-12-31", "0001-01-01"
_SHORT = 60
_PUBLIC_TEXTS = ("title", "summary", "course", "quotes", "media")
_BASICS = {"title": N_("event title"), "date": N_("date"), "locality": N_("locality")}


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing or looks wrong, and the field of the record where it can be mended."""

    message: Message
    entity: str
    record_id: str
    field: str = ""
    level: Level = Level.WARNING

    def __str__(self) -> str:
        """The words for people."""
        return str(self.message)


def lacks(ws: Workspace, kind: str, asked: Asked) -> list[Lack]:
    """What the report will lack, worst first; nothing where it is not yet said what it shall be about."""
    with ws.reader() as connection:
        snapshot = Snapshot(ws, connection)
        try:
            found = list(_found(snapshot, kind, asked))
        except ProgressusError:
            return []
    return sorted(found, key=lambda each: each.level is not Level.ERROR)


def _found(snapshot: Snapshot, kind: str, asked: Asked) -> Iterator[Lack]:
    from progressus_desktop.services import reporting_kinds as kinds

    of = kinds.kind(kind)
    if of is None:
        return
    if of.about and asked.record_id:
        record = snapshot.named(of.about, asked.record_id)
        yield from (
            _of_event(snapshot, kind, record) if of.about == "event" else _of_organisations(snapshot, kind, record)
        )
    elif of.span:
        yield from _of_period(snapshot, kind, asked)
    yield from _marks(snapshot, kind)


def _marks(snapshot: Snapshot, kind: str) -> Iterator[Lack]:
    """What is wrong with the strip of marks; those at work inside the project may do without."""
    project = say.text(snapshot.project, "id")
    for message, field, level in faults(snapshot, outside=kind in _OUTSIDE):
        yield Lack(message, "project", project, field, level)


def _of_event(snapshot: Snapshot, kind: str, record: Record) -> Iterator[Lack]:
    event = values(record)
    if kind in _WHOLE:
        yield from _problems(record)
        yield from _incomplete(snapshot, record)
    if kind in _DATED:
        yield from _basics(event)
    if kind in _CONTROLLED:
        yield from _controller(snapshot)
    if kind in _PICTURES:
        yield from _pictures(snapshot, event)
    if kind == "publication":
        yield from _public(snapshot, record)
    if kind == "form-agenda" and not say.rows(event, "agenda"):
        yield Lack(Message(N_("The agenda is empty; rows to write on are printed.")), "event", record.id, "agenda")


def _problems(record: Record) -> Iterator[Lack]:
    if record.entry == "draft":
        yield Lack(Message(N_("The record is a draft: every page says working copy.")), record.entity, record.id)
    for each in record.problems:
        yield Lack(each.message, record.entity, record.id, each.field, each.level)


def _incomplete(snapshot: Snapshot, record: Record) -> Iterator[Lack]:
    """What an event that was held has no document of."""
    for what, field in _missing(snapshot, values(record)):
        yield Lack(Message(N_("Missing: {what}."), {"what": what}), "event", record.id, field)


def _missing(snapshot: Snapshot, event: Values) -> Iterator[tuple[Message, str]]:
    """What the file of an event that was held lacks, and the field where it is entered; empty for files."""
    if event.get("status") != "held":
        return
    files = Counter(say.text(each, "kind") for each in snapshot.lookup.linked("photo", "event", say.text(event, "id")))
    done = completeness(event, files["photo"], has_list_scan=files["list_scan"] > 0)
    for what, where in zip(done.missing, done.fields, strict=True):
        yield what, "" if where == FILES else where


def _gaps(snapshot: Snapshot, event: Values) -> Iterator[Lack]:
    """The same among the events of a period, with the event's name."""
    name = say.text(event, "title") or Message(N_("without a title"))
    for what, field in _missing(snapshot, event):
        message = Message(N_("“{event}” lacks: {what}."), {"event": name, "what": what})
        yield Lack(message, "event", say.text(event, "id"), field)


def _basics(event: Values) -> Iterator[Lack]:
    for name, label in _BASICS.items():
        if not say.text(event, name):
            what = Message(label)
            yield Lack(Message(N_("Missing: {what}."), {"what": what}), "event", say.text(event, "id"), name)


def _controller(snapshot: Snapshot) -> Iterator[Lack]:
    project = snapshot.project
    if not say.text(project, "controller") and not say.text(project, "leader"):
        message = Message(N_("The project names no controller of data; the clause has a gap."))
        yield Lack(message, "project", say.text(project, "id"), "controller")


def _pictures(snapshot: Snapshot, event: Values) -> Iterator[Lack]:
    """Photos that will be left out, counted by reason; each leads to the first of them."""
    files = snapshot.lookup.linked("photo", "event", say.text(event, "id"))
    refused: dict[str, list[Values]] = {}
    for each in files:
        if say.text(each, "kind") == "photo" and (why := reason_against(each, snapshot)):
            refused.setdefault(why, []).append(each)
    yield from _refused(refused.get("permission", ()), "people_shown",
                        *NN_("{n} permission is missing: the photo is left out.",
                             "{n} permissions are missing: the photos are left out."))  # fmt: skip
    yield from _refused(refused.get("description", ()), "alt",
                        *NN_("{n} description is missing: the photo is left out.",
                             "{n} descriptions are missing: the photos are left out."))  # fmt: skip


def _refused(photos: Sequence[Values], field: str, one: str, many: str) -> Iterator[Lack]:
    if photos:
        message = Message(one, plural=many, count=len(photos))
        yield Lack(message, "photo", say.text(photos[0], "id"), field)


def _public(snapshot: Snapshot, record: Record) -> Iterator[Lack]:
    event, public = values(record), Public(snapshot)
    if say.text(event, "status") != "held" or record.entry == "draft":
        message = Message(N_("The event is not held and ready: every page says working copy."))
        yield Lack(message, "event", record.id, "status")
    for name in ("summary", "course"):
        if not say.text(event, name):
            message = Message(N_("The note has no summary.") if name == "summary" else N_("The note has no course."))
            yield Lack(message, "event", record.id, name)
    for name in _PUBLIC_TEXTS:
        before = public.left_out
        public.text(say.text(event, name) if name != "media" else " ".join(
            say.text(each, "title") for each in say.rows(event, name)
        ))  # fmt: skip
        number = public.left_out - before
        if number:
            one, many = NN_(
                "{n} name, address or telephone of a known person is left out of the note.",
                "{n} names, addresses or telephones of known people are left out of the note.",
            )
            yield Lack(Message(one, plural=many, count=number), "event", record.id, name, Level.ERROR)


def _of_organisations(snapshot: Snapshot, kind: str, record: Record) -> Iterator[Lack]:
    partner = values(record)
    if kind in {"partner-card", "cluster"}:
        yield from _problems(record)
    if kind == "partner-card":
        for each in snapshot.lookup.linked("contact", "partner", record.id):
            if not say.text(each, "clause_given_on"):
                message = Message(N_("A contact person was given no information clause."))
                yield Lack(message, "contact", say.text(each, "id"), "clause_given_on")
    if kind == "form-letter-of-intent" and not (say.text(partner, "street") and say.text(partner, "locality")):
        message = Message(N_("The partner's address is not whole; there is room to write it."))
        yield Lack(message, "partner", record.id, "street")


def _days(snapshot: Snapshot, kind: str, asked: Asked) -> tuple[str, str]:
    """The days a report covers; empty where it is not yet said."""
    if kind == "final":
        return final_days(snapshot, asked)
    if kind == "office-summary":
        return twelve_whole_months(snapshot, asked)
    first, last = period(asked)
    if kind == "schedule":
        return first or snapshot.today.isoformat(), last or _FAR
    return (first, last) if first and last else ("", "")


def _of_period(snapshot: Snapshot, kind: str, asked: Asked) -> Iterator[Lack]:
    """Drafts of the time, which reports leave out, and what the events that were held lack."""
    first, last = _days(snapshot, kind, asked)
    if kind == "observations":
        yield from _observations(snapshot, first or _LONG_AGO, last or _FAR)
        return
    if not first:
        return
    for event in snapshot.each("event", first, last):
        yield from _draft(event, "event", "title", kind)
        if kind == "control-folder":
            yield from _gaps(snapshot, event)
        if kind in _PICTURES:
            yield from _pictures(snapshot, event)
    if kind not in _PICTURES and kind != "schedule":
        for talk in snapshot.each("interaction", first, last):
            yield from _draft(talk, "interaction", "subject", kind)


def _observations(snapshot: Snapshot, first: str, last: str) -> Iterator[Lack]:
    """Observations that are left out, and those that do not say for whom they hold."""
    for each in snapshot.each("observation", first, last):
        yield from _draft(each, "observation", "text", "observations")
        if say.text(each, "entry") != "draft" and not (say.text(each, "size_met") and say.text(each, "reach_met")):
            message = Message(
                N_("The size or reach of the organisation is not known: {name}."), {"name": _first_words(each)}
            )
            yield Lack(message, "observation", say.text(each, "id"), "partner")


def _first_words(observation: Values) -> str:
    words = say.text(observation, "text") or say.text(observation, "code")
    return f"{words[:_SHORT]}…" if len(words) > _SHORT else words


def _draft(each: Values, entity: str, title: str, kind: str) -> Iterable[Lack]:
    if say.text(each, "entry") != "draft" or kind in _PICTURES:
        return
    words = _first_words(each) if entity == "observation" else say.text(each, title)
    name = words or Message(N_("without a title"))
    message = Message(N_("A draft is left out: {name}."), {"name": name})
    yield Lack(message, entity, say.text(each, "id"), "", Level.ERROR)

"""Photos of events and partners with their permission, as the page of photos and consents shows them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from progressus_desktop import clock
from progressus_desktop.domain import codelists, framing, photo
from progressus_desktop.domain.fields import Lookup, Values
from progressus_desktop.domain.rules import plain_date
from progressus_desktop.domain.sorting import fold
from progressus_desktop.services.reporting_source import Records
from progressus_desktop.store import bulk, delivery
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import _, ngettext

MOST = 500
"""Photos shown at once; older ones are found by month."""

PARTNERS = "partners"
"""The photos of all partners, in place of a month or one owner."""

FILTERS = ("usable", "stays", "undescribed", "partial", "unknown", "none", "withdrawn", "to_delete")
_UNUSED_FOR = timedelta(days=365)
"""A photo that nobody may show is offered for deletion after a year; one whose permission was taken back at once."""

_OF_PARTNERS = (
    "FROM photo p CROSS JOIN partner pa ON pa.id = p.partner LEFT JOIN event e ON e.id = p.event AND e.deleted = 0"
    " WHERE p.partner > '' AND p.deleted = 0 AND p.kind = 'photo' AND pa.deleted = 0 AND e.id IS NULL"
    " AND (? = '' OR pa.id = ?)"
)
"""Photos that are of a partner (of one, if named twice) and of no event; by the index of partners, which few have."""

_LOOKS = {
    "not_needed": "ok", "full": "ok", "partial": "warn", "none": "err", "withdrawn": "err", "unknown": "none",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """One recognisable person and the answer in force; ``state`` is empty if nobody asked."""

    id: str
    name: str
    state: str = ""
    date: str = ""
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """One photo: what it says of itself, who is on it, whether it may leave and where it is."""

    id: str
    event: str
    """Empty for a photo of a partner."""
    about: str
    values: Values
    permission: str
    given: int
    people: int
    uncovered: int
    leaves: bool
    delivered: str
    delivered_ms: int
    deletable: bool

    @property
    def caption(self) -> str:
        """What stands under it."""
        return str(self.values.get("caption") or "")

    @property
    def described(self) -> bool:
        """Whether a screen reader has something to say, or nothing on purpose."""
        return bool(str(self.values.get("alt") or "").strip()) or self.values.get("decorative") is True

    @property
    def usable(self) -> bool:
        """Whether reports show it."""
        return self.leaves and self.described

    @property
    def picture(self) -> str:
        """The file to show: what would leave, else the original."""
        return str(self.values.get("shared_copy") or self.values.get("original") or "")

    @property
    def current(self) -> bool:
        """Whether the copy for reports has all its masks."""
        return framing.current(self.values)


@dataclass(frozen=True, slots=True)
class Place:
    """Where photos belong: an event, a partner, a month of events (``2026-11``) or all partners; how many those are."""

    key: str
    label: str
    owners: int = 1


def places(ws: Workspace) -> list[Place]:
    """Months whose events have photos, newest first; then the partners that have some."""
    sql = (
        "SELECT substr(e.date, 1, 7) m, count(DISTINCT e.id) FROM photo p JOIN event e ON e.id = p.event"
        " WHERE p.deleted = 0 AND p.kind = 'photo' AND e.deleted = 0 AND e.date IS NOT NULL GROUP BY m ORDER BY m DESC"
    )
    with ws.reading() as connection:
        found = [Place(row[0], row[0], row[1]) for row in connection.exec_driver_sql(sql)]
        owners = int(connection.exec_driver_sql(f"SELECT count(DISTINCT pa.id) {_OF_PARTNERS}", ("", "")).scalar_one())
    return [*found, Place(PARTNERS, PARTNERS, owners)] if owners else found


def partners(ws: Workspace, limit: int = 12) -> list[Place]:
    """The partners with photos, those with the newest first, to add photos to."""
    sql = (
        f"SELECT pa.id, coalesce(pa.name, '') {_OF_PARTNERS} GROUP BY pa.id"
        " ORDER BY max(coalesce(p.taken_at, '')) DESC, max(p.record_no) DESC LIMIT ?"
    )
    with ws.reading() as connection:
        return [Place(row[0], row[1]) for row in connection.exec_driver_sql(sql, ("", "", limit))]


def events(ws: Workspace, month: str = "", limit: int = 12) -> list[Place]:
    """The newest events that took place (of a month), to add photos to."""
    sql = (
        "SELECT id, coalesce(title, ''), coalesce(date, '') FROM event WHERE deleted = 0 AND listed = 1"
        " AND coalesce(status, '') <> 'cancelled' AND date <= ? AND date LIKE ?"
        " ORDER BY date DESC, record_no DESC LIMIT ?"
    )
    today = clock.today(ws.clock).isoformat()
    with ws.reading() as connection:
        rows = connection.exec_driver_sql(sql, (today, f"{month}%", limit)).all()
    return [Place(row[0], " · ".join(part for part in (day(row[2]), row[1]) if part)) for row in rows]


def cards(
    ws: Workspace, *, month: str = "", event: str = "", partner: str = "", text: str = "", wanted: str = ""
) -> list[Card]:
    """Photos of one event, of the events of a month, of one partner or all (``PARTNERS``), else the newest.

    By event or partner, the oldest day last.
    """
    with ws.reading() as connection:
        rows = _rows(connection, month, event, partner)
        values = {str(each["id"]): each for each in bulk.those(connection, "photo", [row[0] for row in rows])}
        delivered = delivery.of(connection, [row[1] for row in rows])
        lookup = Records(ws, connection)
        lookup.keep("person", bulk.those(connection, "person", sorted(_people(values.values()))))
        today = clock.today(ws.clock)
        made = [
            _card(values[row[0]], (row[2], row[3], row[4]), delivered[row[1]], lookup, today)
            for row in rows
            if row[0] in values
        ]
    asked = fold(text).split()
    return [each for each in made if (not wanted or fits(each, wanted)) and _found(each, asked)]


def _rows(connection: Connection, month: str, event: str, partner: str) -> list[Any]:
    """Id, number, event, name and day of what each photo belongs to."""
    rows: list[Any] = []
    if not partner:
        sql = (
            "SELECT p.id, p.record_no, e.id, coalesce(e.title, ''), coalesce(e.date, '') FROM photo p"
            " JOIN event e ON e.id = p.event WHERE p.deleted = 0 AND p.kind = 'photo' AND e.deleted = 0"
            " AND (? = '' OR e.id = ?) AND (? = '' OR e.date LIKE ?) ORDER BY e.date DESC, e.id, p.record_no LIMIT ?"
        )
        rows += connection.exec_driver_sql(sql, (event, event, month, f"{month}%", MOST)).all()
    if not (month or event):
        one = "" if partner == PARTNERS else partner
        sql = (
            f"SELECT p.id, p.record_no, '', coalesce(pa.name, ''), coalesce(p.taken_at, '') {_OF_PARTNERS}"
            " ORDER BY p.taken_at DESC, pa.id, p.record_no LIMIT ?"
        )
        rows += connection.exec_driver_sql(sql, (one, one, MOST)).all()
    return sorted(rows, key=lambda row: str(row[4]), reverse=True)[:MOST]


def _people(photos: Iterable[Values]) -> set[str]:
    return {person for each in photos for person in each.get("persons") or ()}


def _card(values: Values, of: tuple[str, str, str], where: delivery.Delivery, lookup: Lookup, today: date) -> Card:
    state = photo.permission(values, lookup)
    given, people = photo.numbers(values, lookup)
    leaves = photo.may_leave(values, lookup)
    taken = plain_date(values.get("taken_at")) or plain_date(of[2])
    old = taken is not None and today - taken > _UNUSED_FOR and not leaves and state != "partial"
    about = " · ".join(part for part in (day(of[2]), of[1]) if part)
    return Card(
        str(values["id"]), of[0], about, values, state, given, people, photo.uncovered(values, lookup), leaves,
        where.state, where.at, state == "withdrawn" or old,
    )  # fmt: skip


def _found(card: Card, asked: Sequence[str]) -> bool:
    said = fold(f"{card.caption} {card.values.get('alt') or ''} {card.about}")
    return all(each in said for each in asked)


def fits(card: Card, wanted: str) -> bool:
    """Whether a photo belongs to what a filter of :data:`FILTERS` asks for."""
    if wanted in {"usable", "stays"}:
        return card.leaves == (wanted == "usable")
    if wanted == "undescribed":
        return not card.described
    return card.deletable if wanted == "to_delete" else card.permission == wanted


def answers(ws: Workspace, card: Card) -> list[Answer]:
    """The recognisable people of a photo with their answers, those who agreed first."""
    masked = {each.person for each in framing.frame_of(card.values).masks}
    found = []
    with ws.reading() as connection:
        for person in bulk.those(connection, "person", sorted(card.values.get("persons") or ())):
            said = photo.consent_of(person, card.id)
            name, given = str(person.get("last_name") or ""), str(person.get("first_name") or "")
            words = " ".join(part for part in (given, f"{name[:1]}." if given and name else name) if part)
            state = str(said.get("state") or "")
            found.append(
                Answer(str(person["id"]), words, state, str(said.get("date") or ""), str(person["id"]) in masked)
            )
    order = ("given", "", "refused", "withdrawn", "objected")
    return sorted(found, key=lambda each: (order.index(each.state) if each.state in order else 1, fold(each.name)))


def said(card: Card) -> tuple[str, str]:
    """The permission of a photo as kind (ok, warn, err, none) and words with numbers of people."""
    word = codelists.word("permission", card.permission)
    word = word[:1].upper() + word[1:]
    kind = _LOOKS[card.permission]
    if card.permission == "withdrawn":
        return kind, _("{state} – do not use", state=word)
    if card.permission == "partial" and not card.uncovered:
        return "ok", _("{state}, masked", state=word)
    if card.permission in {"full", "not_needed"} and not card.described:
        return kind, _("{state}, no description", state=word)
    if card.permission == "not_needed":
        shown = codelists.word("people_shown", str(card.values.get("people_shown") or "nobody"))
        return kind, f"{word} ({shown.partition(' (')[0]})"
    if card.permission == "full":
        return kind, ngettext("{state} ({given} of {n} person)", "{state} ({given} of {n} people)", card.people,
                              state=word, given=card.given)  # fmt: skip
    return kind, _("{state} ({given} of {people})", state=word, given=card.given, people=card.people)


def day(iso: str) -> str:
    """A day as 27.11.2026, empty if there is none."""
    found = plain_date(iso)
    return f"{found:%d.%m.%Y}" if found else ""

"""What happens on which day, read by date: events and the further days of those that last several (domain.md, 6)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

_SHOWN = "e.id, e.title, e.status, e.entry, e.place_name, e.locality"
_OURS = "e.listed = 1 AND (:space = '' OR e.space = :space)"
_SQL = f"""
    SELECT e.date AS day, e.start AS start, e.end AS end, {_SHOWN} FROM event e
    WHERE e.date BETWEEN :first AND :last AND {_OURS}
    UNION ALL SELECT c.date, c.start, c.end, {_SHOWN} FROM event_sessions c JOIN event e ON e.record_no = c.record_no
    WHERE c.date BETWEEN :first AND :last AND {_OURS} AND c.date IS NOT e.date
    ORDER BY day, start, 5, 4 LIMIT :most"""
_MOST = 5000


@dataclass(frozen=True, slots=True)
class Appointment:
    """One day of an event; texts are empty where nothing is known, ``day`` is ISO, times are HH:MM."""

    day: str
    start: str
    end: str
    id: str
    title: str
    status: str
    entry: str
    place: str


def between(connection: Connection, first: str, last: str, space: str = "") -> list[Appointment]:
    """Days of events from ``first`` to ``last`` (ISO, both included), by time; of one organisation, or of all."""
    given = {"first": first, "last": last, "space": space, "most": _MOST}
    found = []
    for row in connection.exec_driver_sql(_SQL, given):
        day, start, end, record, title, status, entry, *where = (str(each or "") for each in row)
        place = ", ".join(part for part in where if part)
        found.append(Appointment(day, start, end, record, title, status, entry, place))
    return found

"""Who was told of which topic, counted by the database: by topic, audience, month and gmina (domain.md, section 2).

It says what :func:`~progressus_desktop.domain.coverage.coverage` says of the records themselves (a test compares
them), without reading any of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from progressus_desktop.domain import codelists

_SAID = "json_each(CASE WHEN json_valid(c.audience) THEN c.audience ELSE '[]' END)"
_ALIVE = "e.deleted = 0 AND e.entry <> 'draft' AND (:space = '' OR e.space = :space)"
_EVENTS = f"""
    SELECT e.record_no AS no, c.item_key AS topic, a.value AS audience, coalesce(substr(e.date, 1, 7), '') AS month
    FROM event_topics c JOIN event e ON e.record_no = c.record_no, {_SAID} a
    WHERE {_ALIVE} AND e.status = 'held'"""
_EVENT_PLACES = """
    SELECT record_no AS no, gmina FROM event WHERE gmina IS NOT NULL
    UNION SELECT e.record_no, p.gmina FROM event e JOIN event_partners l ON l.record_no = e.record_no
    JOIN partner p ON p.id = l.item_key WHERE e.gmina IS NULL AND p.gmina IS NOT NULL AND p.deleted = 0"""
_TALKS = f"""
    SELECT e.record_no AS no, c.item_key AS topic, a.value AS audience, coalesce(substr(e.date, 1, 7), '') AS month
    FROM interaction_topics c JOIN interaction e ON e.record_no = c.record_no, {_SAID} a
    WHERE {_ALIVE}
    UNION SELECT e.record_no, c.item_key, coalesce(m.value, 'other'), coalesce(substr(e.date, 1, 7), '')
    FROM interaction_topics c JOIN interaction e ON e.record_no = c.record_no
    JOIN interaction_partners l ON l.record_no = e.record_no JOIN partner p ON p.id = l.item_key
    LEFT JOIN json_each(:audiences) m ON m.key = p.kind
    WHERE {_ALIVE} AND p.deleted = 0 AND p.kind IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {_SAID})"""
_TALK_PLACES = """
    SELECT l.record_no AS no, p.gmina FROM interaction_partners l JOIN partner p ON p.id = l.item_key
    WHERE p.gmina IS NOT NULL AND p.deleted = 0"""
_SOURCES = (("event", _EVENTS, _EVENT_PLACES), ("interaction", _TALKS, _TALK_PLACES))


@dataclass(frozen=True, slots=True)
class Count:
    """So many records told ``topic`` to ``audience`` in ``month`` (YYYY-MM); ``gmina`` is empty for all together."""

    topic: str
    audience: str
    month: str
    gmina: str
    number: int


def _given(space: str) -> dict[str, str]:
    audiences = {kind: codelists.audience(kind) for kind in codelists.codes("partner_kind")}
    return {"space": space, "audiences": json.dumps(audiences)}


def counts(connection: Connection, space: str = "") -> Iterator[Count]:
    """Every number, of all gminas together and of each; of one organisation's space, or of all."""
    given = _given(space)
    for _entity, told, places in _SOURCES:
        sql = f"SELECT topic, audience, month, '', count(DISTINCT no) FROM ({told}) GROUP BY topic, audience, month"
        yield from (Count(*row) for row in connection.exec_driver_sql(sql, given))
        sql = (
            f"SELECT t.topic, t.audience, t.month, p.gmina, count(DISTINCT t.no) FROM ({told}) t"
            f" JOIN ({places}) p ON p.no = t.no GROUP BY t.topic, t.audience, t.month, p.gmina"
        )
        yield from (Count(*row) for row in connection.exec_driver_sql(sql, given))


def behind(connection: Connection, of: Count, months: tuple[str, str], space: str, most: int) -> list[tuple[str, str]]:
    """The records (type, id) behind a number, newest first; ``months`` are the first and last, both included.

    The month and the number of ``of`` are not looked at.
    """
    given = {**_given(space), "topic": of.topic, "audience": of.audience, "gmina": of.gmina, "most": most}
    given |= {"first": months[0], "last": months[1]}
    found = []
    for entity, told, places in _SOURCES:
        sql = (
            f"SELECT DISTINCT e.date, e.id FROM ({told}) t JOIN {entity} e ON e.record_no = t.no"
            " WHERE t.topic = :topic AND t.audience = :audience AND t.month BETWEEN :first AND :last"
            f" AND (:gmina = '' OR t.no IN (SELECT no FROM ({places}) WHERE gmina = :gmina))"
            " ORDER BY e.date DESC, e.id LIMIT :most"
        )
        found += [(str(day or ""), entity, record) for day, record in connection.exec_driver_sql(sql, given)]
    found.sort(key=lambda each: each[2])
    found.sort(key=lambda each: each[0], reverse=True)
    return [(entity, record) for _day, entity, record in found[:most]]

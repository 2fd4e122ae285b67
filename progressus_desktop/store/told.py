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
_MONTH = "coalesce(substr(e.date, 1, 7), '')"
# the joins stand in this order so that a topic without an audience costs no look at its record
_EVENTS = f"""
    SELECT e.record_no AS no, c.item_key AS topic, a.value AS audience, {_MONTH} AS month, e.gmina AS gmina
    FROM event_topics c CROSS JOIN {_SAID} a CROSS JOIN event e ON e.record_no = c.record_no
    WHERE {_ALIVE} AND e.status = 'held'"""
_TALKS = f"""
    SELECT e.record_no AS no, c.item_key AS topic, a.value AS audience, {_MONTH} AS month, NULL AS gmina
    FROM interaction_topics c CROSS JOIN {_SAID} a CROSS JOIN interaction e ON e.record_no = c.record_no
    WHERE {_ALIVE}
    UNION SELECT e.record_no, c.item_key, coalesce(m.value, 'other'), {_MONTH}, NULL
    FROM interaction_topics c JOIN interaction e ON e.record_no = c.record_no
    JOIN interaction_partners l ON l.record_no = e.record_no JOIN partner p ON p.id = l.item_key
    LEFT JOIN json_each(:audiences) m ON m.key = p.kind
    WHERE {_ALIVE} AND p.deleted = 0 AND p.kind IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {_SAID})"""
_SOURCES = (("event", _EVENTS), ("interaction", _TALKS))


def _with(entity: str, told: str) -> str:
    """``told``, and ``placed``: the same in its own gmina, else in those of its partners."""
    return f"""
        WITH told AS MATERIALIZED ({told}),
        placed AS (
            SELECT no, topic, audience, month, gmina FROM told WHERE gmina IS NOT NULL
            UNION SELECT t.no, t.topic, t.audience, t.month, p.gmina FROM told t
            JOIN {entity}_partners l ON l.record_no = t.no JOIN partner p ON p.id = l.item_key
            WHERE t.gmina IS NULL AND p.gmina IS NOT NULL AND p.deleted = 0
        )"""


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
    for entity, told in _SOURCES:
        sql = f"""{_with(entity, told)}
            SELECT topic, audience, month, '', count(DISTINCT no) FROM told GROUP BY topic, audience, month
            UNION ALL SELECT topic, audience, month, gmina, count(DISTINCT no) FROM placed
            GROUP BY topic, audience, month, gmina"""
        yield from (Count(*row) for row in connection.exec_driver_sql(sql, given))


def behind(connection: Connection, of: Count, months: tuple[str, str], space: str, most: int) -> list[tuple[str, str]]:
    """The records (type, id) behind a number, newest first; ``months`` are the first and last, both included.

    The month and the number of ``of`` are not looked at.
    """
    given = {**_given(space), "topic": of.topic, "audience": of.audience, "gmina": of.gmina, "most": most}
    given |= {"first": months[0], "last": months[1]}
    found = []
    source = "placed" if of.gmina else "told"
    for entity, told in _SOURCES:
        sql = f"""{_with(entity, told)}
            SELECT DISTINCT e.date, e.id FROM {source} t JOIN {entity} e ON e.record_no = t.no
            WHERE t.topic = :topic AND t.audience = :audience AND t.month BETWEEN :first AND :last
            AND (:gmina = '' OR t.gmina = :gmina) ORDER BY e.date DESC, e.id LIMIT :most"""
        found += [(str(day or ""), entity, record) for day, record in connection.exec_driver_sql(sql, given)]
    found.sort(key=lambda each: each[2])
    found.sort(key=lambda each: each[0], reverse=True)
    return [(entity, record) for _day, entity, record in found[:most]]

"""Read access to other records for rules and derived values."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.domain import codelists
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import ANY, Field, Type, Values
from progressus_desktop.store.tables import Shape, q, shape

LONGEST_TITLE = 120
"""Characters of a name made of a long text (an observation has no other)."""


def column_back(field: Field, value: Any) -> Any:
    """A column's value in the one form of values."""
    if value is None:
        return None
    if field.type is Type.BOOLEAN:
        return bool(value)
    return json.loads(value) if field.type is Type.MATRIX else value


class TableLookup:
    """:class:`~progressus_desktop.domain.fields.Lookup` over the tables of one connection.

    Records come with their scalar fields, ``id``, ``code``, ``entry`` and derived columns; sets, maps and
    rows are left out, since no rule of another record needs them.
    """

    def __init__(self, connection: Connection, own_organisation: str) -> None:
        self._connection = connection
        self._own = own_organisation
        self._project: Values | None = None
        self._titles: dict[tuple[str, str], str] = {}

    def forget(self) -> None:
        """Read again what was kept."""
        self._project = None
        self._titles.clear()

    def record(self, entity: str, record_id: str) -> Values | None:
        """Fields of that live record, or None."""
        if entity == ANY:
            known = self.entity_of(record_id)
            found = self.record(known, record_id) if known else None
            return {**found, "entity": known} if found is not None else None
        of = shape(entity)
        return next(self._rows(of, f"FROM {q(of.table)} e WHERE e.id = ? AND e.deleted = 0", record_id), None)

    def entity_of(self, record_id: str) -> str:
        """The type of a record, empty if it is not here."""
        try:
            key = uuid.UUID(record_id).bytes
        except ValueError:
            return ""
        found = self._connection.exec_driver_sql("SELECT entity FROM record WHERE uuid = ?", (key,)).scalar()
        return str(found) if found in ENTITIES else ""

    def linked(self, entity: str, name: str, record_id: str) -> Iterable[Values]:
        """Live records of ``entity`` whose reference field ``name`` holds ``record_id``."""
        if entity not in ENTITIES or not ENTITIES[entity].has(name):
            return iter(())
        of = shape(entity)
        field = of.entity.field(name)
        if field.type is Type.REFERENCE:
            return self._rows(of, f"FROM {q(of.table)} e WHERE e.{q(name)} = ? AND e.deleted = 0", record_id)
        return self._rows(
            of,
            f"FROM {q(of.child(field))} c JOIN {q(of.table)} e ON e.record_no = c.record_no"
            " WHERE c.item_key = ? AND e.deleted = 0",
            record_id,
        )

    def _rows(self, of: Shape, source: str, record_id: str) -> Iterator[Values]:
        names = ["id", "code", "entry", *of.columns]
        sql = f"SELECT {', '.join('e.' + q(name) for name in names)} {source}"
        for row in self._connection.exec_driver_sql(sql, (record_id,)).all():
            values: dict[str, Any] = dict(zip(names, row, strict=True))
            for field in of.scalars:
                values[field.name] = column_back(field, values[field.name])
            yield {name: value for name, value in values.items() if value is not None}

    def project(self) -> Values:
        """Fields of the workspace's project, empty if there is none."""
        if self._project is None:
            of = shape("project")
            sql = f"SELECT id FROM {q(of.table)} WHERE deleted = 0 ORDER BY record_no LIMIT 1"
            found = self._connection.exec_driver_sql(sql).scalar()
            self._project = (self.record("project", found) or {}) if found else {}
        return self._project

    def own_organisation(self) -> str:
        """Id of the organisation this workspace belongs to, empty if none."""
        return "" if self._own == "office" else self._own

    def title(self, entity: str, record_id: str) -> str:
        """The name of a record, empty if it is not here."""
        key = (entity, record_id)
        if key not in self._titles and entity == ANY:
            known = self.entity_of(record_id)
            self._titles[key] = self.title(known, record_id) if known else ""
        if key not in self._titles:
            of = shape(entity)
            names = ", ".join(q(name) for name in of.entity.title)
            sql = f"SELECT {names} FROM {q(of.table)} WHERE id = ?"
            row = self._connection.exec_driver_sql(sql, (record_id,)).first()
            words = [self._word(of, name, each) for name, each in zip(of.entity.title, row or (), strict=False)]
            self._titles[key] = " ".join(word for word in words if word)
        return self._titles[key]

    def _word(self, of: Shape, name: str, value: Any) -> str:
        field = of.entity.field(name)
        if value and field.type is Type.REFERENCE:
            return self.title(field.target, value)
        if value and field.type is Type.CODE:
            return codelists.shipped(field.codes, value)
        text = str(value or "")
        return text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 1].rstrip()}…"

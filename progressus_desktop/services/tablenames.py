"""Names of records in the cells of tables: a name where only one record has it, its code or id where not."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import ANY
from progressus_desktop.domain.parsing import ParseError
from progressus_desktop.domain.sorting import fold
from progressus_desktop.store.looking import TableLookup
from progressus_desktop.store.query import titles
from progressus_desktop.words import N_, Message

_IN_BRACKETS = re.compile(r"(.*)\(([^()]+)\)", re.DOTALL)
_ID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}")


class _Named:
    """The records of one type by name and code."""

    def __init__(self, rows: list[tuple[str, str, str]]) -> None:
        self.about = {record_id: (title, code) for record_id, code, title in rows}
        self.by_code = {code: record_id for record_id, code, _title in rows if code}
        self.by_title: dict[str, list[str]] = {}
        for record_id, _code, title in rows:
            self.by_title.setdefault(_plain(title), []).append(record_id)


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _marked(title: str, mark: str) -> str:
    """A name in one line with the code or id that tells it from others."""
    one_line = " ".join(re.sub(r"[|;\n]", " ", title).split())
    return f"{one_line} ({mark})" if one_line else mark


class RecordNames:
    """:class:`~progressus_desktop.domain.tablecells.Names` over one snapshot; each type is read when first named."""

    def __init__(self, connection: Connection, space: str) -> None:
        self._connection = connection
        self._looking = TableLookup(connection, space)
        self._types: dict[str, _Named] = {}

    def _of(self, entity: str) -> _Named:
        if entity not in self._types:
            self._types[entity] = _Named(titles(self._connection, entity, self._looking))
        return self._types[entity]

    def shown(self, entity: str, record_id: str) -> str:
        """The name that leads back to the record; where it may be of any type, always with its code or id."""
        if entity == ANY:
            return self._of_any(record_id)
        named = self._of(entity)
        title, code = named.about.get(record_id, ("", ""))
        alone = len(named.by_title.get(_plain(title), ())) == 1
        if title and alone and not re.search(r"[|;\n]", title) and title == " ".join(title.split()):
            return title
        return _marked(title, code or record_id)

    def _of_any(self, record_id: str) -> str:
        entity = self._looking.entity_of(record_id)
        title, code = self._of(entity).about.get(record_id, ("", "")) if entity else ("", "")
        return _marked(title, code or record_id)

    def _coded(self, code: str) -> str:
        """The id of the record of any type that has this code, empty if there is none."""
        found = (self._of(of.name).by_code.get(code) for of in ENTITIES.values() if of.coded)
        return next((each for each in found if each), "")

    def found(self, entity: str, text: str) -> Any:
        """The id that a name, code or id names; a person of a new name is an object, who will be made.

        Raises:
            ParseError: nothing or more than one thing has this name.
        """
        wanted = " ".join(text.split())
        bracket = _IN_BRACKETS.fullmatch(wanted)
        if entity == ANY:
            return self._any_found(wanted, bracket[2] if bracket else "")
        named = self._of(entity)
        for name in (wanted, bracket[2] if bracket else ""):
            if name.lower() in named.about or _ID.fullmatch(name.lower()):
                return name.lower()
            if name.upper() in named.by_code:
                return named.by_code[name.upper()]
        ids = named.by_title.get(_plain(wanted), [])
        if len(ids) == 1:
            return ids[0]
        if ids:
            message = Message(
                N_("Several entries are called “{name}”. Write the code of the one meant."), {"name": wanted}
            )
            raise ParseError(message)
        if entity == "person" and wanted:
            first, _blank, last = wanted.rpartition(" ")
            return {"last_name": last, **({"first_name": first} if first else {})}
        message = Message(N_("Nothing is called “{name}” here. Add it first, or correct the name."), {"name": wanted})
        raise ParseError(message)

    def _any_found(self, text: str, inside: str) -> str:
        for name in (text, inside):
            if _ID.fullmatch(name.lower()):
                return name.lower()
            if known := self._coded(name.upper()):
                return known
        message = Message(N_("Nothing is called “{name}” here. Add it first, or correct the name."), {"name": text})
        raise ParseError(message)

"""What JSON may look like: names, types and keys of a record's values, told precisely when wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Entity, Field, Type, Values
from progressus_desktop.domain.values import is_unread
from progressus_desktop.errors import ValidationError
from progressus_desktop.words import N_, Message

CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
"""Characters that no text may hold: controls other than line end and tab, halves of surrogate pairs."""

_ROW_KEY = re.compile(r"[0-9a-f]{8}")
_GREATEST = 2**53


def checked_shape(entity: Entity, values: Values) -> None:
    """Accept ``values`` as fields of ``entity``, whatever rules they break.

    Raises:
        ValidationError: there is no such field, or
            a value has the wrong type or shape; ``field`` says which.
    """
    for name, value in values.items():
        if not entity.has(name):
            message = Message(N_("“{entity}” has no field “{field}”."), {"entity": entity.name, "field": name})
            hint = Message(N_("See “schema {entity}”."), {"entity": entity.name.replace("_", "-")})
            raise ValidationError(message, hint=hint, field=name)
        if value is not None:
            _Shape(name).of(entity.field(name), value)


class _Shape:
    """Checks one value; remembers the path for messages."""

    def __init__(self, path: str) -> None:
        self.path = path

    def of(self, field: Field, value: Any) -> None:
        """Check ``value`` as ``field``'s."""
        if is_unread(value):
            self._text(value["?"])
            return
        checks: Mapping[Type, Callable[[Field, Any], None]] = {
            Type.INTEGER: self.integer,
            Type.BOOLEAN: self._boolean,
            Type.CODES: self._set,
            Type.REFERENCES: self._set,
            Type.MATRIX: self._matrix,
            Type.MAP: self._map,
            Type.ROWS: self._rows,
        }
        check = checks.get(field.type)
        if check:
            check(field, value)
        else:
            self._text(value)

    def _refuse(self, expected: Message) -> ValidationError:
        message = Message(
            N_("The value of “{path}” has another shape: {expected}"), {"path": self.path, "expected": expected}
        )
        return ValidationError(message, field=self.path.split(".")[0].split("[")[0])

    def _text(self, value: Any) -> None:
        if not isinstance(value, str):
            raise self._refuse(Message(N_("text in quotation marks is expected.")))
        if CONTROLS.search(value):
            raise self._refuse(Message(N_("it holds control characters, which text may not. Remove them.")))

    def integer(self, _field: Field, value: Any) -> None:
        """Check a whole number that the log can hold."""
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _GREATEST:
            raise self._refuse(Message(N_("a whole number is expected.")))

    def _boolean(self, _field: Field, value: Any) -> None:
        if not isinstance(value, bool):
            raise self._refuse(Message(N_("true or false is expected.")))

    def _set(self, _field: Field, value: Any) -> None:
        if not isinstance(value, list):
            raise self._refuse(Message(N_("a list of texts is expected.")))
        for item in value:
            self._text(item)
            if not item.strip() or "/" in item:
                raise self._refuse(Message(N_("an item is empty or holds a slash.")))

    def _matrix(self, field: Field, value: Any) -> None:
        if not isinstance(value, dict):
            raise self._refuse(
                Message(N_("an object of rows is expected, e.g. {example}."), {"example": _matrix_example(field)})
            )
        for row, cells in value.items():
            self._known(field.codes, row)
            if not isinstance(cells, dict):
                raise self._refuse(
                    Message(N_("an object of rows is expected, e.g. {example}."), {"example": _matrix_example(field)})
                )
            for column, cell in cells.items():
                self._known(field.columns, column)
                if cell is not None and not is_unread(cell):
                    _Shape(f"{self.path}.{row}.{column}").integer(field, cell)

    def _known(self, name: str, code: Any) -> None:
        if not isinstance(code, str) or not codelists.has(name, code):
            shown = {"code": code, "known": ", ".join(codelists.codes(name))}
            raise self._refuse(Message(N_("“{code}” is none of: {known}."), shown))

    def _map(self, field: Field, value: Any) -> None:
        seen: set[str] = set()
        for place, item in enumerate(self._objects(value)):
            inner = _Shape(f"{self.path}[{place}]")
            key = item.get(field.key_name)
            if not isinstance(key, str) or not key.strip():
                raise inner._refuse(Message(N_("the name “{key}” is missing."), {"key": field.key_name}))
            if field.codes:
                inner._known(field.codes, key)
            inner._text(key)
            if key in seen:
                raise inner._refuse(Message(N_("“{key}” stands there twice."), {"key": key}))
            seen.add(key)
            inner.parts(field, item, field.key_name)

    def _rows(self, field: Field, value: Any) -> None:
        seen: set[str] = set()
        for place, item in enumerate(self._objects(value)):
            inner = _Shape(f"{self.path}[{place}]")
            key = item.get("key")
            if key is not None and (not isinstance(key, str) or not _ROW_KEY.fullmatch(key)):
                raise inner._refuse(
                    Message(N_("a key of 8 hexadecimal digits is expected; leave it out for a new row."))
                )
            if key in seen:
                raise inner._refuse(Message(N_("“{key}” stands there twice."), {"key": key}))
            if key:
                seen.add(key)
            inner.parts(field, item, "key")

    def _objects(self, value: Any) -> list[dict[str, Any]]:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self._refuse(Message(N_("a list of objects is expected.")))
        return value

    def parts(self, field: Field, item: Mapping[str, Any], key_name: str) -> None:
        """Check the parts of a map item or a row."""
        declared = {part.name: part for part in field.parts}
        for name, value in item.items():
            if name == key_name:
                continue
            if name not in declared:
                shown = {"name": name, "known": ", ".join(declared)}
                raise self._refuse(Message(N_("“{name}” is none of: {known}."), shown))
            if value is not None:
                _Shape(f"{self.path}.{name}").of(declared[name], value)


def _matrix_example(field: Field) -> str:
    row, column = codelists.codes(field.codes)[0], codelists.codes(field.columns)[0]
    return f'{{"{row}": {{"{column}": 5}}}}'

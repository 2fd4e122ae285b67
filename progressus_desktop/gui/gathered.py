"""Fields made of other fields: items of a map as rows, arrangements with their tasks, and sets of gminas."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from progressus_desktop.domain import territory
from progressus_desktop.domain.fields import Field, Type
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.many import ReferencesField
from progressus_desktop.gui.rows import RowsField


class MapField(RowsField):
    """Items of a map: the key is chosen from its code list, then the parts are filled in."""

    def bind(self, context: Context, field: Field) -> None:
        """Let the key stand as the first part."""
        self._key = field.key_name
        key = Field(field.key_name, Type.CODE, field.label, codes=field.codes)
        super().bind(context, replace(field, parts=(key, *field.parts)))

    def value(self) -> Any:
        """The items, of two with one key the later; what has no key yet is left out."""
        by_key = {row[self._key]: row for row in super().value() or () if isinstance(row.get(self._key), str)}
        return list(by_key.values()) or None


class ArrangementsField(RowsField):
    """Arrangements of an event; the state of their tasks is chosen only while a row is being changed."""

    def _words(self) -> None:
        super()._words()
        for widget, part in zip(self._inputs, self._model.parts, strict=True):
            if part.name == "state":
                widget.setVisible(self._editing >= 0)


class GminasField(ReferencesField):
    """A set of gminas: a picker, and below it the list of what was chosen."""

    def bind(self, context: Context, field: Field) -> None:
        """Choose from the territorial register."""
        super().bind(context, replace(field, type=Type.GMINA, codes=""))

    def _title(self, record_id: str) -> str:
        return territory.shown(record_id)

    def value(self) -> Any:
        """The codes in their order."""
        return sorted(super().value() or ()) or None

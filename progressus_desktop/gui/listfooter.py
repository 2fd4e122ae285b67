"""The line below a list: how many and how they stand, and the keys that help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from progressus_desktop.domain.catalog import entity
from progressus_desktop.words import N_, _, ngettext

_HINTS: Mapping[str, tuple[str, ...]] = {
    "event": (N_("Enter – open"), N_("Space – preview"), N_("Ctrl+N – new")),
    "partner": (N_("Enter – open"), N_("Ctrl+D – add contact")),
    "task": (N_("Ctrl+Space – done"), N_("Enter – open"), N_("Ctrl+N – new")),
    "monthly_report": (N_("Enter – open"), N_("Space – preview")),
}
_FEW_HINTS = (N_("Enter – open"), N_("Ctrl+N – new"))
_FEWER = {"monthly_report": (N_("Enter – open"),)}
_STEADY = ("agreement", "active")


@dataclass(frozen=True, slots=True)
class Sums:
    """What the footer tells of all rows of a view."""

    total: int
    by: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    persons: int = 0


def _event_words(sums: Sums) -> list[str]:
    held = sums.by.get("status", {}).get("held", 0)
    parts = [_("{n} held", n=held)] if held else []
    if sums.persons:
        words = ngettext("{n} attendance", "{n} attendances", sums.persons)
        parts.append(words.replace(str(sums.persons), grouped(sums.persons), 1))
    return parts


def _partner_words(sums: Sums) -> list[str]:
    steady = sum(sums.by.get("stage", {}).get(code, 0) for code in _STEADY)
    return [_("{n} with steady cooperation or an agreement", n=steady)] if steady else []


def _task_words(sums: Sums) -> list[str]:
    number = sums.by.get("state", {}).get("open", 0)
    return [ngettext("{n} open", "{n} open", number)] if number else []


_DETAILS: Mapping[str, Callable[[Sums], list[str]]] = {
    "event": _event_words,
    "partner": _partner_words,
    "task": _task_words,
}


def grouped(number: int) -> str:
    """1240 as "1 240"."""
    return f"{number:,}".replace(",", " ")


def sums_words(entity_name: str, sums: Sums) -> str:
    """In words: "12 events: 9 held, 245 attendances"."""
    one, many = entity(entity_name).words.counted
    words = ngettext(one, many, sums.total).replace(str(sums.total), grouped(sums.total), 1)
    details = _DETAILS.get(entity_name)
    parts = details(sums) if details else []
    return f"{words}: {', '.join(parts)}" if parts else words


class ListFooter(QWidget):
    """Counts at the left, key hints at the right."""

    def __init__(self, entity_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entity = entity_name
        self._sums: Sums | None = None
        self._more = False
        self._few = False
        self.counts = QLabel(self)
        self.counts.setObjectName("list_counts")
        self.hints = QLabel(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.counts)
        row.addStretch(1)
        row.addWidget(self.hints)
        for label in (self.counts, self.hints):
            label.setProperty("t", "small")
        self.retranslate()

    def show_sums(self, sums: Sums) -> None:
        """Show exact counts."""
        self._sums, self._more = sums, False
        self._words()

    def show_more_than(self, total: int) -> None:
        """While the exact count is on its way: at least so many."""
        self._sums, self._more = Sums(total), True
        self._words()

    def set_few_hints(self, few: bool) -> None:  # noqa: FBT001 - a state, as Qt's setters
        """Show fewer key hints where there is less room."""
        self._few = few
        self.retranslate()

    def _words(self) -> None:
        if self._sums is None:
            self.counts.setText("")  # the first count is on its way
        elif self._more:
            self.counts.setText(_("More than {n}, counting…", n=grouped(self._sums.total)))
        else:
            self.counts.setText(sums_words(self._entity, self._sums))

    def retranslate(self) -> None:
        """Make all words again."""
        few = _FEWER.get(self._entity, _FEW_HINTS)
        hints = few if self._few else _HINTS.get(self._entity, few)
        self.hints.setText("   ·   ".join(_(each) for each in hints))
        self._words()

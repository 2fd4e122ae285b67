"""Ears of a person who does not see the screen: what a screen reader says, and nothing else."""

from __future__ import annotations

import pytest
from PySide6 import QtGui
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleInterface

from tests.journeys.hands import Hands, Key

MOST_STOPS = 60
_TEXT, _STATE = QAccessible.Text, QAccessible.State


class _Reader(QAccessible):
    """Qt's accessibility with a listener where a screen reader would be."""

    heard: list[str]

    @staticmethod
    def isActive() -> bool:  # noqa: N802 - Qt's name
        return True

    @staticmethod
    def updateAccessibility(event: QAccessibleAnnouncementEvent) -> None:  # noqa: N802 - Qt's name
        _Reader.heard.append(event.message())


class Ears:
    """``announced`` is what was said of its own accord, ``here`` what is read of the control with the focus."""

    def __init__(self, hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
        self._hands = hands
        self.announced = _Reader.heard = []
        monkeypatch.setattr(QtGui, "QAccessible", _Reader)

    def here(self) -> str:
        """Name, state, value and description of the control with the focus, or of its current item."""
        target = self._hands.target()
        found = QAccessible.queryAccessibleInterface(target)
        assert found is not None, target
        inner = found.focusChild()
        parts = [_read(found)]
        if inner is not None and inner.isValid() and inner.object() is not target:
            parts.append(_read(inner))
        return " ".join(part for part in parts if part)

    def go_to(self, words: str, key: Key = Key.Key_Tab) -> str:
        """Press ``key`` until ``words`` are read; gives all that is read there."""
        passed = []
        for _stop in range(MOST_STOPS):
            if words in (read := self.here()):
                return read
            passed.append(read)
            self._hands.press(key)
        message = f"“{words}” is not read here: {passed}"
        raise AssertionError(message)

    def hears(self, words: str) -> None:
        """Wait until it is announced."""
        self._hands.until(lambda: any(words in each for each in self.announced))


def _read(found: QAccessibleInterface) -> str:
    kinds = (_TEXT.Name, _TEXT.Value, _TEXT.Description)
    # on Linux a box has its value as name, and readers take the name from the label
    labels = [other.text(_TEXT.Name) for other, how in found.relations(QAccessible.RelationFlag.Label)]
    words = [*labels, *(found.text(kind) for kind in kinds)]
    ticked = "checked" if found.state().checked else ""
    return " ".join(dict.fromkeys(each for each in (*words, ticked) if each))

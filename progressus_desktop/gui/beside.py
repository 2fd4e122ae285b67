"""What stands beside a form: what to say, where topics are written down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Entity
from progressus_desktop.gui.binder import Binder
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.talking import TalkingPanel

_TALKING = {"event": "topics", "interaction": "basics"}
"""The section of each form beside which one reads what to say."""


class Beside:
    """The panels of one form; a form without any costs nothing."""

    def __init__(self, context: Context, entity: Entity, binder: Binder) -> None:
        self._entity, self._binder = entity, binder
        self.talking = TalkingPanel(context) if entity.name in _TALKING else None
        if self.talking is not None:
            self.talking.hide()
            binder.entered.connect(lambda _name: self._follow())
            app = QApplication.instance()
            if isinstance(app, QApplication):
                app.focusChanged.connect(self._focus)

    def panels(self) -> Sequence[QWidget]:
        """The panels, to be laid out at the right of the form."""
        return [self.talking] if self.talking is not None else []

    def show_for(self, section: str, wide: bool) -> None:  # noqa: FBT001 - a state, as Qt's setters
        """Show what belongs to a section, where there is room."""
        if self.talking is not None:
            self.talking.setVisible(wide and section == _TALKING[self._entity.name])

    def _focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and isValid(self._binder.form) and self._binder.form.isAncestorOf(new):
            self._follow()

    def _follow(self) -> None:
        """The topic that has the focus, with its first audience."""
        panel, now = self.talking, QApplication.focusWidget()
        if panel is None or not isValid(panel) or not panel.isVisible() or now is None:
            return
        parts = now.objectName().split("_")
        topic = next((part for part in parts if part in codelists.codes("topic")), "")
        if not topic:
            return
        value = self._binder.value("topics") if "topics" in self._binder.widgets else None
        item: Mapping[str, Any] = next((each for each in value or () if each.get("topic") == topic), {})
        panel.follow(topic, next(iter(item.get("audience") or ()), ""))

    def restyle(self) -> None:
        """Take sizes from the theme."""
        if self.talking is not None:
            self.talking.restyle()

    def retranslate(self) -> None:
        """Make all words again."""
        if self.talking is not None:
            self.talking.retranslate()

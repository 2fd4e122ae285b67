"""What stands beside a form: what to say, where topics are written down; in its place where there is no room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Entity
from progressus_desktop.gui.binder import Binder, tab_stops
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.parts import Button
from progressus_desktop.gui.talking import TalkingPanel
from progressus_desktop.words import _

_TALKING = {"event": "topics", "interaction": "basics"}
"""The section of each form beside which one reads what to say."""
_FIELD = "topics"


class Beside:
    """The panels of one form; a form without any costs nothing."""

    def __init__(self, context: Context, entity: Entity, binder: Binder) -> None:
        self._entity, self._binder = entity, binder
        self.talking = TalkingPanel(context) if entity.name in _TALKING else None
        self._over = False
        if self.talking is not None:
            self.talking.hide()
            self.button = Button(context.theme, "", "", "message-square")
            self.button.setObjectName("what_to_say_button")
            self.button.clicked.connect(self._open)
            self.talking.closed.connect(self._close)
            self._place_button()
            binder.entered.connect(lambda _name: self._follow())
            app = QApplication.instance()
            if isinstance(app, QApplication):
                app.focusChanged.connect(self._focus)

    def _place_button(self) -> None:
        """Below the topics, in the chain of Tab too."""
        field, form = self._binder.widgets[_FIELD], self._binder.form
        column = form.findChild(QVBoxLayout, f"section_{_TALKING[self._entity.name]}_column")
        if column is not None:
            places = [column.itemAt(at) for at in range(column.count())]
            wanted = next((at for at, item in enumerate(places) if item and _holds(item, field)), len(places) - 1)
            column.insertWidget(wanted + 1, self.button, 0, Qt.AlignmentFlag.AlignLeft)
            for before in tab_stops(field)[-1:]:
                QWidget.setTabOrder(before, self.button)

    def panels(self) -> Sequence[QWidget]:
        """The panels, to be laid out at the right of the form."""
        return [self.talking] if self.talking is not None else []

    def show_for(self, section: str, wide: bool) -> None:  # noqa: FBT001 - a state, as Qt's setters
        """Show what belongs to a section, where there is room; else a button that shows it in the form's place."""
        if self.talking is None:
            return
        here = section == _TALKING[self._entity.name]
        self._over = self._over and here and not wide
        self.talking.set_over(over=self._over)
        self.talking.setVisible(here and (wide or self._over))
        self.button.setVisible(here and not wide)
        card = self._binder.form.parentWidget()
        if card is not None:
            card.setVisible(not self._over)

    def _open(self) -> None:
        self._over = True
        self.show_for(_TALKING[self._entity.name], wide=False)
        if self.talking is not None:
            self.talking.topic.setFocus(Qt.FocusReason.OtherFocusReason)

    def _close(self) -> None:
        self._over = False
        self.show_for(_TALKING[self._entity.name], wide=False)
        self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if new is not None and isValid(self._binder.form) and self._binder.form.isAncestorOf(new):
            self._follow()

    def _follow(self) -> None:
        """The topic that has the focus, with its first audience."""
        panel, now = self.talking, QApplication.focusWidget()
        if panel is None or not isValid(panel) or now is None or not isValid(self._binder.form):
            return
        if not (panel.isVisible() or self._binder.form.isAncestorOf(now)):
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
            self.button.set_text(_("What to say?"))


def _holds(item: Any, field: QWidget) -> bool:
    """Whether an item of a layout is a widget, or holds it somewhere inside."""
    if item.widget() is not None:
        return bool(item.widget() is field or item.widget().isAncestorOf(field))
    layout = item.layout()
    return layout is not None and any(_holds(layout.itemAt(at), field) for at in range(layout.count()))

"""Enter in a form goes on to the next field; on a button it presses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPushButton, QWidget
from shiboken6 import isValid

from progressus_desktop.gui.problems import ASIDE

if TYPE_CHECKING:
    from progressus_desktop.gui.formpage import FormPage

_GOES_ON = "goes_on"


class EnterKey(QObject):
    """Follows the focus through one form, for a filter on each control would be asked about every event of all."""

    def __init__(self, page: FormPage) -> None:
        super().__init__(page)
        self._page = page
        for widget in page.form.findChildren(QWidget):
            if isinstance(widget, QLineEdit | QComboBox | QCheckBox | QPushButton):
                widget.setProperty(_GOES_ON, True)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def _follow(self, old: QWidget | None, new: QWidget | None) -> None:
        if old is not None and isValid(old):
            old.removeEventFilter(self)
        if new is not None and new.property(_GOES_ON) and self._page.form.isAncestorOf(new):
            new.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take Enter without other keys, unless a line that adds a row needs it."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter} or held != Qt.KeyboardModifier.NoModifier:
            return False
        if isinstance(watched, QPushButton):
            watched.click()
            return True
        if isinstance(watched, QWidget) and self._needed(watched):
            return False
        page = self._page
        page.focusNextChild()
        while (now := page.focusWidget()) is not None and now.property(ASIDE):
            page.focusNextChild()
        return True

    def _needed(self, widget: QWidget) -> bool:
        """Lines that add a row use Enter themselves while something stands in them."""
        binder = self._page.binder
        field = binder.widgets.get(binder.field_at(widget))
        if field is not None and field is not widget and hasattr(field, "takes_enter"):
            return bool(field.takes_enter())
        return any(each.isAncestorOf(widget) for each in self._page.lists)

"""Taking a lost laptop out of the project: what happens, what stays and the way back, before anything is done."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.dialogs import body_of, fit, tell
from progressus_desktop.gui.parts import Button, text
from progressus_desktop.words import _

_WIDE = 560


class TakeOutDialog(QDialog):
    """The safe choice is the default; ``done`` is called when a person has decided to take the laptop out."""

    def __init__(self, context: Context, name: str, done: Callable[[], None], over: QWidget) -> None:
        super().__init__(over)
        theme = context.theme
        self._done = done
        self.setObjectName("take_out_dialog")
        self.setWindowTitle(_("Take a laptop out of the project"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        margin = theme.space(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.space(8))
        column.addWidget(text(_("Take a laptop out of the project"), "h2"))
        column.addWidget(text(name, "h3", wrap=True))
        lines = (
            ("ban", "err", _("Nothing goes to this laptop any more. What it sends is refused.")),
            ("file-text", "accent", _("Stays: everything that the office has from it.")),
            ("lock", "accent", _("The data on it stay encrypted with its password.")),
            ("send", "info", _("The other laptops learn of it from your next packages.")),
            ("rotate-ccw", "info", _("The way back: choose it in the table and restore it.")),
        )
        area, inside = body_of("take_out_lines", column)
        tell(theme, inside, lines)
        self._foot(context, column, " ".join((name + ".", *(words for _icon, _token, words in lines))))
        if fit(self, theme, _WIDE, area, inside):
            area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            area.setAccessibleName(" ".join(words for _icon, _token, words in lines))
        self.leave.setFocus(Qt.FocusReason.OtherFocusReason)

    def _foot(self, context: Context, column: QVBoxLayout, said: str) -> None:
        row = QHBoxLayout()
        row.addStretch(1)
        self.leave = Button(context.theme, _("&Leave it as it is"))
        self.leave.setObjectName("take_out_leave_button")
        self.leave.setDefault(True)
        self.leave.setAccessibleDescription(said)
        self.leave.clicked.connect(self.reject)
        self.act = Button(context.theme, _("&Take the laptop out"), "danger", "ban")
        self.act.setObjectName("take_out_button")
        self.act.clicked.connect(self._decided)
        row.addWidget(self.leave)
        row.addWidget(self.act)
        column.addLayout(row)

    def _decided(self) -> None:
        self.accept()
        self._done()

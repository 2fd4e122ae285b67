"""The data of the project: what everybody must know of it, and the form in which the office sets it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QVBoxLayout, QWidget

from progressus_desktop.domain.catalog import entity
from progressus_desktop.domain.records import Committed
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.facts import shown_value
from progressus_desktop.gui.parts import Button, Card, clear_layout, prop, scrolled, text
from progressus_desktop.gui.recordpage import RecordPage
from progressus_desktop.gui.widths import COMPACT
from progressus_desktop.services.permission import Permission
from progressus_desktop.store import query
from progressus_desktop.words import _

_SHOWN = (
    "name", "short_code", "project_no", "programme", "leader", "date_from", "date_to", "testing_from", "testing_to",
    "monthly_deadline_day", "visibility_sentence_pl", "visibility_pages", "visibility_colour", "controller",
    "data_protection_contact", "office_email",
)  # fmt: skip


class ProjectBoard(QWidget):
    """Stands where other record types have their list, with the same signals."""

    open_record = Signal(str)
    new_record = Signal()
    add_contact = Signal(str)
    history_asked = Signal(str)
    import_asked = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._compact = context, False
        self.setObjectName("project_board")
        theme = context.theme
        self.name, self.who = text("", "h1"), text("", "muted", wrap=True)
        self.open_button = Button(theme, "", "primary", "pencil")
        self.open_button.setObjectName("open_project_button")
        self.open_button.clicked.connect(self._open)
        self._card = Card(theme)
        self._facts = QGridLayout()
        self._card.column.addLayout(self._facts)
        self._card.column.addStretch(1)
        body = QWidget()
        body.setProperty("k", "page")
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._card)
        column = self._column = QVBoxLayout(self)
        head = self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.addWidget(self.name, 1)
        head.addWidget(self.open_button)
        column.addLayout(head)
        column.addWidget(self.who)
        column.addWidget(scrolled("project_facts", body), 1)
        context.bus.committed.connect(self._committed)
        context.theme.changed.connect(self.restyle)
        self.retranslate()

    def current_id(self) -> str:
        """Id of the project, empty if there is none."""
        return str(query.lookup(self._context.ws).project().get("id") or "")

    def _open(self) -> None:
        if self.current_id():
            self.open_record.emit(self.current_id())

    def _committed(self, done: Committed) -> None:
        if self.isVisible() and any(name in {"project", "partner"} for name, _id in done.records):
            self._show()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What changed meanwhile is shown now."""
        super().showEvent(event)
        self._show()

    def _show(self) -> None:
        ws, of = self._context.ws, entity("project")
        record = query.get(ws, "project", self.current_id()) if self.current_id() else None
        clear_layout(self._facts)
        for row, name in enumerate(_SHOWN if record is not None else ()):
            field = of.field(name)
            words = shown_value(ws, record, name) if record is not None else ""
            label, value = text(_(field.label), "muted", wrap=True), text(words or "–", wrap=True)
            self._facts.addWidget(label, row * 2 if self._compact else row, 0)
            self._facts.addWidget(value, row * 2 + 1 if self._compact else row, 0 if self._compact else 1)
        self._facts.setColumnStretch(1, 0 if self._compact else 1)
        self.open_button.setEnabled(record is not None)
        writes = Permission(ws).decides(of) and not ws.read_only
        self.open_button.set_text(_("&Change the project's data") if writes else _("&Open the project's data"))
        self.who.setText("" if writes else _("The project office keeps these data."))
        self.who.setVisible(not writes)

    # -- as a page ----------------------------------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return _("Project data")

    def first_focus(self) -> QWidget:
        """Where the focus goes when the page opens."""
        return self.open_button

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        return (self.open_button,)

    def actions_here(self) -> Mapping[str, Any]:
        """What menus and shortcuts may ask of this page."""
        project = self.current_id()
        return {"open": self._open, "history": lambda: self.history_asked.emit(project)} if project else {}

    def show_at(self, _record_id: str) -> None:
        """Come back from the form."""
        self._show()
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def neighbour(self, _record_id: str, _step: int) -> str:
        """There is one project."""
        return ""

    def relayout(self, logical_width: int) -> None:
        """Labels above what they name where there is little room."""
        self._compact = logical_width < COMPACT
        ways = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(ways[self._compact])
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        theme = self._context.theme
        side = theme.space(14 if self._compact else 20)
        prop(self.name, "t", "h2" if self._compact else "h1")
        self._column.setContentsMargins(side, theme.space(12), side, theme.space(12))
        self._column.setSpacing(theme.space(8))
        self._facts.setHorizontalSpacing(theme.space(16))
        self._facts.setVerticalSpacing(theme.space(2 if self._compact else 6))
        self._show()

    def retranslate(self) -> None:
        """Make all words again."""
        self.name.setText(_("Project data"))
        self.restyle()


class ProjectPage(RecordPage):
    """The project instead of a list of projects: a workspace has one."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "project", parent)

    def front(self) -> Any:
        """The board."""
        return ProjectBoard(self._context)

    def new(self) -> None:
        """There is one project already."""

    def filter_by(self, _text: str) -> None:
        """There is nothing to filter."""
        self.stack.setCurrentWidget(self.list)

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of the page in sight."""
        here = dict(super().actions_here())
        here.pop("new", None)
        return here

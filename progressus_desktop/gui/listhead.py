"""The head of a list page: its name and what can be done; in the compact layout the actions stand below the table."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from progressus_desktop.domain.catalog import entity
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.listfooter import grouped
from progressus_desktop.gui.parts import Button, plain, prop
from progressus_desktop.words import N_, _

_PRINTS = {"event": N_("Print &attendance sheet"), "task": N_("Print the task &list")}
"""What the lists print that print something."""


class ListHead(QWidget):
    """Name of the page at the left, buttons at the right, the primary one last."""

    new_asked = Signal()
    print_asked = Signal()
    export_asked = Signal()

    def __init__(self, context: Context, entity_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._entity = entity_name
        self._prints = _PRINTS.get(entity_name, "")
        self._compact = False
        self._empty = False
        self.name = QLabel(self)
        self.name.setProperty("t", "h1")
        self.number = QLabel(self)
        self.number.setProperty("t", "small")
        self.number.setObjectName("list_total")
        self.print_button = Button(context.theme, "", "", "printer")
        self.print_button.setObjectName("print_sheet_button")
        self.export_button = Button(context.theme, "", "", "file-spreadsheet")
        self.export_button.setObjectName("export_table_button")
        self.new_button = Button(context.theme, "", "primary", "plus")
        self.new_button.setObjectName("new_record_button")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.name)
        row.addStretch(1)
        for part in (self.number, self.print_button, self.export_button, self.new_button):
            row.addWidget(part)
        self.print_button.clicked.connect(self.print_asked)
        self.export_button.clicked.connect(self.export_asked)
        self.new_button.clicked.connect(self.new_asked)
        self._show()

    def set_room(self, *, compact: bool, empty: bool) -> None:
        """In the compact layout and in an empty list the buttons are elsewhere."""
        if (compact, empty) != (self._compact, self._empty):
            self._compact, self._empty = compact, empty
            self._show()

    def _show(self) -> None:
        buttons = not self._compact and not self._empty
        prop(self.name, "t", "h2" if self._compact else "h1")
        self.number.setVisible(self._compact and not self._empty)
        self.print_button.setVisible(buttons and bool(self._prints))
        self.export_button.setVisible(buttons)
        self.new_button.setVisible(buttons)

    def show_total(self, total: int) -> None:
        """The number at the right in the compact layout."""
        self.number.setText(grouped(total))

    def restyle(self) -> None:
        """Take icons and sizes from the theme again."""
        theme = self._context.theme
        self._row.setSpacing(theme.space(8))

    def retranslate(self) -> None:
        """Make all words again."""
        self.name.setText(_(entity(self._entity).plural))
        if self._prints:
            self.print_button.set_text(_(self._prints))
        self.export_button.set_text(_("&Save to Excel"))
        self.export_button.setToolTip(_("A table that Excel and LibreOffice open"))
        self.new_button.set_text(_(entity(self._entity).words.new))


class ListActionsRow(QWidget):
    """Compact layout: open, preview and new below the table."""

    new_asked = Signal()
    open_asked = Signal()
    preview_asked = Signal()

    def __init__(self, context: Context, entity_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._entity = entity_name
        self.open_button = Button(context.theme, "", "", "pencil")
        self.open_button.setObjectName("row_open_button")
        self.preview_button = Button(context.theme, "", "", "panel-right-open")
        self.preview_button.setObjectName("row_preview_button")
        self.new_button = Button(context.theme, "", "primary", "plus")
        self.new_button.setObjectName("row_new_button")
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.open_button)
        row.addWidget(self.preview_button)
        row.addStretch(1)
        row.addWidget(self.new_button)
        self.open_button.clicked.connect(self.open_asked)
        self.preview_button.clicked.connect(self.preview_asked)
        self.new_button.clicked.connect(self.new_asked)

    def restyle(self) -> None:
        """Take icons and sizes from the theme again."""
        theme = self._context.theme
        self._row.setSpacing(theme.space(8))

    def retranslate(self) -> None:
        """Make all words again."""
        self.open_button.set_text(_("&Open"))
        self.preview_button.set_text(_("Previe&w"))
        # Polish has no "new" that fits every kind of record
        self.new_button.set_text(_("&New") if self._entity == "event" else _("&Add"))
        self.new_button.setAccessibleName(plain(_(entity(self._entity).words.new)))

"""What a block pasted into the named list holds, row by row, before anything is added."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from progressus_desktop.gui.acts import Sheet
from progressus_desktop.gui.parts import Button
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services.attendance import Pasted
from progressus_desktop.words import _, ngettext


def row_words(row: Pasted) -> str:
    """What will happen with a row: a new person, one that is here already, or why it stays out."""
    if row.problem is not None:
        return str(row.problem)
    return _("known person") if row.known else _("new person")


class PasteSheet(Sheet):
    """Lists the rows; accepting adds those that can be read. Without any it only says so."""

    def __init__(self, theme: Theme, rows: Sequence[Pasted], parent: QWidget) -> None:
        shown = [(row.text, row_words(row)) for row in rows]
        nothing = [(_("The clipboard holds no rows. Copy them in the spreadsheet first."), "")]
        super().__init__(theme, _("Rows from the spreadsheet"), shown or nothing, parent)
        readable = sum(row.problem is None for row in rows)
        self.close_button.clicked.disconnect()
        self.close_button.clicked.connect(self.reject)
        self.add_button = Button(theme, "", "", "plus")
        self.add_button.setObjectName("paste_add_button")
        self.add_button.set_text(ngettext("&Add {n} person", "&Add {n} persons", readable))
        self.add_button.clicked.connect(self.accept)
        self.add_button.setVisible(readable > 0)
        self.column.insertWidget(self.column.count() - 1, self.add_button)

"""Personal data that may be deleted, to be looked through once a year: each with its reason; a person decides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemView, QBoxLayout, QHBoxLayout, QTableView, QVBoxLayout, QWidget

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.dates import shown_date
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui import erasedialog, wordrows
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.parts import Button, prop, text
from progressus_desktop.gui.widths import COMPACT
from progressus_desktop.gui.wordrows import WordRows
from progressus_desktop.services import records, retention
from progressus_desktop.services.retention import Due
from progressus_desktop.words import N_, _, ngettext

_HEADS = (N_("Name"), N_("What"), N_("Why"), N_("Since"))
_WITH_A_FORM = frozenset({"contact", "participant", "photo"})
_WHY = 2
_DAY = len("2026-11-27")


@dataclass(frozen=True, slots=True)
class Entry:
    """One record to decide about."""

    due: Due

    def words(self) -> tuple[str, str, str, str]:
        """The cells of its row."""
        due = self.due
        since = shown_date(due.since[:_DAY])
        return due.title or _("Without a name"), _(ENTITIES[due.entity].label), str(due.why), since

    @property
    def opens(self) -> bool:
        """Whether there is a form that shows it."""
        return not self.due.in_bin and self.due.entity in _WITH_A_FORM


class RetentionPage(QWidget):
    """A table of what may be deleted; Enter opens the record, or brings it back from the bin."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._reading = self._again = self._read = False
        self.setObjectName("retention_page")
        self.setProperty("noring", True)  # an empty list takes the focus itself: there is nothing to frame
        theme = context.theme
        self.model: WordRows[Entry] = WordRows(_HEADS)
        self.name, self.explains = text("", "h1"), text("", wrap=True)
        self.open_button = Button(theme, "", "", "pencil")
        self.open_button.setObjectName("retention_open_button")
        self.restore_button = Button(theme, "", "", "archive-restore")
        self.restore_button.setObjectName("retention_restore_button")
        self.erase_button = Button(theme, "", "danger", "shield")
        self.erase_button.setObjectName("retention_erase_button")
        self.table = QTableView()
        self.table.setObjectName("retention_table")
        self.table.setModel(self.model)
        wordrows.set_up(self.table, _WHY)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.empty, self.later = text("", "h2", wrap=True), text("", "muted", wrap=True)
        self.nothing = QWidget()
        self.counts = text("", "small")
        self._build()
        self.open_button.clicked.connect(self.open_chosen)
        self.restore_button.clicked.connect(self.restore_chosen)
        self.erase_button.clicked.connect(self.erase_chosen)
        self.table.doubleClicked.connect(lambda _index: self.act())
        self.table.selectionModel().currentRowChanged.connect(lambda _now, _before: self._show_buttons())
        context.bus.committed.connect(self._committed)
        theme.changed.connect(self.restyle)
        self.retranslate()

    def _build(self) -> None:
        head = self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.addWidget(self.name)
        head.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(self._context.theme.space(8))
        for button in (self.open_button, self.restore_button, self.erase_button):
            buttons.addWidget(button)
        head.addLayout(buttons)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(self.explains)
        self._column.addWidget(self.table, 1)
        nothing = QVBoxLayout(self.nothing)
        nothing.addStretch(1)
        for label in (self.empty, self.later):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            nothing.addWidget(label)
        nothing.addStretch(2)
        self._column.addWidget(self.nothing, 1)
        self._column.addWidget(self.counts)

    # -- reading -----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Read again what changed meanwhile."""
        super().showEvent(event)
        self.reload()

    def _committed(self, _done: Committed) -> None:
        if self.isVisible():
            self.reload()

    def reload(self) -> None:
        """Read the list beside the window; asked again meanwhile, once more at the end."""
        if self._reading:
            self._again = True
            return
        self._reading, ws = True, self._context.ws

        def work(_progress: Progress) -> list[Due]:
            return retention.due(ws)

        self._context.jobs.start(self, _("Looking through personal data"), work, self._fill, self._failed)

    def _failed(self, failure: ProgressusError) -> None:
        self._reading = False
        self._context.notify.error(failure)

    def _fill(self, found: Sequence[Due]) -> None:
        self._reading, self._read = False, True
        row = self.table.currentIndex().row()
        held = self.hasFocus() or self.table.hasFocus()
        if [each.due for each in self.model.rows] != list(found):
            self.model.show([Entry(each) for each in found])
            if found:
                self._choose(min(max(row, 0), len(found) - 1))
        self._show_state()
        if held:
            self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        if self._again:
            self._again = False
            self.reload()

    def _choose(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.table.selectionModel().setCurrentIndex(self.model.index(row, 0), flags)

    def _show_state(self) -> None:
        some = len(self.model.rows)
        self.table.setVisible(bool(some))
        self.nothing.setVisible(not some)
        self.later.setVisible(self._read)
        self.empty.setText(_("Nothing has to be deleted now.") if self._read else _("Reading…"))
        words = ngettext("{n} entry to decide about", "{n} entries to decide about", some)
        self.counts.setText(words if some else "")
        self._show_buttons()

    def _show_buttons(self) -> None:
        chosen = self.chosen()
        self.open_button.setVisible(chosen is None or not chosen.due.in_bin)
        self.restore_button.setVisible(chosen is not None and chosen.due.in_bin)
        self.open_button.setEnabled(chosen is not None and chosen.opens)
        self.erase_button.setEnabled(chosen is not None)

    # -- deciding ----------------------------------------------------------------------------------

    def chosen(self) -> Entry | None:
        """The record of the current row."""
        row = self.table.currentIndex().row()
        return self.model.rows[row] if 0 <= row < len(self.model.rows) else None

    def act(self) -> None:
        """What Enter does: bring back what lies in the bin, open what has a form."""
        chosen = self.chosen()
        if chosen is not None and chosen.due.in_bin:
            self.restore_chosen()
        else:
            self.open_chosen()

    def open_chosen(self) -> None:
        """Go to the form of the record."""
        chosen = self.chosen()
        if chosen is not None and chosen.opens:
            self._context.navigate(chosen.due.entity, chosen.due.id)

    def restore_chosen(self) -> None:
        """Take the record out of the bin: it is still needed."""
        chosen = self.chosen()
        if chosen is None:
            return
        try:
            records.restore(self._context.ws, chosen.due.entity, chosen.due.id)
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return
        self._context.notify.undo_bar(_("Restored: {name}", name=chosen.words()[0]))

    def erase_chosen(self) -> None:
        """Ask about erasing the record for ever."""
        chosen = self.chosen()
        if chosen is not None:
            due = chosen.due
            erasedialog.ask(self._context, due.entity, [due.id], self, lambda: self.first_focus().setFocus())

    # -- what the shell asks -----------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return _("Data to look through")

    def first_focus(self) -> QWidget:
        """Where the focus goes when the page opens."""
        return self.table if self.model.rows else self

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        return (self.table, self.erase_button) if self.model.rows else ()

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of this page."""
        return {"open": self.act, "erase": self.erase_chosen} if self.model.rows else {}

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter does what is likeliest."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.table.hasFocus():
            self.act()
        else:
            super().keyPressEvent(event)

    def relayout(self, logical_width: int) -> None:
        """Where there is little room only the name and the reason are shown, and the buttons below the title."""
        compact = logical_width < COMPACT
        ways = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.setDirection(ways[compact])
        prop(self.name, "t", "h2" if compact else "h1")
        for column in (1, 3):
            self.table.setColumnHidden(column, compact)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        theme = self._context.theme
        theme.frame_page(self._column)
        self._head.setSpacing(theme.space(8))
        wordrows.restyle(self.table, theme, ((0, 34), (1, 18), (3, 11)))

    def retranslate(self) -> None:
        """Make all words again."""
        self.name.setText(self.title())
        self.open_button.set_text(_("&Open"))
        self.restore_button.set_text(_("Rest&ore"))
        self.erase_button.set_text(_("Era&se for ever…"))
        words = _("Decide once a year about each entry. Nothing is deleted by itself.")
        self.explains.setText(words)
        self.later.setText(_("Look here again in a year."))
        self.table.setAccessibleName(_("Personal data that may be deleted"))
        self.table.setAccessibleDescription(_("Enter opens the entry, or restores it from the bin."))
        self._show_state()
        self.restyle()

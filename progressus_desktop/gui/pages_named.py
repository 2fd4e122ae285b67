"""The named list of an event: add by name, change in the cells, see what it counts up to (picture 28)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from progressus_desktop.clock import today
from progressus_desktop.domain import parsing
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui import erasedialog
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.facts import day_words
from progressus_desktop.gui.formhead import ElidedLabel
from progressus_desktop.gui.namedpaste import PasteSheet
from progressus_desktop.gui.namedtable import NamedTable, signature
from progressus_desktop.gui.parts import Button, StateLine, scrolled, speak_for, text
from progressus_desktop.gui.picker import PickerField
from progressus_desktop.gui.widths import COMPACT
from progressus_desktop.services import attendance, records
from progressus_desktop.services.state import state_sentence
from progressus_desktop.store import query
from progressus_desktop.words import _, ngettext

_TABLE = 180
"""Least height of the table in pixels at 100 %: its head and four rows."""
_FOLLOWED = frozenset({"participant", "person", "event", "partner"})


class NamedListPage(QWidget):
    """Opened over an event's form; every change is kept at once. The same signals as a form."""

    closed = Signal()
    open_asked = Signal(str, str, object)
    history_asked = Signal(str, str)
    print_asked = Signal(str, str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.entity = ENTITIES["participant"]
        self._event = ""
        self._compact = False
        self.setObjectName("named_list_page")
        theme = context.theme
        self.back = Button(theme, "", "ghost", "arrow-left")
        self.name, self.state = ElidedLabel("h1"), text("", "h3", wrap=True)
        self.history = Button(theme, "", "", "history")
        self.sheet = Button(theme, "", "primary", "printer")
        self.title_label, self.hint = text("", "h2"), text("", "small")
        self.picker = PickerField()
        self.picker.goes_on = False  # another name may follow
        self.paste_button = Button(theme, "", "", "clipboard-list")
        self.consents = Button(theme, "", "", "printer")
        self.remove_button = Button(theme, "", "ghost", "trash-2")
        self.table = NamedTable(context, self)
        self.nobody = text("", "muted", wrap=True)
        self.boxes = [_Box(context) for _place in range(3)]
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        column = self._column = QVBoxLayout(self)
        head = self._head = QHBoxLayout()
        self.back.setObjectName("back_button")
        head.addWidget(self.back)
        head.addWidget(self.name, 1)
        for name, button in (("history_button", self.history), ("sheet_button", self.sheet)):
            button.setObjectName(name)
            head.addWidget(button)
        column.addLayout(head)
        column.addWidget(self.state)
        card = QFrame()
        card.setProperty("k", "card")
        inside = self._inside = QVBoxLayout(card)
        top = QHBoxLayout()
        top.addWidget(self.title_label)
        top.addStretch(1)
        top.addWidget(self.hint)
        inside.addLayout(top)
        line = self._line = QHBoxLayout()
        self.picker.setObjectName("named_picker")
        self.picker.bind(self._context, self.entity.field("person"))
        self.paste_button.setObjectName("named_paste_button")
        self.consents.setObjectName("consents_button")
        self.remove_button.setObjectName("named_remove_button")
        line.addWidget(self.picker, 1)
        buttons = self._buttons = QHBoxLayout()
        buttons.addWidget(self.paste_button)
        buttons.addWidget(self.consents)
        buttons.addWidget(self.remove_button)
        line.addLayout(buttons)
        inside.addLayout(line)
        self.nobody.setAlignment(Qt.AlignmentFlag.AlignTop)
        inside.addWidget(self.nobody, 1)
        inside.addWidget(self.table, 1)
        row = self._sums = QHBoxLayout()
        for box in self.boxes:
            row.addWidget(box, 1)
        inside.addLayout(row)
        column.addWidget(scrolled("named_room", card), 1)

    def _connect(self) -> None:
        self.back.clicked.connect(self.closed)
        self.history.clicked.connect(lambda: self.history_asked.emit("event", self._event))
        self.sheet.clicked.connect(lambda: self.print_asked.emit("attendance-sheet", self._event))
        self.consents.clicked.connect(lambda: self.print_asked.emit("form-image-permission", self._event))
        # the completer writes into the picker after its signal
        self.picker.chosen.connect(lambda: QTimer.singleShot(0, self, self._take))
        self.paste_button.clicked.connect(self.paste)
        self.remove_button.clicked.connect(lambda: self._remove(self.table.record()))
        self.table.people.changed.connect(self._change)
        self.table.turned.connect(self._turn)
        self.table.removed.connect(self._remove)
        self.table.pasted.connect(self.paste)
        self._context.bus.committed.connect(self._committed)
        self._context.theme.changed.connect(self.restyle)

    # -- what is shown ----------------------------------------------------------------------------------------

    def open(self, _record_id: str, preset: Mapping[str, Any] | None = None) -> None:
        """Show the list of the event that ``preset`` names."""
        self._event = str((preset or {}).get("event") or self._event)
        self.picker.show_value(None)
        self.refresh()

    def record_id(self) -> str:
        """The list itself is no record."""
        return ""

    def refresh(self) -> None:
        """Read the list again."""
        ws = self._context.ws
        record = query.get(ws, "event", self._event) if self._event else None
        if record is None:
            return
        self.name.show_text(str(record.fields.get("title") or ""))
        where = ", ".join(
            part for part in (day_words(record.fields.get("date")), str(record.fields.get("locality") or "")) if part
        )
        self.state.setText(" · ".join(part for part in (state_sentence(record), record.code, where) if part))
        people = attendance.listed(ws, self._event)
        found = attendance.sums(ws, self._event, people)
        self.table.show_people(people)
        for widget in (self.table, self.remove_button):
            widget.setVisible(bool(people))
        self._show_boxes()
        allowed = attendance.allowed(ws)
        self.picker.setEnabled(allowed)
        self.paste_button.setEnabled(allowed)
        self.nobody.setVisible(not people or not allowed)
        self._inside.setStretchFactor(self.nobody, 0 if people else 1)
        self.nobody.setText(
            _("Nobody is on the list yet. Write a name above.")
            if allowed
            else _("This project keeps no named lists. Count the participants in the table of the event.")
        )
        listed = ngettext("{n} person", "{n} persons", found.listed)
        self.title_label.setText(_("Named list ({listed}, {n} present)", listed=listed, n=found.present))
        self._show_sums(found)

    def _show_sums(self, found: attendance.Sums) -> None:
        sexes = [_("W {n}", n=found.women), _("M {n}", n=found.men)]
        sexes += [_("not given {n}", n=found.unknown)] if found.unknown else []
        present = ngettext("From the list: {n} present", "From the list: {n} present", found.present)
        self.boxes[0].say("", f"{present} ({', '.join(sexes)})", _("The table “Participants” follows from this list."))
        paper = found.paper if found.paper is not None else found.signed
        signed = ngettext("On paper: {n} signature", "On paper: {n} signatures", paper)
        same = paper == found.present
        words = _("{signed} – agrees", signed=signed) if same else _("{signed} – differs", signed=signed)
        counted = _("Counted on the sheet.") if found.paper is not None else _("Counted from the list.")
        self.boxes[1].say("ok" if same else "warn", words, counted)
        self.boxes[2].say("info", _("Without health data"), _("Disability only as a number in “Of which”."))

    def _show_boxes(self) -> None:
        """All there is room for; sums of nobody say nothing."""
        for number, box in enumerate(self.boxes):
            box.setVisible(bool(self.table.people.people) and (not self._compact or number == 0))

    def _committed(self, done: Committed) -> None:
        if self.isVisible() and any(name in _FOLLOWED for name, _id in done.records):
            self.refresh()

    # -- what can be done ----------------------------------------------------------------------------------------

    def _try(self, act: Any) -> Any:
        try:
            return act()
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return None

    def _take(self) -> None:
        """Put the chosen person on the list; the line is empty for the next one."""
        value = self.picker.value()
        if not value or (isinstance(value, dict) and "?" in value):
            return
        made = self._try(lambda: attendance.add(self._context.ws, self._event, value))
        self.picker.show_value(None)
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)
        if made:
            self.table.go_to(made)
            self._context.notify.announce(_("Added to the list."))

    def _save(self, record: str, values: Mapping[str, Any]) -> None:
        self._try(lambda: records.save(self._context.ws, "participant", record, values))

    def _change(self, record: str, name: str, value: object) -> None:
        if name == "signed":
            self._save(record, signature(str(value)))
        elif name == "clause_given_on":
            try:
                day = parsing.parse(self.entity.field(name), str(value), today(self._context.ws.clock))
            except parsing.ParseError as failure:
                self._context.notify.error(failure)
                return
            self._save(record, {name: day})
        elif name == "image_consent":
            self._save(record, {name: value, "image_consent_date": today(self._context.ws.clock).isoformat()})
        else:
            self._save(record, {name: value})

    def _turn(self, record: str) -> None:
        person = next((each for each in self.table.people.people if each.id == record), None)
        if person is not None:
            self._save(record, {"present": "yes" if person.fields.get("present") == "no" else "no"})

    def _remove(self, record: str) -> None:
        if record and self._try(lambda: records.remove(self._context.ws, "participant", record)):
            self._context.notify.undo_bar(_(self.entity.words.removed))

    def paste(self) -> None:
        """Show what the clipboard holds; the readable rows are added when a person says so."""
        rows = attendance.pasted(self._context.ws, QApplication.clipboard().text())
        sheet = PasteSheet(self._context.theme, rows, self)

        def take() -> None:
            number = self._try(lambda: attendance.take(self._context.ws, self._event, rows))
            if number:
                self._context.notify.undo_bar(
                    ngettext("{n} person added to the list.", "{n} persons added to the list.", number)
                )

        sheet.accepted.connect(take)
        sheet.open()

    # -- as a page -----------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """Nothing waits: every change is kept at once."""

    def title(self) -> str:
        """The page's name."""
        return _("Named list")

    def first_focus(self) -> QWidget:
        """Where work begins."""
        return self.picker if self.picker.isEnabled() else self.back

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        return (self.back, self.picker, self.table)

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of this page."""
        here: dict[str, object] = {
            "history": lambda: self.history_asked.emit("event", self._event),
            "print": lambda: self.print_asked.emit("attendance-sheet", self._event),
        }
        return here | ({"erase": self.erase} if self.table.record() else {})

    def erase(self) -> None:
        """Ask about erasing the person of the current row; the row stays and goes on counting."""
        chosen = [self.table.record()] if self.table.record() else []
        erasedialog.ask(self._context, "participant", chosen, self, self.table.setFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back, Enter takes a name typed in full."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif enter and self.picker.hasFocus() and self.picker.currentText().strip():
            self.picker.tidy()
            self._take()
        else:
            super().keyPressEvent(event)

    def relayout(self, logical_width: int) -> None:
        """Boxes and buttons under one another where there is little room."""
        self._compact = logical_width < COMPACT
        way = QBoxLayout.Direction.TopToBottom if self._compact else QBoxLayout.Direction.LeftToRight
        self._line.setDirection(way)
        self._show_boxes()
        self.state.setVisible(not self._compact)
        self.history.setVisible(not self._compact)
        self.consents.setVisible(not self._compact)
        self.hint.setVisible(not self._compact)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes from the theme again."""
        theme = self._context.theme
        side = theme.space(14 if self._compact else 20)
        self._column.setContentsMargins(side, theme.space(5), side, theme.space(8))
        self._column.setSpacing(theme.space(6))
        self._inside.setContentsMargins(theme.space(18), theme.space(8), theme.space(18), theme.space(10))
        for layout in (self._inside, self._head, self._line, self._buttons, self._sums):
            layout.setSpacing(theme.space(8))
        self.picker.dress(theme)
        self.table.setMinimumHeight(theme.space(_TABLE))
        self.table.restyle()

    def retranslate(self) -> None:
        """Make all words again."""
        self.back.set_text(_("Participants"))
        self.back.setAccessibleName(_("Back: {where}", where=_("Participants")))
        self.history.set_text(_("&History"))
        self.sheet.set_text(_("Print at&tendance sheet"))
        self.paste_button.set_text(_("Paste from a &spreadsheet"))
        self.consents.set_text(_("Print consent &form"))
        self.remove_button.set_text(_("Take off the list"))
        self.hint.setText("   ·   ".join((_("arrows – cell"), _("Space – presence"), _("F2 – change"))))
        self.picker.retranslate()
        self.picker.edit.setPlaceholderText(_("Add a person: first and last name, or organisation"))
        speak_for(self.picker, _("Add a person: first and last name, or organisation"))
        self.table.setAccessibleName(_("Named list"))
        self.table.setAccessibleDescription(_("Arrows choose a cell, Space changes presence, F2 changes the cell."))
        self.table.people.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.table.people.columnCount() - 1)
        self.restyle()
        self.refresh()


class _Box(QFrame):
    """One soft box of the sums: a line in bold with a mark, and what it means."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("k", "soft")
        theme = context.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.space(12), theme.space(6), theme.space(12), theme.space(6))
        column.setSpacing(2)
        self.marked = StateLine(theme, "info", "")
        self.plain = text("", "h3", wrap=True)
        self.below = text("", "small", wrap=True)
        for widget in (self.marked, self.plain, self.below):
            column.addWidget(widget)

    def say(self, kind: str, head: str, words: str) -> None:
        """Show a line, with the mark of ``kind`` or without any, and its explanation."""
        self.plain.setVisible(not kind)
        self.plain.setText(head)
        self.marked.show_state(kind or "info", head if kind else "")
        self.below.setText(words)

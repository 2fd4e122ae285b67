"""The fixed head of a form: way back, name, state sentence, when it was saved, and the page's commands."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from progressus_desktop.domain import codelists
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.records import Record
from progressus_desktop.gui import mnemonics
from progressus_desktop.gui.columns import token_of
from progressus_desktop.gui.facts import day_words
from progressus_desktop.gui.parts import Button, IconLabel, StateLine, plain, prop, text
from progressus_desktop.gui.printing import fill_menu
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services import state
from progressus_desktop.services.reporting_kinds import about
from progressus_desktop.words import _

_SEPARATOR = "·"


class ElidedLabel(QLabel):
    """One line that ends with an ellipsis where it does not fit; the whole text is its tooltip and name."""

    def __init__(self, style: str) -> None:
        super().__init__()
        self.setProperty("t", style)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._whole = ""
        self.setMinimumWidth(60)

    def show_text(self, words: str) -> None:
        """Show ``words``."""
        self._whole = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self._elide()

    def _elide(self) -> None:
        self.setText(self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Elide anew."""
        super().resizeEvent(event)
        self._elide()


class FormHead(QWidget):
    """``asked`` carries back, history, sheet and ready; ``print_asked`` a document of the menu *Print*."""

    asked = Signal(str)
    print_asked = Signal(str)

    def __init__(self, theme: Theme, entity: str, back_words: str) -> None:
        super().__init__()
        self._theme, self._entity, self._back_words = theme, entity, back_words
        self._compact = False
        self._again = False
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        row = self._row = QHBoxLayout()
        self.back = Button(theme, "", "ghost", "arrow-left")
        self.name = ElidedLabel("h1")
        self.history = Button(theme, "", "", "history")
        self.sheet = Button(theme, "", "", "printer")
        self.prints = Button(theme, "", "", "chevron-down", after=True)
        self.prints.setObjectName("print_menu_button")
        self.menu = QMenu(self.prints)
        self.ready = Button(theme, "", "primary", "check")
        row.addWidget(self.back)
        row.addWidget(self.name, 1)
        for name, button in (
            ("history", self.history), ("sheet", self.sheet), ("", self.prints), ("ready", self.ready),
        ):  # fmt: skip
            row.addWidget(button)
            if name:
                button.setObjectName(f"{name}_button")
                button.clicked.connect(lambda _checked=False, name=name: self._ask(name))
        # a button's own menu would run a loop of events inside the click
        self.prints.clicked.connect(self._show_menu)
        self.back.setObjectName("back_button")
        self.back.clicked.connect(lambda: self.asked.emit("back"))
        column.addLayout(row)
        self._state = QWidget()
        line = self._line = QHBoxLayout(self._state)
        line.setContentsMargins(0, 0, 0, 0)
        self._icon = IconLabel(theme, "pencil", "text", 16)
        self._sentence = text("", "h3")
        self._dots = [text(_SEPARATOR, "h3"), text(_SEPARATOR, "muted")]
        self.saved = StateLine(theme, "ok", "", wrap=False)
        self._about = ElidedLabel("muted")
        for widget in (self._icon, self._sentence, self._dots[0], self.saved, self._dots[1]):
            line.addWidget(widget)
        line.addWidget(self._about, 1)
        column.addWidget(self._state)
        self.retranslate()

    def letters(self) -> list[str]:
        """The mnemonics of the buttons in sight."""
        return [mnemonics.letter(each.text()) for each in self._buttons() if each.isVisibleTo(self)]

    def _buttons(self) -> tuple[Button, ...]:
        return (self.history, self.sheet, self.prints, self.ready)

    def show_record(self, name: str, record: Record | None) -> None:
        """Show the name, the state of the record and what tells it from others."""
        self.name.show_text(name)
        event = self._entity == "event"
        done = record is not None and record.entry != "draft"
        frozen = ENTITIES[self._entity].frozen
        self._again = frozen and done
        self.ready.setVisible((event or frozen) and (not done or frozen))
        self._name_buttons()
        self.sheet.setVisible(event and not done and not self._compact)
        self.prints.setVisible(record is not None and bool(about(self._entity)) and not self._compact)
        self.history.setVisible(not self._compact)
        self.history.setEnabled(record is not None)
        self.history.setToolTip(
            "" if record is not None else _("There is no history before the first field is filled in.")
        )
        if record is None:
            self._icon.show_icon("pencil", "text")
            self._sentence.setText(_("New record"))
            self._about.show_text("")
        else:
            mark = state.record_mark(record)
            self._icon.show_icon(mark.icon, token_of(mark.kind))
            self._sentence.setText(state.state_sentence(record))
            self._about.show_text(_about(record))
        self._dots[1].setVisible(record is not None and bool(_about(record)))

    def _show_menu(self) -> None:
        self.menu.popup(self.prints.mapToGlobal(QPoint(0, self.prints.height())))
        if self.menu.actions():
            self.menu.setActiveAction(self.menu.actions()[0])

    def _ask(self, name: str) -> None:
        self.asked.emit("amend" if name == "ready" and self._again else name)

    def _name_buttons(self) -> None:
        words = [_("History"), _("Print attendance sheet"), _("Print")]
        whole = _("Correct it") if self._again else _("Mark as ready")
        last = _("Ready") if self._compact and not self._again else whole
        for button, label in zip(self._buttons(), mnemonics.assign([*words, last]), strict=True):
            button.set_text(label)
        self.ready.setAccessibleName(plain(whole))

    def show_saved(self, how: str, at: str = "") -> None:
        """Say how saving stands: saving, saved (with its time) or failed; empty says nothing."""
        words = {
            "saving": ("none", _("Saving…")),
            "saved": ("ok", _("Saved at {time}", time=at)),
            "failed": ("err", _("Not saved on the disk – try again")),
        }
        kind, said = words.get(how, ("none", ""))
        self.saved.show_state(kind, said)
        self._dots[0].setVisible(bool(said))

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Only the way back, the name and the primary button where there is little room."""
        self._compact = compact
        prop(self.back, "k", "" if compact else "ghost")
        prop(self.name, "t", "h2" if compact else "h1")
        self._state.setVisible(not compact)
        self.retranslate()

    def retranslate(self) -> None:
        """Words and gaps."""
        theme = self._theme
        self._row.setSpacing(theme.space(8))
        self._line.setSpacing(theme.space(7))
        self._column.setSpacing(theme.space(2))
        self.back.set_text(_("List") if self._compact else _(self._back_words))
        self.back.setAccessibleName(_("Back: {where}", where=_(self._back_words)))
        self._name_buttons()
        fill_menu(self.menu, self._entity, self.print_asked.emit)
        self.prints.setAccessibleDescription(_("Opens a menu of documents."))


def _about(record: Record) -> str:
    fields = record.fields
    if record.entity == "event":
        where = ", ".join(part for part in (day_words(fields.get("date")), _plain(fields.get("locality"))) if part)
        return f" {_SEPARATOR} ".join(part for part in (record.code, where) if part)
    if record.entity == "partner":
        kind = fields.get("kind")
        word = codelists.word("partner_kind", kind) if isinstance(kind, str) else ""
        return ", ".join(part for part in (word, _plain(fields.get("locality"))) if part)
    return record.code


def _plain(value: object) -> str:
    return value if isinstance(value, str) else ""

"""A partner's contact log: one line to add a contact, below it everything that was said, newest first."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop import clock
from progressus_desktop.domain import codelists
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.records import Committed
from progressus_desktop.domain.values import empty
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui import mnemonics
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.datefield import DateField
from progressus_desktop.gui.fields import CodeField, TextField
from progressus_desktop.gui.parts import Button, clear_layout, speak_for, text
from progressus_desktop.gui.problems import ProblemLines
from progressus_desktop.gui.talks import TalkList, contact_facts
from progressus_desktop.gui.theme import Theme
from progressus_desktop.gui.topics import TopicTicks
from progressus_desktop.services import records
from progressus_desktop.store import query
from progressus_desktop.words import NN_, _, ngettext

_REMIND_WEEKS = (1, 2, 4)
_WEEKS = NN_("in {n} week", "in {n} weeks")


class QuickLine(QFrame):
    """Date, form of contact, what about, topics; Enter in "what" saves. ``saved`` gives the new record's id."""

    saved = Signal(str)
    open_asked = Signal(str, str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._partner = ""
        self._kind = ""
        self._of = ENTITIES["interaction"]
        self.setProperty("k", "soft")
        self.date, self.channel, self.subject, self.topics = DateField(), CodeField(), TextField(), TopicTicks()
        self.problems = ProblemLines()
        self.remind, self.weeks = QCheckBox(), QComboBox()
        self._labels: dict[str, QLabel] = {}
        self._inputs: dict[str, Any] = {
            "date": self.date, "channel": self.channel, "subject": self.subject, "topics": self.topics,
        }  # fmt: skip
        self.audience = text("", "small", wrap=True)

    def bind(self, context: Context) -> None:
        """Build the line."""
        self._context = context
        column = self._column = QVBoxLayout(self)
        row = self._row = QHBoxLayout()
        for name, widget in self._inputs.items():
            widget.setObjectName(f"quick_{name}")
            widget.bind(context, self._of.field(name))
            label = self._labels[name] = text("", "label")
            label.setBuddy(widget)
            pair = QVBoxLayout()
            pair.setSpacing(4)
            pair.addWidget(label)
            pair.addWidget(widget)
            pair.addStretch(1)
            row.addLayout(pair, {"subject": 8, "date": 3, "channel": 3}.get(name, 0))
        column.addLayout(row)
        column.addWidget(self.problems)
        below = self._below = QHBoxLayout()
        self.more = Button(context.theme, "", "ghost", "chevron-down")
        self.add = Button(context.theme, "", "primary", "plus")
        self.add.setObjectName("quick_add_button")
        self.more.setObjectName("quick_more_button")
        self.remind.setObjectName("quick_remind")
        self.weeks.setObjectName("quick_weeks")
        below.addWidget(self.more)
        below.addWidget(self.audience, 1)
        below.addWidget(self.remind)
        below.addWidget(self.weeks)
        below.addWidget(self.add)
        column.addLayout(below)
        self.add.clicked.connect(self.save)
        self.more.clicked.connect(self._open_form)

    def show_partner(self, record_id: str, kind: str) -> None:
        """Write about this partner; what stands in the line and was not saved stays for the same partner."""
        if record_id != self._partner:
            self.clear()
        self._partner, self._kind = record_id, kind
        self._say_audience()

    def clear(self) -> None:
        """An empty line of today."""
        if self._context is None:
            return
        self.date.show_value(clock.today(self._context.ws.clock).isoformat())
        if self.channel.value() is None:
            self.channel.show_value("phone")
        self.subject.show_value(None)
        self.topics.show_value(None)
        self.remind.setChecked(False)
        self.problems.show_problems(())

    @property
    def pending(self) -> bool:
        """Whether a sentence stands in the line that is not saved yet."""
        return not empty(self.subject.value()) and bool(self._partner)

    def values(self) -> dict[str, Any]:
        """The contact as it would be saved."""
        typed = {name: widget.value() for name, widget in self._inputs.items()}
        found = {name: value for name, value in typed.items() if not empty(value)}
        found["partners"] = [self._partner]
        found["result"] = "informed"
        if self.remind.isChecked() and self._context is not None:
            due: date = clock.today(self._context.ws.clock) + timedelta(weeks=_REMIND_WEEKS[self.weeks.currentIndex()])
            found["next_step"] = str(found.get("subject") or "")
            found["next_step_due"] = due.isoformat()
        return found

    def save(self) -> bool:
        """Save the contact; without a sentence it says what is missing."""
        if self._context is None or not self._partner:
            return False
        if not self.pending:
            wanted = records.problems(self._context.ws, "interaction", "", self.values())
            self.problems.show_problems([each for each in wanted if each.field == "subject"])
            self.subject.setFocus()
            return False
        try:
            done = records.save(self._context.ws, "interaction", None, self.values())
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return False
        self.clear()
        self._context.notify.announce(_("The contact is saved."))
        self.saved.emit(done.id)
        return True

    def _open_form(self) -> None:
        preset = self.values()
        self.clear()
        self.open_asked.emit("interaction", "", preset)

    def _say_audience(self) -> None:
        words = codelists.word("participant_role", codelists.audience(self._kind)) if self._kind else ""
        self.audience.setText(_("Audience from the partner's kind: {audience}", audience=words) if words else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter saves, Esc empties the line."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.subject.tidy()
            self.date.tidy()
            self.save()
        elif event.key() == Qt.Key.Key_Escape and self.pending:
            self.clear()
        else:
            super().keyPressEvent(event)

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        side = theme.space(14)
        self._column.setContentsMargins(side, theme.space(8), side, theme.space(8))
        self._column.setSpacing(theme.space(6))
        self._row.setSpacing(theme.space(10))
        self._below.setSpacing(theme.space(10))
        self.problems.dress(theme)
        for widget in self._inputs.values():
            widget.dress(theme)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Under one another where there is little room."""
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._row.setDirection(way)
        self._below.setDirection(way)
        self.topics.set_narrow(narrow)

    def retranslate(self) -> None:
        """Words and mnemonics."""
        names = {"date": _("Date"), "channel": _("Form of contact"), "subject": _("What about"), "topics": _("Topics")}
        buttons = [_("Add contact"), _("More fields")]
        given = mnemonics.assign([*names.values(), *buttons], ("h",))
        for (name, widget), words in zip(self._inputs.items(), given[:4], strict=True):
            self._labels[name].setText(words)
            widget.setAccessibleName(_(self._of.field(name).label))
            widget.retranslate()
        self.subject.setPlaceholderText(_("What was agreed, one sentence"))
        self.add.set_text(given[4])
        self.more.set_text(given[5])
        self.remind.setText(_("Remind me"))
        chosen = max(self.weeks.currentIndex(), 0)
        self.weeks.clear()
        self.weeks.addItems([ngettext(*_WEEKS, n) for n in _REMIND_WEEKS])
        self.weeks.setCurrentIndex(chosen or 1)
        speak_for(self.weeks, _("Remind me: when"))
        self._say_audience()


class InteractionList(QWidget):
    """The section "contact log" of a partner's form."""

    open_asked = Signal(str, str, object)
    entity = "interaction"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context: Context | None = None
        self._partner = ""
        self.quick = QuickLine()
        self.talks = TalkList()
        self.who = QWidget()
        self._who = QHBoxLayout(self.who)
        self._narrow = False
        self.later = text("", "muted", wrap=True)
        self.filter = QComboBox()

    def bind(self, context: Context) -> None:
        """Build the line and the list."""
        self._context = context
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        top = QHBoxLayout()
        top.addWidget(self.who, 1)
        self.filter.setObjectName("talks_filter")
        self.filter.setMinimumSize(QSize(0, 32))
        top.addWidget(self.filter, 0, Qt.AlignmentFlag.AlignRight)
        column.addLayout(top)
        self.quick.bind(context)
        column.addWidget(self.quick)
        column.addWidget(self.later)
        self.talks.bind(context)
        column.addWidget(self.talks, 1)
        self.quick.saved.connect(lambda _id: self.refresh())
        self.quick.open_asked.connect(self.open_asked)
        self.talks.opened.connect(lambda record: self.open_asked.emit("interaction", record, {}))
        self.filter.activated.connect(lambda _row: self.refresh())
        context.bus.committed.connect(self._committed)
        self.retranslate()

    def first_stop(self) -> QWidget:
        """Where the focus goes when the field is asked to take it."""
        return self.quick.subject

    def _committed(self, done: Committed) -> None:
        if self.isVisible() and any(name in {"interaction", "contact"} for name, _id in done.records):
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What changed while another section was in sight is shown now."""
        super().showEvent(event)
        self.refresh()

    def show_record(self, record_id: str) -> None:
        """Show the log of a partner, nothing for one that is not stored yet."""
        self._partner = record_id
        self.refresh()

    def refresh(self) -> None:
        """Read the log again."""
        if self._context is None:
            return
        stored = bool(self._partner)
        self.later.setText("" if stored else _("Fill in the partner's name first; then contacts can be added here."))
        self.later.setVisible(not stored)
        for widget in (self.quick, self.talks, self.filter):
            widget.setVisible(stored)
        if not stored:
            self.talks.show_talks([])
            self.who.hide()
            return
        partner = query.lookup(self._context.ws).record("partner", self._partner) or {}
        self.quick.show_partner(self._partner, str(partner.get("kind") or ""))
        found = query.linked(self._context.ws, "interaction", "partners", self._partner)
        channel = self.filter.currentData()
        self.talks.show_talks([each for each in found if not channel or each.fields.get("channel") == channel])
        self._show_who()

    def _show_who(self) -> None:
        clear_layout(self._who)
        facts = contact_facts(self._context.ws, self._partner) if self._context is not None else []
        for label, words in facts:
            pair = QVBoxLayout()
            pair.setSpacing(0)
            pair.addWidget(text(label, "small"))
            pair.addWidget(text(words, "body", wrap=self._narrow))
            self._who.addLayout(pair)
        self._who.addStretch(1)
        self.who.setVisible(bool(facts))

    def count(self) -> int:
        """How many contacts there are."""
        return self.talks.count()

    def tidy(self) -> None:
        """A sentence that stands in the line is saved before the section is left: nothing typed is lost."""
        if self.quick.pending:
            self.quick.save()

    def dress(self, theme: Theme) -> None:
        """Take sizes from the theme."""
        self._column.setSpacing(theme.space(10))
        self._who.setContentsMargins(0, 0, 0, 0)
        self._who.setSpacing(theme.space(20))
        self.quick.dress(theme)
        self.talks.dress(theme)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Pass it on; facts of the contact person under one another."""
        self.quick.set_narrow(narrow)
        self._narrow = narrow
        self._who.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._show_who()

    def retranslate(self) -> None:
        """Make all words again."""
        kept = self.filter.currentData()
        self.filter.clear()
        self.filter.addItem(_("All forms of contact"), "")
        for item in codelists.items("channel"):
            self.filter.addItem(item.label, item.code)
        self.filter.setCurrentIndex(max(self.filter.findData(kept), 0))
        speak_for(self.filter, _("Show contacts by form"))
        self.quick.retranslate()
        self.talks.retranslate()
        self.refresh()

"""What one person said about photos, entered beside the photo; an answer against says first what follows."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from progressus_desktop import clock
from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Field, Type
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.datefield import DateField
from progressus_desktop.gui.grid import capital
from progressus_desktop.gui.parts import Button, StateLine, scrolled, text
from progressus_desktop.services import consents
from progressus_desktop.services.gallery import Answer, Card, day
from progressus_desktop.words import N_, _, ngettext

_DAY = Field("date", Type.DATE, N_("Day of the answer"), example="05.11.2026")
_LISTS = ("consent_state", "consent_way", "consent_giver")


class ConsentForm(QWidget):
    """Person, answer, photo or all, day, way, by whom. ``closed`` when it was kept or left."""

    closed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._photo = ""
        self.setObjectName("consent_form")
        self.setProperty("k", "sheet")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.head = text("", "h3", wrap=True)
        self.person, self.answer, self.scope, self.way, self.by = (QComboBox() for _each in range(5))
        self.day = DateField()
        self.follows = StateLine(context.theme, "warn")
        self.keep_button = Button(context.theme, "", "primary", "check")
        self.keep_button.setObjectName("consent_keep_button")
        self.leave_button = Button(context.theme, "", "", "x")
        self.leave_button.setObjectName("consent_leave_button")
        self._labels: list[QLabel] = []
        self._build()
        self.retranslate()

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        body = QWidget()
        body.setProperty("k", "sheet")
        column = QVBoxLayout(body)
        column.setContentsMargins(3, 3, 3, 3)
        column.addWidget(self.head)
        names = ("person", "answer", "scope", "day", "way", "by")
        for name in names:
            widget: QWidget = getattr(self, name)
            widget.setObjectName(f"consent_{name}")
            label = text("", "label")
            label.setBuddy(widget)
            self._labels.append(label)
            column.addWidget(label)
            column.addWidget(widget)
            if isinstance(widget, QComboBox):
                widget.setMinimumContentsLength(10)
                widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        column.addStretch(1)
        whole.addWidget(scrolled("consent_body", body), 1)
        whole.addWidget(self.follows)
        row = QHBoxLayout()
        row.addWidget(self.leave_button)
        row.addWidget(self.keep_button)
        whole.addLayout(row)
        self.day.bind(self._context, _DAY)
        for combo in (self.person, self.answer, self.scope):
            combo.currentIndexChanged.connect(lambda _at: self._say_what_follows())
        self.keep_button.clicked.connect(self.keep)
        self.leave_button.clicked.connect(self.closed)

    def show_photo(self, card: Card, people: list[Answer]) -> None:
        """Ask about the people of a photo; the first who was not asked is chosen."""
        self._photo = card.id
        self.head.setText(_("Answer about “{caption}”", caption=card.caption or _("Without a caption")))
        self.person.clear()
        for each in people:
            self.person.addItem(each.name, each.id)
        unasked = [at for at, each in enumerate(people) if not each.state]
        self.person.setCurrentIndex(unasked[0] if unasked else 0)
        self.answer.setCurrentIndex(0)
        self.scope.setCurrentIndex(0)
        self.day.show_value(clock.today(self._context.ws.clock).isoformat())
        self._say_what_follows()

    def first_focus(self) -> QWidget:
        """Where it begins."""
        return self.person

    def _scope(self) -> str:
        return self._photo if self.scope.currentData() == "photo" else ""

    def _say_what_follows(self) -> None:
        person, state = self.person.currentData(), str(self.answer.currentData() or "")
        if not person or state not in consents.AGAINST:
            self.follows.show_state("warn", "")
            return
        found = consents.effect(self._context.ws, str(person), self._scope())
        parts = [ngettext("{n} photo stays out of all new reports and packages.",
                          "{n} photos stay out of all new reports and packages.", found.photos)]  # fmt: skip
        if found.published:
            places = ", ".join(
                " ".join(part for part in (each.link, day(each.date)) if part) for each in found.published
            )
            parts.append(_("Already published: {places}. Have it taken down there.", places=places))
        self.follows.show_state("warn", " ".join(parts))

    def keep(self) -> None:
        """Keep the answer."""
        person, state = self.person.currentData(), self.answer.currentData()
        if not person or not state:
            return
        said: dict[str, Any] = {
            "date": self.day.value(),
            "way": self.way.currentData(),
            "given_by": self.by.currentData(),
        }
        try:
            consents.answer(self._context.ws, str(person), str(state), photo_id=self._scope(), more=said)
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return
        words = f"{self.person.currentText()}: {self.answer.currentText()}"
        self._context.notify.undo_bar(_("Answer kept. {words}.", words=words))
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves, Enter goes on to the next field."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def retranslate(self) -> None:
        """Make all words again."""
        said = (
            _("Who"), _("Ans&wer"), _("About"), _(_DAY.label), _("Way of giving"), _("Given by"),
        )  # fmt: skip
        for label, words in zip(self._labels, said, strict=True):
            label.setText(words)
        for combo, name in zip((self.answer, self.way, self.by), _LISTS, strict=True):
            at = max(combo.currentIndex(), 0)
            combo.clear()
            for code in codelists.codes(name):
                combo.addItem(capital(codelists.word(name, code)), code)
            combo.setCurrentIndex(at)
        at = max(self.scope.currentIndex(), 0)
        self.scope.clear()
        self.scope.addItem(_("this photo only"), "photo")
        self.scope.addItem(_("all photos of this person"), "all")
        self.scope.setCurrentIndex(at)
        self.day.retranslate()
        self.day.dress(self._context.theme)
        self.day.setAccessibleName(_(_DAY.label))
        self.keep_button.set_text(_("&Keep the answer"))
        self.leave_button.set_text(_("&Cancel"))

"""One photo beside the tiles: picture, caption and description to type, who is on it and what they said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop.domain import codelists
from progressus_desktop.domain.records import Record
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.consentform import ConsentForm
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.parts import Button, Card, StateLine, clear_layout, scrolled, text
from progressus_desktop.gui.preview import thumbnail
from progressus_desktop.services import gallery, records, state
from progressus_desktop.services.gallery import Answer
from progressus_desktop.store import query
from progressus_desktop.words import _, ngettext

_HIGH = 132
_ANSWERS = {"given": "ok", "": "warn", "refused": "err", "withdrawn": "err", "objected": "err"}


class _Body(QWidget):
    """As high as its wrapped words need at its width; a scroll area asks only for the least height."""

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        layout = self.layout()
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest} and layout is not None:
            needed = layout.totalHeightForWidth(self.width())
            if needed >= 0 and needed != self.minimumHeight():
                self.setMinimumHeight(needed)
        return done


class PhotoPanel(Card):
    """What is typed is saved when its field is left. ``asked`` carries mask, open and back."""

    asked = Signal(str)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context.theme)
        self.setParent(parent)
        self._context = context
        self.card: gallery.Card | None = None
        self._record: Record | None = None
        self.people: list[Answer] = []
        self.setObjectName("photo_panel")
        theme = context.theme
        self.picture = QLabel()
        self.caption_label, self.alt_label = text("", "label"), text("", "label")
        self.caption, self.alt, self.decorative = QLineEdit(), QPlainTextEdit(), QCheckBox()
        self.caption.setObjectName("photo_caption")
        self.alt.setObjectName("photo_alt")
        self.decorative.setObjectName("photo_decorative")
        self.head = text("", "label", wrap=True)
        self.verdict = StateLine(theme, "warn")
        self.where = text("", "muted", wrap=True)
        self.consent_button = Button(theme, "", "", "file-check", small=True)
        self.mask_button = Button(theme, "", "", "eye-off", small=True)
        self.open_button = Button(theme, "", "ghost", "pencil", small=True)
        self.back_button = Button(theme, "", "", "arrow-left")
        self.form = ConsentForm(context)
        self._stack = QStackedWidget()
        self._build()
        self.retranslate()

    def _build(self) -> None:
        whole = QWidget()
        whole.setProperty("k", "sheet")
        outer = QVBoxLayout(whole)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeft)
        body = _Body()
        body.setProperty("k", "sheet")
        column = self._body = QVBoxLayout(body)
        column.setContentsMargins(3, 0, 3, 3)
        self.picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.caption_label.setBuddy(self.caption)
        self.alt_label.setBuddy(self.alt)
        self.alt.setTabChangesFocus(True)
        self._people = QVBoxLayout()
        column.addWidget(self.picture)
        for part in (self.caption_label, self.caption, self.alt_label, self.alt):
            column.addWidget(part)
        row = QHBoxLayout()
        row.addWidget(self.head, 1)
        row.addWidget(self.open_button)
        column.addLayout(row)
        column.addLayout(self._people)
        for last in (self.verdict, self.decorative, self.where):
            column.addWidget(last)
        column.addStretch(1)
        self._area = scrolled("photo_panel_body", body)
        outer.addWidget(self._area, 1)
        self._buttons = QGridLayout()
        outer.addLayout(self._buttons)
        for name, button, what in (
            ("photo_consent_button", self.consent_button, "consent"), ("photo_mask_button", self.mask_button, "mask"),
            ("photo_open_button", self.open_button, "open"), ("photo_back_button", self.back_button, "back"),
        ):  # fmt: skip
            button.setObjectName(name)
            button.clicked.connect(lambda _checked=False, what=what: self.asked.emit(what))
        self._stack.addWidget(whole)
        self._stack.addWidget(self.form)
        self.column.addWidget(self._stack)
        self.caption.editingFinished.connect(self.save)
        for field in (self.caption, self.alt):
            field.installEventFilter(self)
        self.decorative.toggled.connect(self.save)
        self.form.closed.connect(self.show_photo)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The description is saved when it is left; Enter leaves it. A field comes into sight with its label."""
        if event.type() == QEvent.Type.FocusIn and watched in {self.caption, self.alt}:
            label = self.caption_label if watched is self.caption else self.alt_label
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(label, 0, 0))
        if watched is self.alt and event.type() == QEvent.Type.FocusOut:
            QTimer.singleShot(0, self, self.save)
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and watched is self.alt:
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self.decorative.setFocus(Qt.FocusReason.TabFocusReason)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self._fill_words()
        return super().eventFilter(watched, event)

    # -- one photo ------------------------------------------------------------------------------------------

    def show_card(self, card: gallery.Card | None) -> None:
        """Show a photo; words that are being typed stay."""
        if self.card is not None and (card is None or card.id != self.card.id):
            self.save()
            self._stack.setCurrentIndex(0)
            self._area.verticalScrollBar().setValue(0)
        typing = card is not None and self.card is not None and card.id == self.card.id and self._typed()
        self.card = card
        self.setEnabled(card is not None)
        if card is None:
            return
        ws = self._context.ws
        self._record = query.get(ws, "photo", card.id)
        self.people = gallery.answers(ws, card)
        if not typing:
            self._fill_words()
        self._show_people(card)
        size = QSize(self._room(), self._high())
        self.picture.setFixedHeight(size.height())
        found = thumbnail(self._context, card.picture, size) if card.picture else None
        self.picture.setVisible(found is not None)
        if found is not None:
            self.picture.setPixmap(found)
            self.picture.setAccessibleName(str(card.values.get("alt") or card.caption))

    def _room(self) -> int:
        return max(self.width() - self._context.theme.space(32) - 8, self._context.theme.px(120))

    def _high(self) -> int:
        """The picture gives way to words where the window is low."""
        px = self._context.theme.px
        return min(max(self.height() - px(360), px(64)), px(_HIGH))

    def _fill_words(self) -> None:
        values = self.card.values if self.card else {}
        self.caption.setText(str(values.get("caption") or ""))
        self.caption.setCursorPosition(0)
        self.alt.setPlainText(str(values.get("alt") or ""))
        with QSignalBlocker(self.decorative):
            self.decorative.setChecked(values.get("decorative") is True)

    def _typed(self) -> dict[str, Any]:
        """What the fields say otherwise than the record."""
        if self.card is None:
            return {}
        now = self.card.values
        said = {"caption": self.caption.text().strip(), "alt": " ".join(self.alt.toPlainText().split())}
        changed: dict[str, Any] = {
            name: each or None for name, each in said.items() if each != str(now.get(name) or "")
        }
        if self.decorative.isChecked() != (now.get("decorative") is True):
            changed["decorative"] = self.decorative.isChecked()
        return changed

    def save(self) -> None:
        """Keep what was typed."""
        changed = self._typed()
        if not changed or self.card is None or self._record is None or self._context.ws.read_only:
            return
        try:
            records.save(self._context.ws, "photo", self.card.id, changed, self._record.seen)
        except ProgressusError as failure:
            self._context.notify.error(failure)

    # -- people -----------------------------------------------------------------------------------------------

    def _show_people(self, card: gallery.Card) -> None:
        theme = self._context.theme
        clear_layout(self._people)
        shown = str(card.values.get("people_shown") or "")
        word = codelists.word("people_shown", shown) if shown else _("not said yet")
        recognisable = shown == "recognisable"
        self.head.setText(
            _("People in the photo ({number}, recognisable)", number=card.people)
            if recognisable
            else _("People in the photo: {who}", who=word)
        )
        for kind, words in self._lines(card) if recognisable else ():
            line = StateLine(theme, kind)
            self._people.addWidget(line)  # before its words show it, so that it is never a window of its own
            line.show_state(kind, words)
        kind, words = self._verdict(card)
        self.verdict.show_state(kind, words)
        told = state.delivery_words(self._record) if self._record is not None else ""
        self.where.setText(f"{told[:1].upper()}{told[1:]}.")
        self.consent_button.setEnabled(bool(self.people))
        self.consent_button.setToolTip("" if self.people else _("Name the people first: open the record."))

    def _lines(self, card: gallery.Card) -> Iterable[tuple[str, str]]:
        """People grouped by their answer and its day, masked ones said so."""
        groups: dict[tuple[str, str, bool], list[str]] = {}
        for each in self.people:
            groups.setdefault((each.state, each.date, each.masked), []).append(each.name)
        for (answer, when, masked), names in groups.items():
            said = {"": _("not asked"), "given": _("agreed")}.get(answer) or codelists.word("consent_state", answer)
            day = gallery.day(when)[:5] if answer else ""
            parts = [" ".join(part for part in (said, day) if part), *([_("masked")] if masked else [])]
            kind = "ok" if masked and answer in {"", "refused"} else _ANSWERS.get(answer, "warn")
            yield kind, f"{', '.join(names)}  {', '.join(parts)}"
        nameless = card.people - len(self.people)
        if nameless > 0:
            yield "none", ngettext("{n} person without a name", "{n} people without a name", nameless)

    def _verdict(self, card: gallery.Card) -> tuple[str, str]:
        """What follows from it, in one sentence."""
        if not card.current:
            return "warn", _("Its copy lacks a mask; it is being made again.")
        if card.permission == "withdrawn":
            return "err", _("Permission was taken back: it stays out of all new reports and packages.")
        if card.permission == "partial" and card.uncovered:
            return "warn", ngettext("Partial: it goes only once {n} face is masked.",
                                    "Partial: it goes only once {n} faces are masked.", card.uncovered)  # fmt: skip
        if not card.leaves:
            return "warn", _("It stays on this laptop until the people agree.")
        if not card.described:
            return "warn", _("Without a description it stays out of reports.")
        return "ok", _("It may stand in reports and go to the office.")

    def ask_consent(self) -> None:
        """Enter an answer of one of the people."""
        if self.card is None or not self.people:
            self._context.notify.banner("info", _("Name the people first: open the record."), key="photo-people")
            return
        self.form.show_photo(self.card, self.people)
        self._stack.setCurrentWidget(self.form)
        self.form.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_photo(self) -> None:
        """Back from the answer to the photo."""
        self._stack.setCurrentIndex(0)
        self.consent_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- words and sizes ------------------------------------------------------------------------------------

    def set_over(self, *, over: bool) -> None:
        """Whether it stands in place of the tiles."""
        self.back_button.setVisible(over)

    def restyle(self) -> None:
        """Take sizes from the theme."""
        theme = self._context.theme
        self.form.day.dress(theme)
        self._body.setSpacing(theme.space(4))
        self._people.setSpacing(theme.space(2))
        self._buttons.setSpacing(theme.space(8))
        self.alt.setFixedHeight(theme.px(66))
        self._place_buttons()
        if self.card is not None:
            self.show_card(self.card)

    def _place_buttons(self) -> None:
        two = self.consent_button.sizeHint().width() + self.mask_button.sizeHint().width() + 12 <= self._room() + 8
        self._buttons.addWidget(self.consent_button, 0, 0)
        self._buttons.addWidget(self.mask_button, 0 if two else 1, 1 if two else 0)

    def retranslate(self) -> None:
        """Make all words again."""
        self.setAccessibleName(_("Photo"))
        self.caption_label.setText(_("C&aption"))
        self.alt_label.setText(_("Photo de&scription for a screen reader"))
        self.decorative.setText(_("Decorative photo"))
        self.consent_button.set_text(_("Add &consent"))
        self.mask_button.set_text(_("&Mask faces"))
        self.open_button.setAccessibleName(_("Change who is in the photo, author and publication"))
        self.open_button.setToolTip(_("Change who is in the photo, author and publication"))
        self.back_button.set_text(_("Back to the photos"))
        self.form.retranslate()
        self.restyle()

"""Two versions (picture 12): records changed here and elsewhere, field by field; the result is always editable."""

from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.exchangewords import kind_of
from progressus_desktop.gui.parts import Button, Card, StateLine, scrolled, swap_body, text
from progressus_desktop.gui.versionrow import VersionRow
from progressus_desktop.gui.widths import COMPACT
from progressus_desktop.services import deciding, exchanging
from progressus_desktop.services.deciding import Conflict
from progressus_desktop.store import query
from progressus_desktop.words import _, ngettext


class VersionsPage(QWidget):
    """One record at a time. ``back`` goes where exchanges are made."""

    def __init__(self, context: Context, back: Callable[[], None]) -> None:
        super().__init__()
        self._context, self._back = context, back
        self._records: list[list[Conflict]] = []
        self._at = 0
        self._narrow = self._saving = False
        self.rows: list[VersionRow] = []
        self.setProperty("k", "page")
        self.setObjectName("versions_page")
        self._build()
        self.later.clicked.connect(lambda _checked=False: self._back())
        self.back_button.clicked.connect(lambda _checked=False: self._back())
        self.previous.clicked.connect(lambda _checked=False: self._step(-1))
        self.save.clicked.connect(lambda _checked=False: self.save_and_next())
        context.bus.committed.connect(self._committed)
        context.theme.changed.connect(self._restyle)
        self.retranslate()

    def _build(self) -> None:
        theme = self._context.theme
        self.back_button = Button(theme, "", "ghost", "arrow-left")
        self.back_button.setObjectName("versions_back_button")
        self._name = text("", "h1", wrap=True)
        head = QHBoxLayout()
        head.addWidget(self.back_button)
        head.addWidget(self._name, 1)
        self._count, self._what = StateLine(theme, "warn"), text("", "small", wrap=True)
        card = Card(theme)
        tips = self._tips = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._hint, self._keys = text("", "muted", wrap=True), text("", "small", wrap=True)
        tips.addWidget(self._hint, 1)
        self._keys.setWordWrap(False)
        tips.addWidget(self._keys)
        card.column.addLayout(tips)
        rule = QFrame()
        rule.setProperty("k", "rule")
        card.column.addWidget(rule)
        self.area = scrolled("versions_area")
        card.column.addWidget(self.area, 1)
        self.later = Button(theme, "", "", "clock")
        self.later.setObjectName("decide_later_button")
        self._stays = text("", "small", wrap=True)
        self.previous = Button(theme, "", "", "arrow-left")
        self.previous.setObjectName("previous_versions_button")
        self.save = Button(theme, "", "primary", "check")
        self.save.setObjectName("save_versions_button")
        buttons = QHBoxLayout()
        buttons.addWidget(self.later)
        buttons.addWidget(self._stays, 1)
        buttons.addWidget(self.previous)
        buttons.addWidget(self.save)
        column = self._column = QVBoxLayout(self)
        column.addLayout(head)
        column.addWidget(self._count)
        column.addWidget(self._what)
        column.addWidget(card, 1)
        column.addLayout(buttons)

    # -- showing --------------------------------------------------------------------------------------------

    def reload(self) -> None:
        """Read what waits; keeps the record in sight if it still waits."""
        before = self._now()
        found = deciding.conflicts(self._context.ws)
        self._records = [list(each) for _key, each in groupby(found, key=lambda each: (each.entity, each.record))]
        same = [n for n, each in enumerate(self._records) if before and each[0].record == before[0].record]
        self._at = same[0] if same else min(self._at, max(len(self._records) - 1, 0))
        self._show()

    def _now(self) -> list[Conflict]:
        return self._records[self._at] if self._at < len(self._records) else []

    def _show(self) -> None:
        conflicts = self._now()
        body = QWidget()
        body.setProperty("k", "sheet")
        column = QVBoxLayout(body)
        column.setContentsMargins(4, 4, 8, 4)
        column.setSpacing(self._context.theme.space(10))
        names = exchanging.writers(self._context.ws) if conflicts else {}
        self.rows = [VersionRow(self._context, each, names) for each in conflicts]
        for number, row in enumerate(self.rows):
            row.changed.connect(self._counted)
            row.moved.connect(lambda step, number=number: self._go(number + step))
            self._direct(row)
            column.addWidget(row)
        if not conflicts:
            column.addWidget(text(_("Nothing waits for a decision."), "h2", wrap=True))
        column.addStretch(1)
        swap_body(self.area, body)
        for button in (self.save, self.later):
            button.setEnabled(bool(conflicts))
        self.previous.setEnabled(self._at > 0)
        self._words()
        self._counted()

    def _words(self) -> None:
        conflicts = self._now()
        if not conflicts:
            self._name.setText(_("Two versions"))
            self._what.setText("")
            return
        first = conflicts[0]
        title = query.title(self._context.ws, first.entity, first.record)
        self._name.setText(_("Two versions: {title}", title=title or kind_of(first.entity, 1)))
        place = _("Record {n} of {all}.", n=self._at + 1, all=len(self._records))
        same = _("{kind} changed here and elsewhere. What was read is saved, nothing is lost.",
                 kind=kind_of(first.entity, 1))  # fmt: skip
        self._what.setText(f"{place} {same}")

    def _counted(self) -> None:
        chosen, total = sum(row.chosen for row in self.rows), len(self.rows)
        words = _("{n} of {all} fields chosen", n=chosen, all=total) if total else ""
        self._count.show_state("ok" if chosen == total else "warn", words)

    def _direct(self, row: VersionRow) -> None:
        direction = QBoxLayout.Direction.TopToBottom if self._narrow else QBoxLayout.Direction.LeftToRight
        row.row.setDirection(direction)
        row.row.setSpacing(self._context.theme.space(12))

    # -- doing ----------------------------------------------------------------------------------------------

    def _go(self, number: int) -> None:
        if 0 <= number < len(self.rows):
            self.rows[number].take_focus()
            self.area.ensureWidgetVisible(self.rows[number])
        elif number >= len(self.rows):
            self.save.setFocus(Qt.FocusReason.OtherFocusReason)

    def _step(self, step: int) -> None:
        self._at = min(max(self._at + step, 0), max(len(self._records) - 1, 0))
        self._show()
        self._go(0)

    def save_and_next(self) -> None:
        """Settle what was chosen and go on; the rest stays listed."""
        if any(row.unread() for row in self.rows if row.chosen):
            return
        chosen = [(row.conflict.id, *row.answer()) for row in self.rows if row.chosen]
        self._saving = True
        try:
            for conflict, take, value in chosen:
                deciding.resolve(self._context.ws, conflict, take, value)
        except ProgressusError as failure:
            self._context.notify.error(failure)
        finally:
            self._saving = False
        self._after(settled=len(chosen))

    def _after(self, *, settled: int) -> None:
        before, at = self._now(), self._at
        self.reload()
        if not self._records:
            words = ngettext("{n} value was settled", "{n} values were settled", settled)
            self._context.notify.banner("ok", words, _("The other versions stay in the history."), key="exchange")
            self._back()
            return
        if settled:
            self._context.notify.announce(ngettext("{n} value was settled", "{n} values were settled", settled))
        if before and self._now() and self._now()[0].record == before[0].record:
            self._at = (at + 1) % len(self._records)  # what was left open waits; the next record comes
            self._show()
        self._go(0)

    def _committed(self, _done: Committed) -> None:
        if self.isVisible() and not self._saving and not any(row.chosen for row in self.rows):
            self.reload()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Escape decides later."""
        if event.key() == Qt.Key.Key_Escape:
            self._back()
        else:
            super().keyPressEvent(event)

    # -- what the shell asks --------------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return _("Two versions")

    def actions_here(self) -> dict[str, Callable[[], Any]]:
        """Ctrl+G saves and goes on."""
        return {"ready": self.save_and_next} if self.rows else {}

    def first_focus(self) -> QWidget:
        """The first field; the list is read again."""
        self.reload()
        return self.rows[0].sides[0] if self.rows else self.back_button

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        return (self.rows[0].sides[0], self.save) if self.rows else (self.back_button,)

    def relayout(self, logical_width: int) -> None:
        """Sides one below the other where there is little room."""
        self._narrow = logical_width < COMPACT
        direction = QBoxLayout.Direction.TopToBottom if self._narrow else QBoxLayout.Direction.LeftToRight
        self._tips.setDirection(direction)
        for part in (self._stays, self._keys, self._what, self.previous):
            part.setVisible(not self._narrow)
        self._restyle()

    def _restyle(self) -> None:
        theme = self._context.theme
        theme.frame_page(self._column)
        for row in self.rows:
            self._direct(row)

    def retranslate(self) -> None:
        """Make all words again."""
        self.back_button.set_text(_("&Back"))
        self._hint.setText(
            _("Choose a side for each field, or correct the result. The other version stays in the history.")
        )
        self._keys.setText(_("↑ ↓ field · ← → side · Enter corrects"))
        self.later.set_text(_("Decide &later"))
        self._stays.setText(_("It stays listed. Work goes on."))
        self.previous.set_text(_("&Previous"))
        self.save.set_text(_("&Save and next"))
        self.save.setToolTip("Ctrl+G")
        self.reload()
        self._restyle()

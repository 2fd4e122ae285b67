"""The sections of a form: the list beside it, the title above it, the ways on below it, and "more fields"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from PySide6.QtCore import QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from progressus_desktop.domain.fields import Entity, Problem
from progressus_desktop.domain.values import empty
from progressus_desktop.gui import forms
from progressus_desktop.gui.binder import Binder, first_stop
from progressus_desktop.gui.parts import Button, plain, speak_for, text
from progressus_desktop.gui.sectionlist import SectionList
from progressus_desktop.gui.sectionstates import state_of
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _, ngettext

Listed = Mapping[str, Mapping[str, int]]
"""By section and record type: how many records a list on the form shows."""


class _Steps(QWidget):
    """Buttons to the sections before and after."""

    resized = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        super().resizeEvent(event)
        self.resized.emit()


class Sections(QObject):
    """Owns what surrounds the form's stack. ``chosen`` asks for a section; the page ends its visit first."""

    chosen = Signal(int)

    def __init__(self, theme: Theme, entity: Entity, binder: Binder) -> None:
        super().__init__(binder)
        self._theme, self._entity, self._binder = theme, entity, binder
        self._compact = False
        self._open: dict[str, bool] = {}
        self._filled: dict[str, int] = {}
        self.list = SectionList(theme)
        self._several = len(entity.sections) > 1
        if not self._several:
            self.list.hide()
        self.list.chosen.connect(self.chosen)
        self._make_top()
        self._make_bottom()
        self._make_compact()
        for button, section in self._more():
            button.clicked.connect(lambda _checked=False, name=section: self.toggle(name))

    def _make_top(self) -> None:
        self.top = QWidget()
        row = QHBoxLayout(self.top)
        row.setContentsMargins(0, 0, 0, 0)
        self.title, self.hint = text("", "h2"), text("", "small", wrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.title)
        row.addWidget(self.hint, 1)

    def _make_bottom(self) -> None:
        self.bottom = _Steps()
        self.bottom.resized.connect(self._show_keys)
        column = QVBoxLayout(self.bottom)
        column.setContentsMargins(0, 0, 0, 0)
        rule = QFrame()
        rule.setProperty("k", "rule")
        column.addWidget(rule)
        row = QHBoxLayout()
        self.previous = Button(self._theme, "", "", "arrow-left")
        self.next = Button(self._theme, "", "", "arrow-right", after=True)
        self._previous_key, self._next_key = text("Ctrl+PageUp", "small"), text("Ctrl+PageDown", "small")
        self.extra = Button(self._theme, "", "", "repeat")
        self.extra.setObjectName("extra_button")
        for widget in (self.previous, self._previous_key, self.extra):
            row.addWidget(widget)
        self.extra.hide()
        row.addStretch(1)
        for widget in (self._next_key, self.next):
            row.addWidget(widget)
        column.addLayout(row)
        self.previous.setObjectName("previous_section_button")
        self.next.setObjectName("next_section_button")
        self.previous.clicked.connect(lambda: self.chosen.emit(self.current() - 1))
        self.next.clicked.connect(lambda: self.chosen.emit(self.current() + 1))
        if not self._several:
            self.bottom.hide()

    def _make_compact(self) -> None:
        self.compact = QWidget()
        row = self._compact_row = QHBoxLayout(self.compact)
        row.setContentsMargins(0, 0, 0, 0)
        self.combo = QComboBox()
        self.combo.setObjectName("section_combo")
        self.combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.combo.activated.connect(self.chosen)
        self.back_button = Button(self._theme, "", "", "arrow-left")
        self.on_button = Button(self._theme, "", "", "arrow-right", after=True)
        self.back_button.clicked.connect(lambda: self.chosen.emit(self.current() - 1))
        self.on_button.clicked.connect(lambda: self.chosen.emit(self.current() + 1))
        row.addWidget(self.combo, 1)
        row.addWidget(self.back_button)
        row.addWidget(self.on_button)
        self.compact.hide()

    # -- more fields --------------------------------------------------------------------------------------------

    def _more(self) -> list[tuple[QPushButton, str]]:
        found = []
        for section in self._entity.sections:
            button = self._binder.form.findChild(QPushButton, f"{section.name}_more_button")
            if button is not None:
                found.append((button, section.name))
        return found

    def _box(self, section: str) -> QWidget | None:
        return self._binder.form.findChild(QWidget, f"{section}_more")

    def close_more(self, values: Mapping[str, Any]) -> None:
        """Show "more fields" as the person left it last; its button says how many of them are filled in."""
        for _button, section in self._more():
            more = [field.name for field in self._entity.fields if field.more and field.section == section]
            self._filled[section] = sum(1 for name in more if not empty(values.get(name)))
            self._show_more(section, shown=self._open.get(section, False))

    def open_where(self, problems: Sequence[Problem]) -> None:
        """A field with a problem is never hidden."""
        for problem in problems:
            field = self._entity.field(problem.field)
            if field.more:
                self._show_more(field.section, shown=True)

    def toggle(self, section: str) -> None:
        """Open or close "more fields"; the choice is remembered while the program runs."""
        box = self._box(section)
        if box is not None:
            shown = box.isHidden()
            self._open[section] = shown
            self._show_more(section, shown=shown)
            if shown:
                first = next((f.name for f in self._entity.fields if f.more and f.section == section), "")
                QTimer.singleShot(0, self, lambda: self.reveal(first))

    def _show_more(self, section: str, *, shown: bool) -> None:
        box = self._box(section)
        if box is None:
            return
        box.setVisible(shown)
        button = next(each for each, name in self._more() if name == section)
        words = str(self._binder.form.property(f"{button.objectName()}_words") or _("More fields"))
        filled = self._filled.get(section, 0)
        if shown:
            words = _("Fewer fields")
        elif filled:
            words = ngettext("{words} ({n} filled in)", "{words} ({n} filled in)", filled, words=words)
        button.setText(f" {words}")
        button.setAccessibleName(plain(words))
        button.setIcon(self._theme.icon("chevron-up" if shown else "chevron-down", "text"))

    # -- moving -------------------------------------------------------------------------------------------------

    def current(self) -> int:
        """Number of the section in sight."""
        return self._binder.sections.currentIndex()

    def show(self, number: int) -> None:
        """Show a section from its beginning."""
        self._binder.sections.setCurrentIndex(number)
        page = self._binder.sections.currentWidget()
        if isinstance(page, QScrollArea):
            page.verticalScrollBar().setValue(0)
        self.list.mark(number)
        self.combo.setCurrentIndex(number)
        self._words()
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        """Lay the section out anew: one dressed in another text size while it was hidden keeps its old places."""
        page = self._binder.sections.currentWidget()
        body = page.widget() if isinstance(page, QScrollArea) else None
        layout = body.layout() if body is not None else None
        if layout is not None:
            layout.invalidate()
            layout.activate()
        now = body.focusWidget() if body is not None else None
        if isinstance(page, QScrollArea) and now is not None and now.hasFocus():
            port = page.viewport()
            if 0 < now.mapTo(port, QPoint(0, 0)).y() < port.height():  # cut at the lower edge, not far below
                page.ensureWidgetVisible(now, 0, self._theme.px(8))

    def reveal(self, name: str) -> None:
        """Scroll to a field with its label."""
        page = self._binder.sections.currentWidget()
        widget = self._binder.widgets.get(name)
        if isinstance(page, QScrollArea) and widget is not None:
            top = widget.mapTo(page.widget(), QPoint(0, 0)).y()
            page.ensureVisible(0, max(top - self._theme.px(30), 0), 0, 0)
            page.ensureWidgetVisible(widget, 0, self._theme.px(8))

    def go_to(self, name: str) -> None:
        """Bring a field into sight."""
        field = self._entity.field(name)
        if field.more:
            self._show_more(field.section, shown=True)
        QTimer.singleShot(0, self, lambda: self.reveal(name))

    def first_focus(self) -> QWidget | None:
        """The first control of the section in sight that takes the focus."""
        page = self._binder.sections.currentWidget() or self._binder.form
        for field in self._entity.fields:
            widget = self._binder.widgets.get(field.name)
            if widget is not None and page.isAncestorOf(widget) and widget.isVisibleTo(page):
                return first_stop(widget)
        found = forms.lists_of(page)
        return first_stop(found[0]) if found else None

    # -- words ----------------------------------------------------------------------------------------------------

    def _name(self, number: int) -> str:
        several = len(self._entity.sections) > 1
        label = _(self._entity.sections[number].label)
        return f"{number + 1}. {label}" if several else label

    def show_states(
        self, values: Mapping[str, Any], problems: Sequence[Problem], listed: Listed, begun: AbstractSet[str]
    ) -> None:
        """State of each section in the list and in the combo; ``begun`` ones lack something not said yet."""
        rows = []
        for number, section in enumerate(self._entity.sections):
            here = listed.get(section.name, {})
            kind, words = state_of(self._entity, section, values, problems, here, begun=section.name in begun)
            rows.append((self._name(number), kind, words))
        self.list.show_rows(rows)
        self.list.mark(self.current())
        self.combo.blockSignals(True)
        self.combo.clear()
        for number, (name, _kind, words) in enumerate(rows):
            place = {"n": number + 1, "all": len(rows)}
            self.combo.addItem(_("{name} – {state} ({n} of {all})", name=name, state=words, **place))
        self.combo.setCurrentIndex(self.current())
        self.combo.blockSignals(False)

    def _words(self) -> None:
        now, last = self.current(), len(self._entity.sections) - 1
        section = self._entity.sections[now]
        self.title.setText(self._name(now))
        self.hint.setText(self._hint(section.name))
        self.hint.setVisible(bool(self.hint.text()) and not self._compact)
        names = [_(each.label) for each in self._entity.sections]
        for button, number in ((self.previous, now - 1), (self.next, now + 1)):
            there = 0 <= number <= last
            button.setVisible(there)
            if there:
                button.set_text(names[number])
                button.setAccessibleName(_("Section {name}", name=names[number]))
        self._show_keys()
        self.back_button.setEnabled(now > 0)
        self.on_button.setEnabled(now < last)

    def _show_keys(self) -> None:
        """The keys stand beside the buttons where there is room for them."""
        pairs = ((self.previous, self._previous_key), (self.next, self._next_key))
        shown = [each for pair in pairs for each in pair if not pair[0].isHidden()]
        shown += [] if self.extra.isHidden() else [self.extra]
        gap = self._theme.space(8)
        fits = sum(each.sizeHint().width() + gap for each in shown) <= self.bottom.width()
        for button, key in pairs:
            key.setVisible(fits and not button.isHidden() and not self._compact)

    def _hint(self, section: str) -> str:
        fields = [each for each in self._entity.fields if each.section == section]
        short = [each for each in fields if not each.more]
        if len(short) < len(fields) and section in {"basics", "data"} and len(self._entity.sections) > 1:
            return _("Short card: {n} fields are enough to begin with", n=len(short))
        first = short[0] if short else None
        shown_at_field = first is not None and self._binder.form.findChild(QWidget, f"{first.name}_hint") is not None
        return _(first.help) if first is not None and first.help and not shown_at_field else ""

    def retitle(self, taken: Sequence[str]) -> None:
        """All words again; ``taken`` are the mnemonics of the head."""
        self._binder.retranslate([*taken])
        speak_for(self.combo, _("Section"))
        for button, words in ((self.back_button, _("Previous")), (self.on_button, _("Next"))):
            button.set_text(words)
        for _button, section in self._more():
            box = self._box(section)
            if box is not None:
                self._show_more(section, shown=not box.isHidden())
        self._words()

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """A combo with two buttons instead of the list."""
        several = self._several
        self._compact = compact
        self.list.setVisible(several and not compact)
        self.compact.setVisible(several and compact)
        self.bottom.setVisible(several and not compact)
        self.top.setVisible(not compact)
        self._words()

    def restyle(self) -> None:
        """Take sizes from the theme."""
        self.list.set_compact(False)
        for _button, section in self._more():
            box = self._box(section)
            if box is not None:
                self._show_more(section, shown=not box.isHidden())

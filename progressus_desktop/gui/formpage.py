"""The form of one record: head, sections one at a time, autosave. Esc goes back to where one came from."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop.domain import indicator
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import Problem
from progressus_desktop.domain.records import Committed
from progressus_desktop.domain.validation import field_problems
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui import forms
from progressus_desktop.gui.autosave import Autosave
from progressus_desktop.gui.beside import Beside
from progressus_desktop.gui.binder import Binder
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.enterkey import EnterKey
from progressus_desktop.gui.formacts import FormActs
from progressus_desktop.gui.formhead import FormHead
from progressus_desktop.gui.recordlist import counts_of
from progressus_desktop.gui.sections import Sections
from progressus_desktop.gui.visit import Visit
from progressus_desktop.gui.widths import BESIDE, COMPACT, FULL
from progressus_desktop.services import monthly
from progressus_desktop.words import _


class FormPage(QWidget):
    """One for each record type; it is shown with one record after another."""

    closed = Signal()
    open_asked = Signal(str, str, object)
    """Open another form over this one: type, id (empty for a new record), preset values."""
    history_asked = Signal(str, str)
    print_asked = Signal(str, str)
    """Make a document: its kind and the record's id."""

    def __init__(self, context: Context, entity: str, parent: QWidget | None = None) -> None:
        """A page that :meth:`make` fills; until that has ended it is nothing but a place."""
        super().__init__(parent)
        self._context = context
        self.entity = ENTITIES[entity]
        self.setObjectName(f"{entity}_form_page")
        self._card = QFrame(self)
        self._card.setProperty("k", "card")
        self._checked: set[str] = set()
        self._found: Sequence[Problem] = ()
        self._narrow, self._wide = False, True

    def make(self) -> Iterator[None]:
        """Make what the page holds in pieces short enough for a window at work."""
        context, entity = self._context, self.entity.name
        # inside its frame from the start: the style sheet is worked out once, not at each new parent
        self.form = yield from forms.loading(entity, self._card)
        self.binder = Binder(context, entity, self.form)
        yield from self.binder.bind()
        self.lists: list[Any] = forms.lists_of(self.form)
        for each in self.lists:
            each.bind(context)
            each.open_asked.connect(self._open_other)
            if hasattr(each, "counted"):
                each.counted.connect(self._show_states)
            yield
        self.binder.order_tabs()
        yield
        for row in forms.rows_of(self.form):
            for number in range(row.count()):
                group = row.itemAt(number)
                layout = group.layout() if group is not None else None
                if isinstance(layout, QVBoxLayout) and not layout.expandingDirections() & Qt.Orientation.Vertical:
                    layout.addStretch(1)  # a problem under one field must not push down the labels beside it
        self.head = FormHead(context.theme, entity, self.entity.plural)
        self.sections = Sections(context.theme, self.entity, self.binder)
        self.autosave = Autosave(context, self.binder, self.head)
        self.acts = FormActs(context, self)
        yield
        self.beside = Beside(context, self.entity, self.binder)
        yield
        self._build()
        self._connect()

    def _build(self) -> None:
        column = self._column = QVBoxLayout(self)
        column.addWidget(self.head)
        column.addWidget(self.sections.compact)
        middle = self._middle = QHBoxLayout()
        middle.addWidget(self.sections.list)
        inside = self._inside = QVBoxLayout(self._card)
        inside.addWidget(self.sections.top)
        inside.addWidget(self.form, 1)
        inside.addWidget(self.sections.bottom)
        middle.addWidget(self._card, 1)
        for panel in self.beside.panels():
            middle.addWidget(panel)
        column.addLayout(middle, 1)
        self.restyle()

    def _connect(self) -> None:
        self.binder.left.connect(self._left)
        self.autosave.kept.connect(self._show_name)
        self.autosave.idle.connect(self.end_visit)
        self.sections.chosen.connect(self.show_section)
        self.sections.extra.clicked.connect(self.acts.repeat)
        self.acts.listen()
        self.head.asked.connect(self.acts.by_head)
        self.head.print_asked.connect(self.acts.print)
        self._context.bus.committed.connect(self._committed)
        self._context.theme.changed.connect(self.restyle)
        EnterKey(self)

    # -- opening and leaving ---------------------------------------------------------------------------------

    @property
    def visit(self) -> Visit:
        """The visit to the record in the form."""
        return self.autosave.visit

    def open(self, record_id: str, preset: Mapping[str, Any] | None = None) -> None:
        """Show a record, or an empty form for a new one."""
        visit = Visit(self._context.ws, self.entity.name, record_id, preset)
        self.autosave.begin(visit)
        self._checked = set() if visit.is_new else {section.name for section in self.entity.sections}
        self.binder.show(visit.values())
        for each in self.lists:
            each.show_record("" if visit.is_new else visit.id)
        self.sections.close_more(visit.values())
        self.acts.lock()
        self.sections.show(0)
        self.retranslate()

    def record_id(self) -> str:
        """Id of the record in the form, empty for one that was never kept."""
        return self.visit.id

    def leave(self) -> None:
        """End the visit: what was typed becomes one change.

        Raises:
            ProgressusError: it could not be saved; it is kept in memory and tried again.
        """
        self._end()
        self._show_state()

    def _end(self) -> None:
        for each in self.lists:
            if hasattr(each, "tidy"):
                each.tidy()
        was_new = self.visit.is_new
        self.autosave.end()
        if was_new and not self.visit.is_new:
            for each in self.lists:
                each.show_record(self.visit.id)

    def end_visit(self, *, show: bool = True) -> bool:
        """End the visit; False if it could not be saved, which is shown. Who shows the state anyway says so."""
        try:
            (self.leave if show else self._end)()
        except ProgressusError as failure:
            self.autosave.failed(failure)
            return False
        return True

    def close_form(self) -> None:
        """End the visit and go back."""
        if self.end_visit():
            self.closed.emit()

    def _open_other(self, entity: str, record_id: str, preset: object) -> None:
        if self.end_visit():
            self.open_asked.emit(entity, record_id, preset)

    def reload(self) -> None:
        """Show the record as it is stored now."""
        self.visit.refresh()
        self._show_state()

    # -- what is shown ---------------------------------------------------------------------------------------

    def _left(self, name: str) -> None:
        self.autosave.keep(name)
        if self.entity.field(name).section in self._checked:
            self._show_problems()
            self._show_name()
        else:
            value = self.visit.values().get(name)
            bad = [each for each in field_problems(self.entity.field(name), value) if each.code != "required"]
            self.binder.mark_one(name, bad)
            self._show_states()
            self._show_name()
        self.binder.say(name)

    def _show_name(self) -> None:
        values = self.visit.values()
        shown = " ".join(str(values[name]) for name in self.entity.title if isinstance(values.get(name), str))
        by_name = (self.entity.coded or self.entity.has("code")) and self.entity.name != "contact"
        record = self.visit.record
        # what was typed and is not saved yet counts: a problem that was mended must not be told any more
        now = dataclasses.replace(record, problems=tuple(self._found)) if record is not None else None
        if self.entity.name == monthly.NAME:
            shown = monthly.title(values)
        if self.entity.name == indicator.NAME:
            shown, _unit = indicator.words_of(values)
        self.head.show_record(shown if shown and by_name else _(self.entity.label), now)

    def _show_state(self) -> None:
        repeats = self.entity.name == "event" and self.visit.record is not None and self.sections.current() == 0
        self.sections.extra.setVisible(repeats)
        self.beside.show_for(self.entity.sections[self.sections.current()].name, self._wide)
        self._show_problems()
        self._show_name()

    def _show_problems(self) -> None:
        seen = self._show_states()
        self.binder.mark(seen)
        self.sections.open_where(seen)

    def _show_states(self) -> list[Problem]:
        """How far each section is; gives the problems of those that were left once."""
        self._found = self.visit.problems()
        found = [each for each in self._found if self.entity.has(each.field)]
        seen = [each for each in found if self.entity.field(each.field).section in self._checked]
        begun = {self.entity.field(each.field).section for each in found} - self._checked
        self.sections.show_states(self.visit.values(), seen, counts_of(self.lists, forms.section_of), begun)
        return seen

    def check_all(self) -> None:
        """Show the problems of every section, also of those not visited yet."""
        self._checked = {section.name for section in self.entity.sections}
        self._show_problems()

    def _committed(self, done: Committed) -> None:
        if not self.isVisible():
            return
        if any(record == self.visit.id for _entity, record in done.records) and not self.visit.pending:
            # a change from elsewhere (undo, another form) is shown, unless something is being typed here
            self.visit.refresh()
            self.binder.show(self.visit.values())
        self._show_state()

    # -- sections --------------------------------------------------------------------------------------------

    def show_section(self, number: int) -> None:
        """Leave the section in sight (its visit ends, its rules are checked) and show another."""
        before = self.sections.current()
        if number == before or not 0 <= number < len(self.entity.sections):
            return
        self._checked.add(self.entity.sections[before].name)
        by_list = self.sections.list.hasFocus()
        self.end_visit(show=False)
        self.sections.show(number)
        self.sections.retitle(self.head.letters())
        self._show_state()
        first = self.sections.first_focus()
        if first is not None and not by_list:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to(self, name: str) -> None:
        """Show a field and put the focus there."""
        section = self.entity.field(name).section
        self.show_section(next(n for n, each in enumerate(self.entity.sections) if each.name == section))
        self.sections.go_to(name)
        self.binder.focus(name)

    def undo_step(self) -> bool:
        """Ctrl+Z: the newest field of this visit; False if there is none."""
        name = self.autosave.step_back()
        if not name:
            return False
        self.sections.go_to(name)
        self._show_state()
        return True

    # -- keys ------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc restores the field, then goes back; Ctrl+' takes the value from the record before."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Escape:
            if not self.autosave.restore_field():
                self.close_form()
        elif control and event.key() == Qt.Key.Key_Apostrophe:
            self.acts.take_from_previous()
        else:
            super().keyPressEvent(event)

    # -- as a page -------------------------------------------------------------------------------------------

    def help_topic(self) -> str:
        """The section in sight: each has its chapter in the manual."""
        return f"{self.entity.name}.{self.entity.sections[self.sections.current()].name}"

    def title(self) -> str:
        """The page's name."""
        return _(self.entity.plural)

    def first_focus(self) -> QWidget:
        """The first field of the section in sight."""
        return self.sections.first_focus() or self.head.back

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        first = self.first_focus()
        return (self.head.back, self.sections.list, first) if self.sections.list.isVisibleTo(self) else (first,)

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of this page."""
        return self.acts.here()

    def relayout(self, logical_width: int) -> None:
        """Sections beside the form, or above it in one column (design-language.md, section 3.1)."""
        self._narrow = logical_width < COMPACT
        self._wide = logical_width >= BESIDE
        self.head.set_compact(self._narrow)
        self.sections.set_compact(self._narrow)
        self.sections.list.set_narrow(logical_width < FULL)
        stacked = logical_width < BESIDE  # the sections beside a form leave too little room for fields side by side
        way = QBoxLayout.Direction.TopToBottom if stacked else QBoxLayout.Direction.LeftToRight
        for row in forms.rows_of(self.form):
            row.setDirection(way)
        self.binder.set_narrow(stacked)
        for each in self.lists:
            each.set_narrow(stacked)
        self._show_state()

    def restyle(self) -> None:
        """Take sizes and colours from the theme again."""
        theme = self._context.theme
        side = theme.space(14 if self._narrow else 20)
        self._column.setContentsMargins(side, theme.space(5), side, theme.space(8))
        self._column.setSpacing(theme.space(6))
        self._middle.setSpacing(theme.space(12))
        margin = theme.space(12 if self._narrow else 18)
        self._inside.setContentsMargins(margin, theme.space(8), margin, theme.space(8))
        self._inside.setSpacing(theme.space(6))
        self.head.retranslate()
        self.binder.dress()
        for each in self.lists:
            each.dress(theme)
        self.sections.restyle()
        self.beside.restyle()
        self._measured = self.isVisible()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """What was dressed anew out of sight is measured now."""
        super().showEvent(event)
        if not self._measured:
            self._measured = True
            forms.measure_again(self.form)

    def retranslate(self) -> None:
        """Make all words again."""
        self.head.retranslate()
        self._show_name()
        self.sections.extra.set_text(_("Repeat the event"))
        self.sections.retitle(self.head.letters())
        for each in self.lists:
            each.retranslate()
        self.beside.retranslate()
        self._show_state()

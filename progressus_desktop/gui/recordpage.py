"""One page for each record type: its list, and the forms and histories opened from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.formpage import FormPage
from progressus_desktop.gui.historypage import HistoryPage
from progressus_desktop.gui.listpage import ListPage
from progressus_desktop.gui.printing import print_document
from progressus_desktop.gui.saving import ask_source
from progressus_desktop.gui.soon import Pieces
from progressus_desktop.gui.stagingpage import StagingPage
from progressus_desktop.words import _

_NONE = ("", "")
_AHEAD_MS = 200


class RecordPage(QWidget):
    """The list stays as it was while a record is open; Esc comes back to the same row, step by step."""

    def __init__(self, context: Context, entity: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context, self._entity = context, entity
        self.setObjectName(f"{entity}_page")
        self._width = 1366
        self._trail: list[tuple[str, str]] = []
        self._forms: dict[str, Any] = {}
        self._history: HistoryPage | None = None
        self._staging: StagingPage | None = None
        self._from_list = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        self.list = self.front()
        self.stack.addWidget(self.list)
        self._making: dict[str, Iterator[None]] = {}
        self._ahead = Pieces(self, _AHEAD_MS, self._make(entity))
        context.bus.closing.connect(self._ahead.stop)
        self.list.open_record.connect(self.open)
        self.list.new_record.connect(self.new)
        self.list.add_contact.connect(lambda record: self.open(record, "log"))
        self.list.history_asked.connect(lambda record: self._show_history(entity, record))

    def front(self) -> Any:
        """What stands in front of the forms: the list."""
        page = ListPage(self._context, self._entity)
        page.import_asked.connect(self.ask_table)
        return page

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Make the form while nobody needs the window, so that Enter opens it at once."""
        super().showEvent(event)
        if self._entity not in self._forms:
            self._ahead.start()

    # -- forms ----------------------------------------------------------------------------------------------

    def form(self, entity: str) -> Any:
        """The form of a record type, made when it is first needed; of one begun ahead the rest is made."""
        if entity not in self._forms:
            for _piece in self._make(entity):
                pass
        return self._forms[entity]

    def _make(self, entity: str) -> Iterator[None]:
        """What is still to be done until the form of a record type is there, in pieces; always the same."""
        if entity not in self._making:
            self._making[entity] = self._pieces(entity)
        return self._making[entity]

    def _pieces(self, entity: str) -> Iterator[None]:
        made = self._page(entity)
        if isinstance(made, FormPage):
            yield from made.make()
        made.closed.connect(self._back)
        made.open_asked.connect(self.show_over)
        made.history_asked.connect(self._show_history)
        made.print_asked.connect(lambda kind, record: print_document(self._context, self, kind, record))
        yield
        made.relayout(self._width)
        self._forms[entity] = made
        self.stack.addWidget(made)

    def _page(self, entity: str) -> Any:
        """The page for the form of a record type; participants have their list instead."""
        if entity != "participant":
            return FormPage(self._context, entity, self.stack)
        from progressus_desktop.gui.pages_named import NamedListPage

        return NamedListPage(self._context, self.stack)

    def open(self, record_id: str, section: str = "") -> None:
        """Open a record of this page's type."""
        self._leave_form()
        self._trail = []
        self._open(self._entity, record_id, {}, section)

    def go_to(self, place: str) -> None:
        """Go to a field, or to a section, of the form in sight."""
        form = self.stack.currentWidget()
        if not isinstance(form, FormPage):
            return
        names = [section.name for section in form.entity.sections]
        if form.entity.has(place):
            form.go_to(place)
        elif place in names:
            form.show_section(names.index(place))

    def new(self) -> None:
        """An empty form."""
        self._leave_form()
        self._trail = []
        self._open(self._entity, "", {})

    def show_over(self, entity: str, record_id: str, preset: object) -> None:
        """Open another record, or a list, over the form in sight; Esc comes back."""
        now = self._here()
        if now != _NONE:
            self._trail.append(now)
        self._open(entity, record_id, preset if isinstance(preset, dict) else {})

    def _open(self, entity: str, record_id: str, preset: Mapping[str, Any], section: str = "") -> None:
        form = self.form(entity)
        form.open(record_id, preset)
        self.stack.setCurrentWidget(form)
        if section:
            names = [each.name for each in ENTITIES[entity].sections]
            form.show_section(names.index(section) if section in names else 0)
        form.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _here(self) -> tuple[str, str]:
        page = self.stack.currentWidget()
        return (page.entity.name, page.record_id()) if isinstance(page, FormPage) else _NONE

    def _back(self) -> None:
        before = self._trail.pop() if self._trail else None
        if before is not None and before[1]:
            number = self.form(before[0]).sections.current()
            self.form(before[0]).open(before[1])
            self.form(before[0]).show_section(number)
            self.stack.setCurrentWidget(self.form(before[0]))
            self.form(before[0]).first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            entity, left = self._here()
            record = left if entity == self._entity else ""
            self.stack.setCurrentWidget(self.list)
            self.list.show_at(record)
        self._tell()

    def _show_history(self, entity: str, record_id: str) -> None:
        if self._history is None:
            self._history = HistoryPage(self._context)
            self._history.closed.connect(self._leave_history)
            self.stack.addWidget(self._history)
            self._history.relayout(self._width)
        self._from_list = self.stack.currentWidget() is self.list
        self._history.open(entity, record_id, from_list=self._from_list)
        self.stack.setCurrentWidget(self._history)
        self._history.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _leave_history(self, entity: str, record_id: str) -> None:
        if self._from_list:
            self.stack.setCurrentWidget(self.list)
            self.list.show_at(record_id)
        else:
            self._open(entity, record_id, {})
        self._tell()

    # -- tables -----------------------------------------------------------------------------------------------

    def ask_table(self) -> None:
        """Ask for the file of a table to take in."""
        kinds = ";;".join((_("Tables (*.xlsx *.csv *.txt)"), _("All files (*)")))
        ask_source(self, _("Load from Excel"), kinds, self.take_table)

    def take_table(self, file: Path) -> None:
        """Show what a table would change."""
        self.staging().read(file)
        self._tell()

    def staging(self) -> StagingPage:
        """Bring the page of tables into sight; it is made when it is first needed."""
        if self._staging is None:
            self._staging = StagingPage(self._context, self._entity)
            self._staging.closed.connect(self._leave_staging)
            self.stack.addWidget(self._staging)
            self._staging.relayout(self._width)
        self.stack.setCurrentWidget(self._staging)
        return self._staging

    def _leave_staging(self) -> None:
        self.stack.setCurrentWidget(self.list)
        self.list.show_at(self.list.current_id())
        self._tell()

    def _tell(self) -> None:
        """The window's commands follow the page in sight."""
        shell = self.window().findChild(QWidget, "shell")
        if shell is not None and hasattr(shell, "refresh"):
            shell.refresh()

    def _step(self, step: int) -> None:
        """The record before or after in the list, in the same section."""
        form = self.stack.currentWidget()
        if not isinstance(form, FormPage) or form.entity.name != self._entity:
            return
        section = form.sections.current()
        self._leave_form()
        following = self.list.neighbour(form.record_id(), step)
        if following:
            form.open(following)
            form.show_section(section)
            form.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._context.notify.announce(_("There is no further record."))

    # -- as a page of the shell ----------------------------------------------------------------------------------

    def _leave_form(self) -> None:
        page = self.stack.currentWidget()
        if isinstance(page, FormPage):
            page.leave()

    def leave(self) -> None:
        """End the visit to the form in sight.

        Raises:
            ProgressusError: it could not be saved.
        """
        self._leave_form()

    def record_id(self) -> str | None:
        """The record in the form, for coming back after unlocking."""
        entity, record = self._here()
        return record if entity == self._entity and record else None

    def help_topic(self) -> str:
        """What the page in sight is about: the list, a section of a form, a table to take in."""
        topic = getattr(self.stack.currentWidget(), "help_topic", None)
        return str(topic()) if topic is not None else self._entity

    def title(self) -> str:
        """The page's name."""
        return str(self.list.title())

    def first_focus(self) -> QWidget:
        """Where work begins."""
        page: Any = self.stack.currentWidget()
        return page.first_focus()  # type: ignore[no-any-return]  # every page has one

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        page: Any = self.stack.currentWidget()
        return page.areas() if hasattr(page, "areas") else (page,)

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of the page in sight."""
        page: Any = self.stack.currentWidget()
        here = dict(page.actions_here()) if hasattr(page, "actions_here") else {}
        here.setdefault("new", self.new)
        if isinstance(page, FormPage) and page.entity.name == self._entity:
            here["next_record"] = lambda: self._step(1)
            here["previous_record"] = lambda: self._step(-1)
        return here

    def filter_by(self, text: str) -> None:
        """Show the list filtered by a text."""
        self.stack.setCurrentWidget(self.list)
        self.list.filters.text.setText(text)

    def _pages(self) -> tuple[Any, ...]:
        others = (self._history, self._staging)
        return (self.list, *self._forms.values(), *(each for each in others if each is not None))

    def relayout(self, logical_width: int) -> None:
        """Pass the width on."""
        self._width = logical_width
        for page in self._pages():
            page.relayout(logical_width)

    def retranslate(self) -> None:
        """Make all words again; a form out of sight makes its own when it opens."""
        for page in self._pages():
            if not isinstance(page, FormPage) or page is self.stack.currentWidget():
                page.retranslate()

"""The one summary after an exchange (picture 11b): what came, what went, what to do next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from progressus_desktop.clock import local
from progressus_desktop.gui import exchangewords as say
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.exchanger import Exchanger
from progressus_desktop.gui.facttable import Cell, FactTable, State
from progressus_desktop.gui.parts import Banner, Button, Card, IconLabel, StateLine, clear_layout, scrolled, text
from progressus_desktop.gui.saving import open_file
from progressus_desktop.services import deciding, monthly, standing
from progressus_desktop.services.exchanging import Summary
from progressus_desktop.services.reporting_words import capital
from progressus_desktop.services.taskstate import with_weekday
from progressus_desktop.store import query
from progressus_desktop.words import _, ngettext

_PAGES = ("task", "monthly_report", "event", "partner")
"""What came is named in this order: first what the office asks for."""
_MOST_NEXT = 4


class SummaryView(QWidget):
    """Shows one :class:`Summary`."""

    back_asked = Signal()

    def __init__(self, context: Context, exchanger: Exchanger, command: Callable[[str], None]) -> None:
        super().__init__()
        self._context, self._exchanger, self._command = context, exchanger, command
        self._done: Summary | None = None
        self._said = ""
        theme = context.theme
        self.setObjectName("exchange_summary")
        self._name, self._what = text("", "h1"), text("", "small", wrap=True)
        self.back = Button(theme, "", "", "arrow-left")
        self.back.setObjectName("summary_back_button")
        self.undo = Button(theme, "", "", "undo-2", small=True)
        self.undo.setObjectName("undo_import_button")
        self.folder = Button(theme, "", "", "folder-open", small=True)
        self.folder.setObjectName("show_folder_button")
        self.decide = Button(theme, "", "primary", "copy")
        self.decide.setObjectName("summary_decide_button")
        self.came, self.went = FactTable(theme, "came_table", 6), FactTable(theme, "went_table", 6)
        self._came_title, self._went_title, self._next_title = text("", "h2"), text("", "h2"), text("", "h2")
        self._build()
        self.back.clicked.connect(self.back_asked)
        self.undo.clicked.connect(self._take_back)
        self.folder.clicked.connect(self._show_folder)
        self.decide.clicked.connect(lambda: command("versions"))
        theme.changed.connect(self._again)

    def _build(self) -> None:
        theme = self._context.theme
        head = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self._name)
        names.addWidget(self._what)
        head.addLayout(names, 1)
        head.addWidget(self.back, 0, Qt.AlignmentFlag.AlignTop)
        self._banners, self._lines = QVBoxLayout(), QVBoxLayout()
        cards = []
        self._heads: list[QBoxLayout] = []
        for title, button, table in (
            (self._came_title, self.undo, self.came),
            (self._went_title, self.folder, self.went),
        ):
            card = Card(theme)
            row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            row.addWidget(title, 1)
            row.addWidget(button)
            self._heads.append(row)
            card.column.addLayout(row)
            card.column.addWidget(table)
            card.column.addStretch(1)
            cards.append(card)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for card in cards:
            self._halves.addWidget(card, 1)
        following = self._following()
        body = QWidget()
        body.setProperty("k", "page")
        column = self._body = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._banners)
        column.addLayout(self._halves)
        column.addWidget(following)
        column.addStretch(1)
        area = scrolled("summary_area", body)
        outer = self._outer = QVBoxLayout(self)
        outer.addLayout(head)
        outer.addWidget(area, 1)

    def _following(self) -> Card:
        theme = self._context.theme
        following = Card(theme)
        following.column.addWidget(self._next_title)
        first = QHBoxLayout()
        self._question = StateLine(theme, "warn")
        first.addWidget(self._question, 1, Qt.AlignmentFlag.AlignVCenter)
        first.addWidget(self.decide)
        following.column.addLayout(first)
        following.column.addLayout(self._lines)
        return following

    # -- showing --------------------------------------------------------------------------------------------

    def show_summary(self, done: Summary) -> None:
        """Show what one exchange did."""
        self._done = done
        self.undo.setEnabled(bool(done.imported.run))
        self._again()

    def recount(self) -> None:
        """Count again what waits for a decision: some of it is settled by the time a person comes back here."""
        if self._done is not None:
            self._done.open_questions = len(deciding.conflicts(self._context.ws))
            self._again()

    def _again(self) -> None:
        done = self._done
        if done is None:
            return
        self._what.setText(f"{local(done.at_ms):%d.%m.%Y, %H:%M} · {say.place_name(done.folder)}")
        self._show_banners(done)
        came: list[list[Cell]] = [
            [", ".join(part for part in (each.sender, say.package_name(each)) if part), say.done_state(each)]
            for each in done.found
        ]
        self.came.show_rows((_("Read"), _("Result")), came or [(_("No packages here"), "–")], 1)
        went: list[list[Cell]] = [
            [each.to, each.number, State("sent", self._sent(each.changes, each.attachments))] for each in done.packed
        ]
        self.went.show_rows((_("For whom"), _("Number"), _("In the package")), went or [(_("Nobody"), 0, "–")], 2)
        self._show_next(done)

    def _sent(self, changes: int, attachments: int) -> str:
        words = ngettext("{n} change", "{n} changes", changes)
        return words + (", " + ngettext("{n} photo", "{n} photos", attachments) if attachments else "")

    def _show_banners(self, done: Summary) -> None:
        clear_layout(self._banners)
        theme = self._context.theme
        for note in self._exchanger.notes(done, write=True):
            self._banners.addWidget(note)
        if done.imported.left:
            self._said = ngettext("Stopped: {n} package waits", "Stopped: {n} packages wait", len(done.imported.left))
        else:
            self._say_written(done)
        for each in done.found:
            if each.failure is not None and not each.asks:
                title = f"{each.file.name}: {each.failure.message}"
                failed = Banner(theme, "err", title, str(each.failure.hint or ""))
                failed.set_action(_("Read it again"), self._exchanger.run, "rotate-ccw")
                self._banners.addWidget(failed)

    def _say_written(self, done: Summary) -> None:
        title = _("You can take the stick out") if say.on_stick(done.folder) else _("The packages are written")
        at = f"{local(done.at_ms):%d.%m.%Y, %H:%M}"
        words = _("What was written was read again and is whole. Backup from before: {at}.", at=at)
        self._banners.addWidget(Banner(self._context.theme, "ok", title, words))
        self._said = f"{title}. {words}"

    def _show_next(self, done: Summary) -> None:
        clear_layout(self._lines)
        words = ""
        if done.open_questions:
            title = ngettext("{n} value has two versions", "{n} values have two versions", done.open_questions)
            words = f"{title}. {_('Now or later: until then the newer version is shown.')}"
        self._question.show_state("warn", words)
        for each in done.delivered:
            self._line("badge-check", "ok", capital(standing.delivered(each)), each.peer.name)
        named = sorted((_PAGES.index(name), name, each) for name, each in done.imported.records if name in _PAGES)
        shown = 0
        for _place, entity, record in named[:_MOST_NEXT]:
            shown += self._show_came(entity, record)
        rest = len(done.imported.records) - shown
        if rest > 0:
            words = ngettext("{n} more record came", "{n} more records came", rest)
            self._line("circle-check", "ok", words, "")
        stays = say.staying_all(done.staying)
        if stays:
            self._line("hard-drive", "accent", _("What stayed on this laptop"), stays)
        if not self._lines.count():
            self._line("circle-check", "ok", _("Nothing waits for you"), "")
        self.decide.setVisible(bool(done.open_questions))

    def _show_came(self, entity: str, record_id: str) -> bool:
        """A line for a record that came; False if there is nothing to open."""
        record = query.get(self._context.ws, entity, record_id)
        title = query.title(self._context.ws, entity, record_id)
        if record is None or record.deleted or not title:
            return False
        icon, token, words = "circle-check", "ok", say.kind_of(entity, 1)
        if entity == "task" and record.fields.get("origin") == "office":
            icon, token, title = "list-checks", "accent", _("New task from the office: {what}", what=title)
            words = _("Due on {day}", day=with_weekday(record.fields.get("due")))
        elif entity == monthly.NAME:
            icon, token, title = "message-square", "accent", monthly.title(record.fields)
            words = monthly.standing(self._context.ws, record).words
        self._line(icon, token, title, words, (entity, record_id))
        return True

    def _line(self, icon: str, token: str, title: str, words: str, where: tuple[str, str] | None = None) -> None:
        theme = self._context.theme
        row = QHBoxLayout()
        row.addWidget(IconLabel(theme, icon, token, 18), 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(text(title, "h3", wrap=True))
        if words:
            column.addWidget(text(words, "small", wrap=True))
        row.addLayout(column, 1)
        if where is not None:
            link = Button(theme, _("Open"), "link")
            link.setObjectName("came_open_button")
            link.setAccessibleName(_("Open: {title}", title=title))
            link.clicked.connect(lambda _checked=False: self._context.navigate(*where))
            row.addWidget(link)
        self._lines.addLayout(row)

    def spoken(self) -> str:
        """What a screen reader says at the end."""
        return self._said

    # -- doing ----------------------------------------------------------------------------------------------

    def _take_back(self) -> None:
        if self._done is not None and self._done.imported.run:
            self.undo.setEnabled(False)
            self._exchanger.take_back(self._done.imported.run)

    def _show_folder(self) -> None:
        if self._done is not None:
            open_file(self._done.folder)

    def first_focus(self) -> QWidget:
        """What is to be done next."""
        return self.back if self.decide.isHidden() else self.decide

    def relayout(self, *, narrow: bool) -> None:
        """One card above the other where there is little room."""
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._halves.setDirection(direction)
        for head in self._heads:
            head.setDirection(direction)
        theme = self._context.theme
        theme.frame_page(self._outer)
        self._halves.setSpacing(theme.space(12))
        self._body.setSpacing(theme.space(12))

    def retranslate(self) -> None:
        """Make all words again."""
        self._name.setText(_("Data were exchanged"))
        self.back.set_text(_("&Back to the exchange"))
        self.undo.set_text(_("&Take back what came"))
        self.folder.set_text(_("Show the fo&lder"))
        self.decide.set_text(_("&Decide between two versions"))
        self._came_title.setText(_("What came"))
        self._went_title.setText(_("What went"))
        self._next_title.setText(_("What next"))
        self.came.setAccessibleName(_("What came"))
        self.went.setAccessibleName(_("What went"))
        self._again()

"""The laptops of the project: what they confirmed, which packages never came, and the six words to compare."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout

from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui import exchangewords as say
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.facttable import Cell, FactTable, State
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.parts import Button, Card, StateLine, text
from progressus_desktop.gui.printing import say_saved
from progressus_desktop.gui.saving import ask_target, file_name
from progressus_desktop.gui.takeoutdialog import TakeOutDialog
from progressus_desktop.services import erasure, leaving, standing
from progressus_desktop.services.standing import Standing
from progressus_desktop.words import _

_MOST_NUMBERS = 5
Words = tuple[str, ...]
_Read = tuple[list[Standing], dict[int, Words], Words, list[erasure.Progress]]


class LaptopsCard(Card):
    """A table of laptops; the current one shows its words below. ``mail_asked`` names whom to write to."""

    mail_asked = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context.theme)
        self._context = context
        theme = context.theme
        self.found: list[Standing] = []
        self._words: dict[int, Words] = {}
        self._own: Words = ()
        self._title = text("", "h2")
        self.table = FactTable(theme, "laptops_table", 10)
        self._who, self.words = text("", "h3", wrap=True), text("", "h2", wrap=True)
        self.words.setObjectName("six_words")
        self._mine = text("", "small", wrap=True)
        self._make_row()
        self.erasures = StateLine(theme, "sent")
        self.erasures.setObjectName("erasures_line")
        self.protocol = Button(theme, "", "", "file-text", small=True)
        self.protocol.setObjectName("erasure_protocol_button")
        self.forgotten = Button(theme, "", "", "life-buoy", small=True)
        self.forgotten.setObjectName("answer_forgotten_button")
        for part in (self._title, self.table, self.erasures):
            self.column.addWidget(part)
        for button in (self.protocol, self.forgotten):
            self.column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self._who, self.words, self._mine):
            self.column.addWidget(part)
        self.column.addLayout(self._row)
        self.table.selectionModel().currentRowChanged.connect(lambda now, _before: self._moved(now.row()))
        self.same.clicked.connect(self._compared)
        self.mail.clicked.connect(self._mail)
        self.out.clicked.connect(self._ask_out)
        self.back.clicked.connect(lambda _checked=False: self._change(out=False))
        self.protocol.clicked.connect(self._ask_protocol)
        self._at, self._filling = 0, False
        self._erased: list[erasure.Progress] = []

    def _make_row(self) -> None:
        """What can be done about the current laptop."""
        theme = self._context.theme
        self.same = Button(theme, "", "", "badge-check")
        self.same.setObjectName("words_same_button")
        self.mail = Button(theme, "", "", "mail")
        self.mail.setObjectName("laptop_mail_button")
        self.out = Button(theme, "", "", "ban")
        self.out.setObjectName("laptop_out_button")
        self.back = Button(theme, "", "", "rotate-ccw")
        self.back.setObjectName("laptop_back_button")
        row = self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for button in (self.same, self.mail, self.out, self.back):
            row.addWidget(button)
        row.addStretch(1)

    def reload(self) -> None:
        """Read beside the window how everybody stands."""
        ws = self._context.ws

        def work(_progress: Progress) -> _Read:
            found = standing.standings(ws)
            words = {each.peer.number: standing.six_words(ws, each.peer) for each in found if each.joined}
            return found, words, standing.six_words(ws), erasure.progress(ws)

        def done(result: _Read) -> None:
            now = self._current()
            self.found, self._words, self._own, self._erased = result
            same = (at for at, each in enumerate(self.found) if now and each.peer.number == now.peer.number)
            self._at = next(same, 0)
            self._fill()

        def failed(failure: ProgressusError) -> None:
            self._context.notify.error(failure)

        self._context.jobs.start(self, _("Reading the list of laptops"), work, done, failed)

    def _fill(self) -> None:
        rows: list[list[Cell]] = [
            [_name(each), self._delivery(each), self._missing(each), self._checked(each)] for each in self.found
        ]
        heads = (_("Laptop"), _("Confirmed"), _("Missing packages"), _("Six words"))
        at, self._filling = self._at, True  # rows that go move the current one
        self.table.show_rows(heads, rows or [(_("Nobody was invited yet"), "–", "–", "–")])
        self.table.point(at)
        self._filling = False
        self._say_erasures()
        self._show(at)

    def _say_erasures(self) -> None:
        """Erasures that not every laptop has confirmed: on how many, and who is waited for."""
        lines = []
        self.protocol.setVisible(bool(self._erased))
        for each in [each for each in self._erased if each.waiting][:_MOST_NUMBERS]:
            done = each.laptops - len(each.waiting)
            names = ", ".join(each.waiting[:_MOST_NUMBERS]) + ("…" if len(each.waiting) > _MOST_NUMBERS else "")
            lines.append(
                _("{what}: erased on {done} of {all} laptops; we wait for: {names}",
                  what=say.kind_of(each.entity, 1), done=done, all=each.laptops, names=names)
            )  # fmt: skip
        self.erasures.setVisible(bool(lines))
        self.erasures.show_state("sent", "\n".join(lines))

    def _delivery(self, each: Standing) -> State:
        if each.gone:
            return State("none", _("Out of the project"))
        if not each.joined:
            return State("none", _("Not joined yet"))
        words = _("{n} of {all} records", n=each.confirmed, all=each.sent)
        if each.peer.heard_ms:
            words += ", " + say.day(each.peer.heard_ms)
        return State("ok" if each.confirmed == each.sent else "sent", words)

    def _missing(self, each: Standing) -> Cell:
        numbers = each.missing_numbers
        if not numbers or each.gone:
            return "–"
        words = ", ".join(str(number) for number in numbers[:_MOST_NUMBERS])
        return State("warn", words + ("…" if len(numbers) > _MOST_NUMBERS else ""))

    def _checked(self, each: Standing) -> Cell:
        if not each.joined or each.gone:
            return "–"
        return State("ok", _("Compared")) if each.peer.compared else State("none", _("Not compared"))

    def _current(self) -> Standing | None:
        return self.found[self._at] if 0 <= self._at < len(self.found) else None

    def _moved(self, row: int) -> None:
        if not self._filling:
            self._show(row)

    def _show(self, row: int) -> None:
        if row >= 0:
            self._at = row
        now = self._current()
        words = self._words.get(now.peer.number, ()) if now and not now.gone else ()
        self.out.setVisible(now is not None and now.may_leave)
        self.back.setVisible(now is not None and now.gone)
        self._who.setText(_("Words of {name}, read aloud by telephone:", name=now.peer.name) if now and words else "")
        self.words.setText(" · ".join(words))
        self._mine.setText(_("Our own words: {words}", words=" · ".join(self._own)) if self._own else "")
        self._mine.setVisible(bool(words))
        self._who.setVisible(bool(words))
        self.words.setVisible(bool(words))
        self.same.setVisible(bool(words) and now is not None and not now.peer.compared)
        self.mail.setVisible(bool(words))

    def _compared(self) -> None:
        now = self._current()
        if now is None:
            return
        try:
            standing.mark_compared(self._context.ws, now.peer.number)
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.notify.announce(_("The words were compared."))
        self.reload()

    def _ask_out(self) -> None:
        """Say what follows when the laptop is taken out of the project; a person decides."""
        now = self._current()
        if now is not None:
            TakeOutDialog(self._context, _name(now), lambda: self._change(out=True), self).open()

    def _change(self, *, out: bool) -> None:
        """Take the current laptop out of the project, or in again."""
        now = self._current()
        if now is None:
            return
        try:
            label = (leaving.take_out if out else leaving.take_in)(self._context.ws, now.peer.label).label
        except ProgressusError as failure:
            self._context.notify.error(failure)
            return
        words = _("The laptop {label} takes part again.", label=label)
        if out:
            words = _("The laptop {label} is out of the project. Send packages, so that others know.", label=label)
        self._context.notify.banner("ok", words, key="laptop")
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.reload()

    def _ask_protocol(self) -> None:
        """Ask where the protocol of everything that was erased shall lie."""
        name = file_name(_("protocol of erasures"), ".pdf")
        ask_target(self, _("Protocol of erasures"), name, _("PDF files (*.pdf)"), self.save_protocol)

    def save_protocol(self, target: Path) -> None:
        """Write the protocol beside the work."""

        def work(_progress: Progress) -> Path:
            from progressus_desktop.services import erasure_protocol

            return erasure_protocol.write(self._context.ws, target)

        self._context.jobs.start(
            self, _("Protocol of erasures"), work, lambda made: say_saved(self._context, made),
            self._context.notify.error,
        )  # fmt: skip

    def _mail(self) -> None:
        now = self._current()
        if now is not None:
            self.mail_asked.emit(now.peer.label)

    def relayout(self, *, narrow: bool) -> None:
        """Buttons one below the other where there is little room."""
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)

    def retranslate(self) -> None:
        """Make all words again."""
        self._title.setText(_("Laptops of the project"))
        self.table.setAccessibleName(_("Laptops of the project"))
        self.protocol.set_text(_("Protocol of erasures…"))
        self.forgotten.set_text(_("Answer a forgotten password…"))
        self.same.set_text(_("The words are the &same"))
        self.out.set_text(_("Take the laptop out of the pro&ject…"))
        self.back.set_text(_("Restore the l&aptop"))
        self.mail.set_text(_("Package for this &laptop by e-mail…"))
        self._fill()


def _name(each: Standing) -> str:
    return f"{each.peer.name} ({each.peer.label})"

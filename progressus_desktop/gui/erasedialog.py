"""Erasing for ever: what goes, what stays and who has to be told, a reason that is written down, then the work."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from progressus_desktop.domain.records import Committed
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui import dialogs
from progressus_desktop.gui import exchangewords as say
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.dialogs import body_of, fit
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.gui.parts import Button, StateLine, plain, prop, text
from progressus_desktop.services import erasure, exchanging, outlook
from progressus_desktop.services.outlook import Outlook
from progressus_desktop.words import _, ngettext

_MOST_NAMED = 3
_WIDE = 560


def ask(context: Context, entity: str, ids: Sequence[str], over: QWidget, done: Callable[[], None]) -> None:
    """Open the question about these records; where they may not be erased, say why instead."""
    chosen = [outlook.subject(context.ws, entity, each) for each in ids]
    if not chosen:
        return
    kind = chosen[0][0]
    try:
        found = outlook.of(context.ws, kind, [record for name, record in chosen if name == kind])
    except ProgressusError as failure:
        context.notify.error(failure)
        return
    EraseDialog(context, found, done, over).open()


class EraseDialog(QDialog):
    """The safe choice is the default; ``done`` is called when the records are gone."""

    def __init__(self, context: Context, about: Outlook, done: Callable[[], None], over: QWidget) -> None:
        super().__init__(over)
        self._context, self._about, self._done = context, about, done
        self._working = False
        theme = context.theme
        self.setObjectName("erase_dialog")
        self.setWindowTitle(_("Erase for ever"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        column = QVBoxLayout(self)
        margin = theme.space(20)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.space(8))
        column.addWidget(text(_("Erase for ever"), "h2"))
        column.addWidget(text(self._names(), "h3", wrap=True))
        lines = self._lines()
        self.said = [words for _icon, _token, words in lines]
        self._area, self._inside = body_of("erase_lines", column)
        dialogs.tell(theme, self._inside, lines)
        self._ask_reason(column)
        self._foot(column)
        self._fit()
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fit(self) -> None:
        """What has no room scrolls, by arrows too."""
        if fit(self, self._context.theme, _WIDE, self._area, self._inside):
            self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._area.setAccessibleName(" ".join(self.said))

    def _names(self) -> str:
        named = [each for each in self._about.titles if each][:_MOST_NAMED]
        more = len(self._about.ids) - len(named)
        if more and named:
            named.append(ngettext("and {n} more", "and {n} more", more))
        return ", ".join(named) or say.kind_of(self._about.entity, len(self._about.ids))

    def _lines(self) -> list[tuple[str, str, str]]:
        """Icon, colour and words: what goes, what stays, what cannot be reached, who is told."""
        about = self._about
        goes = ", ".join(f"{say.kind_of(name, count)}: {count}" for name, count in about.goes)
        if about.files:
            goes += ", " + ngettext("{n} file", "{n} files", about.files)
        words = _("Goes: {what}, with every earlier value in the history, in drafts and backups here.", what=goes)
        lines = [("trash-2", "err", words)]
        if about.listed:
            words = ngettext(
                "Stays: {n} row of an attendance list, without the name. The numbers do not change.",
                "Stays: {n} rows of attendance lists, without the name. The numbers do not change.", about.listed,
            )  # fmt: skip
            lines.append(("users", "accent", words))
        words = _("Stays: a note for inspection of the kind of record, the day, who decided and why.")
        lines.append(("file-text", "accent", words))
        if about.laptops:
            words = ngettext(
                "The next package tells {n} other laptop to erase it too, and it confirms that.",
                "The next packages tell {n} other laptops to erase it too, and each confirms that.", about.laptops,
            )  # fmt: skip
            lines.append(("send", "info", words))
        if about.published:
            places = ", ".join(about.published[:_MOST_NAMED])
            lines.append(("triangle-alert", "warn", _("Published here: {places}. Ask there to take it down.",
                                                      places=places)))  # fmt: skip
        words = _("Printed papers, saved PDF files and copies elsewhere are out of reach: destroy them yourself.")
        lines.append(("triangle-alert", "warn", words))
        return lines

    def _ask_reason(self, column: QVBoxLayout) -> None:
        label = text(_("&Reason of the erasure (required)"), "label")
        self.reason = QLineEdit()
        self.reason.setObjectName("erase_reason")
        self.reason.setPlaceholderText(_("e.g. request of the person, 12 May"))
        self.reason.setAccessibleName(plain(label.text()))
        self.reason.setAccessibleDescription(" ".join([self._names() + ".", *self.said]))
        label.setBuddy(self.reason)
        hint = _("Without names: the reason stays. This cannot be undone.")
        self.error = StateLine(self._context.theme, "err")
        self.error.hide()
        for part in (label, text(hint, "small", wrap=True), self.reason, self.error):
            column.addWidget(part)

    def _foot(self, column: QVBoxLayout) -> None:
        theme, about = self._context.theme, self._about
        row = QHBoxLayout()
        self.refuse_button: Button | None = None
        if about.entity == "person" and len(about.ids) == 1:
            self.refuse_button = Button(theme, _("&Refuse in writing…"), "ghost", "file-text")
            self.refuse_button.setObjectName("erase_refuse_button")
            self.refuse_button.setAutoDefault(False)
            self.refuse_button.clicked.connect(self.refuse)
        row.addStretch(1)
        self.leave = Button(theme, _("&Leave it as it is"))
        self.leave.setObjectName("erase_leave_button")
        self.leave.setDefault(True)
        self.leave.clicked.connect(self.reject)
        words = ngettext("&Erase {n} record for ever", "&Erase {n} records for ever", about.records)
        self.act = Button(theme, words, "danger", "trash-2")
        self.act.setObjectName("erase_button")
        self.act.clicked.connect(self.submit)
        row.addWidget(self.leave)
        row.addWidget(self.act)
        column.addLayout(row)
        if self.refuse_button is not None:
            column.addWidget(self.refuse_button, 0, Qt.AlignmentFlag.AlignLeft)

    def refuse(self) -> None:
        """Record that the data are kept, and why, in place of erasing them."""
        from progressus_desktop.gui.refusedialog import RefuseDialog

        over = self.parentWidget() or self
        RefuseDialog(self._context, self._about.ids[0], self._names(), over).open()
        self.reject()

    def submit(self) -> None:
        """Erase; what is wrong is said at the reason and nothing is erased."""
        why = self.reason.text()
        if not why.strip():
            self._refuse(_("Write why it is erased. E.g. request of the person, 12 May."))
            return
        about, ws = self._about, self._context.ws
        self._working = True
        self.act.setEnabled(False)
        self.leave.setEnabled(False)

        def work(_progress: Progress) -> Committed:
            return erasure.erase_many(ws, about.entity, about.ids, why)

        stays = _("An erasure is not stopped halfway.")
        self._context.jobs.start(self, _("Erasing for ever"), work, self._erased, self._failed, writer=True,
                                 stays=stays)  # fmt: skip

    def _erased(self, done: Committed) -> None:
        self._working = False
        tell(self._context, len(done.records), self._about.laptops)
        self.accept()
        self._done()

    def _failed(self, failure: ProgressusError) -> None:
        self._working = False
        self.act.setEnabled(True)
        self.leave.setEnabled(True)
        self._refuse(str(failure))

    def _refuse(self, words: str) -> None:
        self.error.show_state("err", words)
        self.error.show()
        self._fit()
        prop(self.reason, "bad", value=True)
        self.reason.setAccessibleDescription(words)
        self.reason.setFocus(Qt.FocusReason.OtherFocusReason)
        self._context.notify.announce(words)

    def reject(self) -> None:
        """Leave everything as it is, unless it is being erased already."""
        if not self._working:
            super().reject()


def tell(context: Context, records: int, laptops: int) -> None:
    """Say what is gone and, where others have to follow, lead to how far they are."""
    title = ngettext("{n} record was erased for ever", "{n} records were erased for ever", records)
    if not laptops:
        context.notify.banner("ok", title, _("A new backup was made without it."), key="erased")
        return
    words = ngettext("{n} other laptop has to confirm it.", "{n} other laptops have to confirm it.", laptops)
    if exchanging.is_office(context.ws):
        context.notify.banner(
            "ok", title, words, _("Show the progress"), lambda: context.navigate("packages"), "erased"
        )
    else:
        context.notify.banner("ok", title, words, key="erased")

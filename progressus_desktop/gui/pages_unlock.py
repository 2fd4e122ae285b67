"""Unlocking: which workspace, the password or the recovery sheet; larger text, contrast and language at hand."""

from __future__ import annotations

import json
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.errors import announce
from progressus_desktop.gui.parts import Banner, Button, Card, IconLabel, StateLine, clear_layout, prop, text
from progressus_desktop.gui.theme import Theme
from progressus_desktop.store import places
from progressus_desktop.words import _, language

_MOST_BYTES = 65536


def name_of(folder: Path) -> str:
    """The name a workspace shows before unlocking, empty if this is none."""
    card = folder / "workspace.json"
    try:
        if card.stat().st_size > _MOST_BYTES:
            return ""
        return str(json.loads(card.read_text(encoding="utf-8"))["name"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def known(last: str) -> list[Path]:
    """The workspaces of this laptop: the last one first, then those in the usual place."""
    found = [Path(last)] if last else []
    try:
        found += sorted(each for each in places.data_dir().iterdir() if each.is_dir())
    except OSError:
        found = found[:1]
    out: list[Path] = []
    for each in found:
        if each not in out and name_of(each):
            out.append(each)
    return out


def ended_suddenly(folder: Path) -> bool:
    """Whether the last work in a workspace left its journal behind."""
    try:
        return (folder / "workspace.db-wal").stat().st_size > 0
    except OSError:
        return False


class UnlockPage(QWidget):
    """Shows first and fast: it needs no database."""

    unlock_asked = Signal(object, str, str)
    """Folder, password, recovery code."""
    help_asked = Signal(object)
    """Folder whose password the office shall help with."""
    new_asked = Signal()
    command = Signal(str)
    """larger, contrast, language, quit."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._by_sheet = False
        self._busy = False
        self.setProperty("k", "page")
        self.setObjectName("unlock_page")
        self.folder = Path()
        self._lock_minutes = 15
        self._told = ""
        self._build()
        self.retranslate()
        theme.changed.connect(self._space)

    # -- building ---------------------------------------------------------------------------------------

    def _build(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("k", "page")
        scroll.setWidget(inner)
        outer.addWidget(scroll)
        column = self._column = QVBoxLayout(inner)
        column.addStretch(1)
        self._middle = QWidget()
        # between stretches, not aligned: an aligned widget is not given the height that wrapped words need
        across = QHBoxLayout()
        across.addStretch(1)
        across.addWidget(self._middle)
        across.addStretch(1)
        column.addLayout(across)
        column.addStretch(1)
        self._below = QHBoxLayout()
        column.addLayout(self._below)
        parts = self._parts = QVBoxLayout(self._middle)
        parts.setContentsMargins(0, 0, 0, 0)
        self._notices = QVBoxLayout()
        parts.addLayout(self._notices)
        self.card = Card(self._theme)
        parts.addWidget(self.card)
        self._foot = text("", "small", wrap=True)
        self._foot.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        parts.addWidget(self._foot)
        self._fill_card()
        self._fill_below()

    def _fill_card(self) -> None:
        theme, column = self._theme, self.card.column
        column.addLayout(self._head(theme))
        self.workspace = QComboBox()
        self.workspace.setObjectName("workspace")
        self.workspace.activated.connect(self._chosen)
        self._workspace_label = text("", "label")
        self._workspace_label.setBuddy(self.workspace)
        self.secret = QLineEdit()
        self.secret.setObjectName("secret")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.returnPressed.connect(self.submit)
        self.secret.textChanged.connect(lambda _text: self.fail(""))
        self._secret_label, self._hint = text("", "label"), text("", "small", wrap=True)
        self._secret_label.setBuddy(self.secret)
        for group in ((self._workspace_label, self.workspace), (self._secret_label, self._hint, self.secret)):
            inner = QVBoxLayout()
            inner.setSpacing(4)
            for widget in group:
                inner.addWidget(widget)
            column.addLayout(inner)
        self.error = StateLine(theme, "err")
        self.caps = StateLine(theme, "warn")
        column.addWidget(self.error)
        column.addWidget(self.caps)
        self.show_secret = QCheckBox()
        self.show_secret.toggled.connect(self._echo)
        column.addWidget(self.show_secret)
        column.addLayout(self._ways(theme))
        self.office_button = Button(theme, "", "link", "life-buoy")
        self.office_button.setObjectName("ask_office_button")
        self.office_button.clicked.connect(lambda _checked=False: self.help_asked.emit(self.folder))
        self.office_button.hide()
        column.addWidget(self.office_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.secret.installEventFilter(self)

    def _head(self, theme: Theme) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(IconLabel(theme, "lock-keyhole", "accent", 30))
        titles = QVBoxLayout()
        titles.setSpacing(2)
        self._title, self._what = text("", "h1"), text("", "small", wrap=True)
        titles.addWidget(self._title)
        titles.addWidget(self._what)
        head.addSpacing(8)
        head.addLayout(titles, 1)
        return head

    def _ways(self, theme: Theme) -> QHBoxLayout:
        """Open, or open with the sheet, or learn what to do without the password."""
        row = QHBoxLayout()
        self.open_button = Button(theme, "", "primary", "lock-open")
        self.open_button.clicked.connect(self.submit)
        self.sheet_button = Button(theme, "", "link", "key-round")
        self.sheet_button.clicked.connect(self._swap)
        self.forgot_button = Button(theme, "", "link", "circle-help")
        self.forgot_button.clicked.connect(self._forgot)
        for button in (self.open_button, self.sheet_button, self.forgot_button):
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _fill_below(self) -> None:
        self._buttons: list[tuple[Button, str]] = []
        self._below.addStretch(1)
        for name, icon in (("larger", "zoom-in"), ("contrast", "contrast"), ("language", "languages"), ("quit", "x")):
            button = Button(self._theme, "", "", icon, small=True)
            button.clicked.connect(lambda _checked=False, name=name: self.command.emit(name))
            self._below.addWidget(button)
            self._buttons.append((button, name))
        self._below.addStretch(1)

    def _space(self) -> None:
        theme = self._theme
        side, wide = theme.space(32), theme.px(600)
        self._column.setContentsMargins(theme.space(16), theme.space(16), theme.space(16), theme.space(14))
        self._parts.setSpacing(theme.space(12))
        self._below.setSpacing(theme.space(8))
        self.card.column.setContentsMargins(side, theme.space(22), side, theme.space(22))
        self.card.column.setSpacing(theme.space(10))
        room = max(self.width() - 2 * theme.space(16) - theme.px(12), theme.px(300))
        self._middle.setFixedWidth(min(wide, room))

    def resizeEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """Stay within the window at large text."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt's own event
        self._space()

    # -- what it shows ------------------------------------------------------------------------------------

    def show_workspaces(self, folders: list[Path], lock_minutes: int) -> None:
        """Offer these workspaces, the first one chosen."""
        self._lock_minutes = lock_minutes
        self.workspace.clear()
        for folder in folders:
            self.workspace.addItem(_described(folder), str(folder))
        self.workspace.addItem(_("Choose another folder…"), "?")
        self.workspace.addItem(_("Make a new workspace…"), "+")
        self._chosen(0)
        self.retranslate()

    def say(self, kind: str, title: str, words: str) -> None:
        """Show one banner above the card; no title takes it away."""
        clear_layout(self._notices)
        if title:
            self._notices.addWidget(Banner(self._theme, kind, title, words))

    def fail(self, words: str) -> None:
        """Say why it did not open, under the field."""
        self.error.show_state("err", words)
        prop(self.secret, "bad", bool(words))
        self.secret.setAccessibleDescription(words)
        if words:
            self.secret.selectAll()
            self.secret.setFocus()
            announce(self, words)

    def set_busy(self, busy: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """While the key is made from the password nothing can be pressed twice."""
        self._busy = busy
        self.open_button.set_text(_("Opening…") if busy else _("&Open the workspace"))
        self.secret.setReadOnly(busy)

    def first_focus(self) -> QWidget:
        """The field for the password."""
        return self.secret

    def title(self) -> str:
        """The page's name."""
        return _("Unlock")

    # -- what people do -------------------------------------------------------------------------------------

    def submit(self) -> None:
        """Ask to open with what was typed."""
        secret = self.secret.text()
        if self._busy:
            return
        if not secret:
            self.fail(_("Type the code from the sheet.") if self._by_sheet else _("Type the password."))
            return
        password, code = ("", secret) if self._by_sheet else (secret, "")
        self.unlock_asked.emit(self.folder, password, code)

    def _chosen(self, index: int) -> None:
        what = str(self.workspace.itemData(index) or "")
        if what == "+":
            self.workspace.setCurrentIndex(0)
            self.new_asked.emit()
            return
        if what == "?":
            from progressus_desktop.gui.saving import ask_folder

            self.workspace.setCurrentIndex(0)  # until a folder is chosen
            ask_folder(self, _("Choose the folder of a workspace"), self.choose)
            return
        self.folder = Path(what)
        self.office_button.hide()
        self._told = "ended" if ended_suddenly(self.folder) else ""
        self._tell()

    def _tell(self) -> None:
        """The banner in the language in force."""
        if self._told == "ended":
            self.say(
                "info",
                _("The program ended suddenly last time"),
                _(
                    "What was typed is saved and encrypted."
                    " After unlocking you will see what was recovered. Nothing to do."
                ),
            )
        elif self._told == "forgotten":
            words = (
                _("Open with the code from the recovery sheet. No sheet? Ask the office for help, below the code.")
                if _office_helps(self.folder)
                else _(
                    "Open with the code from the recovery sheet."
                    " Without the password and the sheet the data cannot be read."
                )
            )
            self.say("info", _("Password forgotten?"), words)
        else:
            self.say("info", "", "")

    def choose(self, folder: Path) -> None:
        """Offer a folder a person pointed at."""
        if not name_of(folder):
            self.fail(_("There is no workspace in this folder. Choose the folder that holds workspace.db."))
            self.workspace.setCurrentIndex(0)
            return
        self.workspace.insertItem(0, _described(folder), str(folder))
        self.workspace.setCurrentIndex(0)
        self._chosen(0)

    def _swap(self) -> None:
        self._by_sheet = not self._by_sheet
        self.secret.clear()
        self.show_secret.setChecked(self._by_sheet)
        self.retranslate()
        self.secret.setFocus()

    def _forgot(self) -> None:
        self.office_button.setVisible(_office_helps(self.folder))
        self._told = "forgotten"
        self._tell()
        if not self._by_sheet:
            self._swap()

    def _echo(self, shown: bool) -> None:  # noqa: FBT001 - Qt's signal
        self.secret.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Notice Caps Lock by the letters it makes: capitals without Shift."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not self._by_sheet:
            letter, shift = event.text(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if event.key() == Qt.Key.Key_CapsLock:
                self.caps.show_state("warn", "")
            elif len(letter) == 1 and letter.isalpha():
                on = letter.isupper() != shift
                self.caps.show_state("warn", _("Caps Lock is on.") if on else "")
        return super().eventFilter(watched, event)

    def retranslate(self) -> None:
        """Make all words again."""
        sheet = self._by_sheet
        self._title.setText(_("Unlock the workspace"))
        self._what.setText(_("The data on this computer are encrypted."))
        self._workspace_label.setText(_("&Workspace"))
        self._secret_label.setText(_("&Code from the recovery sheet") if sheet else _("Pass&word"))
        self._hint.setText(
            _("Type the letters and digits; small or capital, with or without dashes.")
            if sheet
            else _("The password or the recovery sheet is enough.")
        )
        for at in range(self.workspace.count() - 2):
            self.workspace.setItemText(at, _described(Path(str(self.workspace.itemData(at)))))
        self._tell()
        self.workspace.setItemText(self.workspace.count() - 2, _("Choose another folder…"))
        self.workspace.setItemText(self.workspace.count() - 1, _("Make a new workspace…"))
        self.show_secret.setText(_("S&how the code") if sheet else _("S&how the password"))
        self.set_busy(self._busy)
        self.sheet_button.set_text(_("I know the password") if sheet else _("I have the sheet"))
        self.forgot_button.set_text(_("Forgot the password"))
        self.office_button.set_text(_("Ask the office for help…"))
        self._foot.setText(
            _("The lock comes after {n} minutes without work. What you type is always saved.", n=self._lock_minutes)
        )
        words = {
            "larger": _("Larger text (Ctrl +)"),
            "contrast": _("High contrast"),
            "language": "English" if language() == "pl" else "Polski",
            "quit": _("Quit"),
        }
        for button, name in self._buttons:
            button.set_text(words[name])
        self._space()


def _office_helps(folder: Path) -> bool:
    """Whether help by the office was turned on; a key file that cannot be read is told of when it is opened."""
    from progressus_desktop.services import office_recovery

    try:
        return office_recovery.is_on(folder)
    except ProgressusError:
        return False


def _described(folder: Path) -> str:
    """Name and last opening by the laptop's own clock: "Dobra Łąka – opened 20.11.2026, 15:32"."""
    try:
        moment = time.localtime((folder / "workspace.db").stat().st_mtime)
    except OSError:
        return name_of(folder)
    return _("{name} – opened {when}", name=name_of(folder), when=time.strftime("%d.%m.%Y, %H:%M", moment))

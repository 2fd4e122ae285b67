"""The first run: who you are, and six short steps to a protected workspace (picture 01)."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop.clock import Clock
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui import firstwork
from progressus_desktop.gui.firststeps import LookStep, OrganisationStep, RoleStep
from progressus_desktop.gui.jobs import Jobs, Progress
from progressus_desktop.gui.joinstep import JoinStep
from progressus_desktop.gui.parts import Button, ProgressPanel, StateLine, text
from progressus_desktop.gui.safetysteps import BackupStep, PasswordStep, RestoreStep, SheetStep
from progressus_desktop.gui.settingshub import SettingsHub
from progressus_desktop.gui.stepmark import StepMark
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import N_, _, language

TITLES = (
    N_("Who you are"),
    N_("Organisation and people"),
    N_("Password"),
    N_("Recovery sheet"),
    N_("Backup"),
    N_("Appearance and text"),
)
_ROLE, _ORGANISATION, _PASSWORD, _SHEET, _BACKUP, _LOOK, _RESTORE, _JOIN = range(8)
_RING = 6


class FirstRun(QWidget):
    """Six steps; going back is always possible, and a workspace made on the way goes again then."""

    opened = Signal(object)
    left = Signal()
    command = Signal(str)

    def __init__(self, theme: Theme, settings: SettingsHub, jobs: Jobs, clock: Clock) -> None:
        super().__init__()
        self._theme, self._settings, self._jobs, self._clock = theme, settings, jobs, clock
        self.ws: Any = None
        self._busy, self._invited = False, ""
        self.setProperty("k", "page")
        self.setObjectName("first_run_page")
        self.role, self.organisation = RoleStep(theme), OrganisationStep(theme, clock)
        self.password, self.sheet = PasswordStep(theme), SheetStep(theme, jobs, self._workspace)
        self.backup, self.look = BackupStep(theme, settings), LookStep(theme, settings)
        self.restore = RestoreStep(theme, settings)
        self.join = JoinStep(theme)
        self.steps = (
            self.role, self.organisation, self.password, self.sheet, self.backup, self.look, self.restore, self.join,
        )  # fmt: skip
        self._build()
        self.retranslate()
        theme.changed.connect(self.relayout)

    # -- building -------------------------------------------------------------------------------------------

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._make_side())
        main = self._main = QVBoxLayout()
        self._title, self._what = text("", "h1", wrap=True), text("", "small", wrap=True)
        for label in (self._title, self._what):
            # steps keep room for the focus ring at their left; what stands above them begins where they do
            label.setContentsMargins(_RING, 0, 0, 0)
        head = QVBoxLayout()
        head.setSpacing(4)
        head.addWidget(self._title)
        head.addWidget(self._what)
        main.addLayout(head)
        self.stack = QStackedWidget()
        for step in self.steps:
            scroll = QScrollArea()
            scroll.setWidgetResizable(True)
            scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            step.setProperty("k", "page")
            scroll.setWidget(step)
            self.stack.addWidget(scroll)
        main.addWidget(self.stack, 1)
        self.error = StateLine(self._theme, "err")
        main.addWidget(self.error)
        self._progress = QVBoxLayout()
        main.addLayout(self._progress)
        rule = QFrame()
        rule.setProperty("k", "rule")
        main.addWidget(rule)
        main.addLayout(self._buttons())
        row.addLayout(main, 1)
        self.role.asked.connect(self._next)

    def _make_side(self) -> QFrame:
        """The steps in order, and the language."""
        self._side = QFrame()
        self._side.setProperty("k", "sidebar")
        side = self._side_column = QVBoxLayout(self._side)
        self._count = text("", "muted")
        name = QVBoxLayout()
        name.setSpacing(2)
        name.addWidget(text("Progressus Desktop", "h2"))
        name.addWidget(self._count)
        side.addLayout(name)
        side.addSpacing(16)
        self._marks = [StepMark(self._theme, number + 1) for number in range(len(TITLES))]
        for mark in self._marks:
            side.addWidget(mark)
        side.addStretch(1)
        box = QFrame()
        box.setProperty("k", "card")
        inside = QVBoxLayout(box)
        inside.setSpacing(4)
        label = text("Język / Language", "label")
        self.language = QComboBox()
        self.language.setObjectName("first_language")
        label.setBuddy(self.language)
        for code, words in (("pl", "Polski"), ("en", "English")):
            self.language.addItem(words, code)
        self.language.activated.connect(lambda index: self._settings.change(language=self.language.itemData(index)))
        inside.addWidget(label)
        inside.addWidget(self.language)
        side.addWidget(box)
        return self._side

    def _buttons(self) -> QHBoxLayout:
        theme, row = self._theme, QHBoxLayout()
        row.setContentsMargins(_RING, 0, 0, 0)
        self.larger, self.contrast = Button(theme, "", "", "zoom-in"), Button(theme, "", "", "contrast")
        self.larger.clicked.connect(lambda: self.command.emit("larger"))
        self.contrast.clicked.connect(lambda: self.command.emit("contrast"))
        self.leave_button, self.back = Button(theme), Button(theme, "", "", "arrow-left")
        self.next = Button(theme, "", "primary", "arrow-right", after=True)
        self.leave_button.clicked.connect(self._leave)
        self.back.clicked.connect(self._back)
        self.next.clicked.connect(self._next)
        self.next.setDefault(True)
        for button in (self.larger, self.contrast):
            row.addWidget(button)
        row.addStretch(1)
        for button in (self.leave_button, self.back, self.next):
            row.addWidget(button)
        return row

    # -- going through ----------------------------------------------------------------------------------------

    def _workspace(self) -> Any:
        return self.ws

    @property
    def step(self) -> int:
        """The step in sight (6 is restoring)."""
        return self.stack.currentIndex()

    def choose(self, role: str) -> None:
        """Choose an answer of the first step ("restore") and go on."""
        self.role.choose(role)
        if role == "restore":
            self._show(_RESTORE)

    def focus_step(self) -> None:
        """Put the focus where the step begins."""
        self.steps[self.step].first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, number: int) -> None:
        self.error.show_state("err", "")
        self.stack.setCurrentIndex(number)
        self.steps[number].shown()
        self.retranslate()
        self.focus_step()

    def _back(self) -> None:
        if self._busy:
            return
        before = {"join": _JOIN, "restore": _RESTORE}.get(self.role.value(), _ROLE)
        if self.step == _SHEET or before == _RESTORE:
            self._throw_away()
        if self.step == _PASSWORD and before != _ROLE:
            self._show(before)
        else:
            self._show(_ROLE if self.step in {_RESTORE, _JOIN} else max(_ROLE, self.step - 1))

    def _throw_away(self) -> None:
        """Going back before the password takes the workspace away that was just made and holds nothing yet."""
        if self.ws is not None:
            import shutil

            folder = self.ws.folder
            self.ws.close()
            self.ws = None
            shutil.rmtree(folder, ignore_errors=True)

    def _leave(self) -> None:
        if self._busy:
            return
        self._throw_away()
        self.left.emit()

    def _next(self) -> None:
        if self._busy:
            return
        if not self.steps[self.step].complete():
            self._reveal(self.focusWidget())
            return
        role = self.role.value()
        if self.step == _ROLE and role == "demo":
            self._make_demo()
        elif self.step == _ROLE and role == "restore":
            self._show(_RESTORE)
        elif self.step == _ROLE and role == "join":
            self._show(_JOIN)
        elif self.step == _JOIN:
            self._try_code()
        elif self.step == _RESTORE:
            self._restore()
        elif self.step == _PASSWORD:
            self._make()
        elif self.step == _LOOK:
            ws, self.ws = self.ws, None
            self.opened.emit(ws)
        else:
            self._show(self.step + 1)

    def _work(self, label: str, work: Any, done: Any, refused: Any = None) -> None:
        self._busy = True
        self.next.setEnabled(False)
        panel = ProgressPanel(self._theme, label)
        self._progress.addWidget(panel)

        def end() -> None:
            self._busy = False
            self.next.setEnabled(True)
            panel.hide()
            panel.deleteLater()

        def good(result: Any) -> None:
            end()
            done(result)

        def bad(error: ProgressusError) -> None:
            end()
            if refused is not None:
                refused(error)
            else:
                self.error.show_state("err", str(error))

        panel.follow(self._jobs.start(self, label, work, good, bad))

    def _try_code(self) -> None:
        """Open the setup file before a password is asked for."""
        file, code, _user = self.join.value()

        def work(_progress: Progress) -> str:
            from progressus_desktop.services import inviting

            return str(inviting.opened(file, code)[1]["organisation"])

        def done(organisation: str) -> None:
            self._invited = organisation
            self._show(_PASSWORD)

        self._work(_("Opening the setup file"), work, done, self.join.refuse)

    def _make(self) -> None:
        password, role = self.password.value(), self.role.value()
        if role == "join":
            work = firstwork.joining(*self.join.value(), self._invited, password, self._clock)
        elif role == "restore":
            work = firstwork.renewing(self.ws, password)
        else:
            work = firstwork.creating(role, *self.organisation.value(), password, self._clock)

        def done(ws: Any) -> None:
            self.password.forget()
            if role == "restore":
                self.ws = None
                self.opened.emit(ws)
                return
            self.ws = ws
            self._show(_SHEET)

        self._work(_("Making the workspace"), work, done)

    def _make_demo(self) -> None:
        def work(progress: Progress) -> Any:
            from progressus_desktop.services import demo, workspaces
            from progressus_desktop.store import places

            folder = places.data_dir() / "demo"
            made = (
                folder if (folder / "workspace.json").exists() else demo.make(places.data_dir(), self._clock, progress)
            )
            return workspaces.open_(made, self._clock, password="demo")  # noqa: S106 - printed for everybody to read

        self._work(_("Preparing sample data"), work, self.opened.emit)

    def _restore(self) -> None:
        source, secret = self.restore.value()

        def done(made: Any) -> None:
            if made.by_sheet:  # whoever needed the sheet needs a new password
                self.ws = made.ws
                self._show(_PASSWORD)
            else:
                self.opened.emit(made.ws)

        self._work(_("Restoring from the backup"), firstwork.restoring(source, secret, self._clock), done)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter goes to the next field of the step, from the last one to the next step."""
        if event.key() not in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            super().keyPressEvent(event)
            return
        fields = [each for each in self.steps[self.step].findChildren(QLineEdit) if each.isVisible()]
        now = self.focusWidget()
        after = fields[fields.index(now) + 1 :] if now in fields else []
        if after:
            after[0].setFocus(Qt.FocusReason.TabFocusReason)
            self._reveal(after[0])
        else:
            self._next()

    def _reveal(self, widget: QWidget | None) -> None:
        """Scroll to a control of the step."""
        page = self.stack.currentWidget()
        if isinstance(page, QScrollArea) and widget is not None and page.isAncestorOf(widget):
            page.ensureWidgetVisible(widget, 0, self._theme.px(60))

    # -- words and sizes ----------------------------------------------------------------------------------------

    def resizeEvent(self, event: Any) -> None:  # noqa: N802 - Qt's name
        """Follow the window's width."""
        super().resizeEvent(event)
        self.relayout()

    def relayout(self) -> None:
        """Without room the list of steps gives way; its count stays in the title."""
        theme = self._theme
        narrow = self.width() / theme.scale < 900  # noqa: PLR2004 - design-language.md, section 3.1
        self._side.setVisible(not narrow)
        self._side.setFixedWidth(theme.px(279))
        side = theme.space(24)
        self._side_column.setContentsMargins(side, side, side, theme.space(20))
        self._side_column.setSpacing(theme.space(12))
        wide = theme.space(16 if narrow else 48)
        self._main.setContentsMargins(wide - _RING, theme.space(20 if narrow else 30), wide, theme.space(20))
        self._main.setSpacing(theme.space(10))
        for mark in self._marks:
            mark.restyle()

    def retranslate(self) -> None:
        """Make all words again."""
        shown = self.step if self.step < len(TITLES) else (_ORGANISATION if self.step == _JOIN else _ROLE)
        self._count.setText(_("Step {n} of {all}", n=shown + 1, all=len(TITLES)))
        for number, mark in enumerate(self._marks):
            mark.mark(_(TITLES[number]), current=number == shown)
        self._title.setText(self.steps[self.step].title())
        self._what.setText(self.steps[self.step].what())
        self.language.setCurrentIndex(self.language.findData(language()))
        self.larger.set_text(_("Larger &text (Ctrl +)"))
        self.contrast.set_text(_("High contrast"))
        self.leave_button.set_text(_("Quit"))
        self.back.set_text(_("&Back"))
        self.back.setVisible(self.step != _ROLE)
        self.next.set_text(_("Begin &work") if self.step == _LOOK else _("&Next"))
        for step in self.steps:
            step.retranslate()
        self.relayout()

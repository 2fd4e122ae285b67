"""Small widgets all pages share. They take their look from properties and the style sheet, never from own sheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _

if TYPE_CHECKING:
    from progressus_desktop.gui.jobs import Job

KINDS = {
    "ok": ("circle-check", "ok"),
    "info": ("info", "info"),
    "warn": ("triangle-alert", "warn"),
    "err": ("circle-x", "err"),
    "draft": ("pencil", "text"),
    "none": ("circle-dashed", "muted"),
    "sent": ("send", "info"),
}
_BUTTON_INK = {"primary": "onAccent", "danger": "err", "link": "link", "field": "muted"}


def plain(text: str) -> str:
    """A text without the mark of its mnemonic, as a screen reader says it."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&").strip()


def prop(widget: QWidget, name: str, value: object) -> None:
    """Set a property the style sheet looks at, and show its effect; one never set is off."""
    if (widget.property(name) or False) == (value or False):
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.updateGeometry()


def on_choice(button: QAbstractButton, stands: Callable[[], bool], choose: Callable[[], object]) -> None:
    """Call ``choose`` when a button is turned on, unless its choice ``stands``; one of no group stays on by itself.

    Not on ``clicked``: the action of a screen reader only toggles.
    """

    def turned(on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if on and not stands():
            choose()
        elif not on and button.group() is None and stands():
            button.setChecked(True)

    button.toggled.connect(turned)


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)


def swap_body(area: QScrollArea, body: QWidget) -> None:
    """Show ``body`` in a scroll area and let what was there go.

    ``setWidget`` alone deletes the old widget at once, and PySide 6.11 then takes wrappers of widgets that live on
    elsewhere for deleted: the next touch of one, from a resize, ended the program.
    """
    old = area.takeWidget()
    if old is not None:
        old.hide()
        old.deleteLater()
    area.setWidget(body)


def scrolled(name: str, body: QWidget | None = None) -> QScrollArea:
    """A frameless area that scrolls up and down only and takes no focus itself."""
    area = QScrollArea()
    area.setObjectName(name)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    if body is not None:
        area.setWidget(body)
    return area


class Button(QPushButton):
    """A button of a kind ("", primary, danger, ghost, link, field) with a tinted icon before or after its words."""

    def __init__(
        self, theme: Theme, text: str = "", kind: str = "", icon: str = "", *, small: bool = False, after: bool = False
    ) -> None:
        super().__init__()
        self._theme, self._icon, self._after = theme, icon, after
        self.setProperty("k", kind)
        self.setProperty("sm", small)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        if after:
            self.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.setAutoDefault(False)
        self.set_text(text)
        self.retint()
        theme.changed.connect(self.retint)

    def set_text(self, text: str) -> None:
        """Show ``text`` (with ``&`` before its mnemonic) and name the button by it."""
        # the style sheet has no gap between icon and words
        gap = " " if self._icon and text else ""
        self.setText(f"{text}{gap}" if self._after else f"{gap}{text}")
        self.setAccessibleName(plain(text))

    def set_icon(self, name: str) -> None:
        """Show another Lucide icon."""
        self._icon = name
        self.retint()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter presses it as Space does, in every window."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def retint(self) -> None:
        """Take icon and size from the theme again."""
        if self._icon:
            size = self._theme.px(18)
            ink = _BUTTON_INK.get(str(self.property("k")), "text")
            self.setIcon(self._theme.icon(self._icon, ink, size))
            self.setIconSize(QSize(size, size))


def text(words: str = "", style: str = "body", *, wrap: bool = False) -> QLabel:
    """A label of a style of the type scale (or err, warn, ok, info, muted), in plain text."""
    label = QLabel(words)
    label.setProperty("t", style)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(wrap)
    return label


def _style_of(token: str) -> str:
    """The style of words in the colour of a state."""
    return token if token in {"ok", "warn", "err", "info"} else "label"


def speak_for(widget: QWidget, words: str) -> None:
    """Name a box that has no label in sight: screen readers take the name of a combo box from a label only."""
    label = getattr(widget, "_spoken_label", None)
    if label is None:
        label = QLabel(widget.parentWidget())
        label.setBuddy(widget)
        label.hide()
        widget._spoken_label = label  # type: ignore[attr-defined]  # noqa: SLF001 - kept with the widget it speaks for
    label.setText(words)
    widget.setAccessibleName(words)


class IconLabel(QLabel):
    """A decorative icon: always beside words."""

    def __init__(self, theme: Theme, name: str, token: str = "text", size: int = 18) -> None:
        super().__init__()
        self._theme, self._name, self._token, self._size = theme, name, token, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retint()
        theme.changed.connect(self.retint)

    def show_icon(self, name: str, token: str) -> None:
        """Show another icon or colour."""
        self._name, self._token = name, token
        self.retint()

    def retint(self) -> None:
        """Take the icon from the theme again."""
        side = self._theme.px(self._size)
        self.setPixmap(self._theme.pixmap(self._name, self._token, side))


class StateLine(QWidget):
    """Icon and words in the colour of a state: ``show_state("ok", "Saved at 11:47")``."""

    def __init__(self, theme: Theme, kind: str = "info", words: str = "", *, wrap: bool = True, size: int = 16) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.space(6))
        icon, token = KINDS[kind]
        self.icon = IconLabel(theme, icon, token, size)
        self.words = text(words, _style_of(token), wrap=wrap)
        row.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.setVisible(bool(words))

    def show_state(self, kind: str, words: str, icon: str = "") -> None:
        """Show a kind of ``KINDS`` with its words; no words hide the line."""
        usual, token = KINDS[kind]
        self.icon.show_icon(icon or usual, token)
        prop(self.words, "t", _style_of(token))
        self.words.setText(words)
        self.setVisible(bool(words))


class Chip(QFrame):
    """A status chip: icon, word and edge (kinds ok, warn, err, info/sent, draft, none)."""

    def __init__(self, theme: Theme, kind: str, words: str) -> None:
        super().__init__()
        icon, token = KINDS[kind]
        self.setProperty("k", f"chip-{'info' if kind == 'sent' else kind}")
        self._theme = theme
        row = self._row = QHBoxLayout(self)
        row.addWidget(IconLabel(theme, icon, token, 15))
        self.words = text(words, _style_of(token))
        row.addWidget(self.words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._space()
        theme.changed.connect(self._space)

    def _space(self) -> None:
        theme = self._theme
        self._row.setContentsMargins(theme.space(9), theme.space(3), theme.space(10), theme.space(3))
        self._row.setSpacing(theme.space(5))


class Card(QFrame):
    """A white (``card``) or soft frame with the margins of a card; fill its ``column``."""

    def __init__(self, theme: Theme, kind: str = "card") -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("k", kind)
        self.column = QVBoxLayout(self)
        self._space()
        theme.changed.connect(self._space)

    def _space(self) -> None:
        side, top = self._theme.space(16), self._theme.space(12)
        self.column.setContentsMargins(side, top, side, top)
        self.column.setSpacing(self._theme.space(8))


class Banner(QFrame):
    """A message that stays until it is dealt with: title, one or two sentences, at most one action."""

    closed = Signal()

    def __init__(
        self, theme: Theme, kind: str, title: str, words: str = "", *, closable: bool = False, one_line: bool = False
    ) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("k", kind)
        icon, token = KINDS[kind]
        row = self._row = QHBoxLayout(self)
        top = theme.space(4 if one_line else 8)
        row.setContentsMargins(theme.space(12), top, theme.space(12), top)
        row.setSpacing(theme.space(10))
        row.addWidget(IconLabel(theme, icon, token, 20), 0, Qt.AlignmentFlag.AlignTop)
        column: QBoxLayout = QHBoxLayout() if one_line else QVBoxLayout()
        column.setSpacing(theme.space(10) if one_line else 2)
        self.title, self.words = text(title, token, wrap=not one_line), text(words, wrap=True)
        self._restyle()
        theme.changed.connect(self._restyle)
        row.addLayout(column, 1)
        column.addWidget(self.title)
        column.addWidget(self.words, 1)
        self.words.setVisible(bool(words))
        self.action: Button | None = None
        self.setAccessibleName(f"{title}. {words}".strip())
        if closable:
            close = Button(theme, _("Hide"), "ghost", "x", small=True)
            close.setAccessibleDescription(title)
            close.clicked.connect(self.closed)
            row.addWidget(close, 0, Qt.AlignmentFlag.AlignVCenter)

    def _restyle(self) -> None:
        self.title.setFont(self._theme.font("h3"))

    def set_action(self, words: str, act: Callable[[], None], icon: str = "") -> Button:
        """Give the banner its one action."""
        self.action = Button(self._theme, words, "", icon, small=True)
        self.action.clicked.connect(lambda _checked=False: act())
        self._row.insertWidget(2, self.action, 0, Qt.AlignmentFlag.AlignVCenter)
        return self.action


class ProgressPanel(Card):
    """Long work: what is done, a bar, words, and *Stop* saying what stays."""

    def __init__(self, theme: Theme, title: str, stays: str = "", icon: str = "loader") -> None:
        super().__init__(theme)
        head = QHBoxLayout()
        head.addWidget(IconLabel(theme, icon, "accent", 20))
        head.addWidget(text(title, "h2"), 1)
        self.count = text("", "h3")
        head.addWidget(self.count)
        self.column.addLayout(head)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(title)
        self.bar.setRange(0, 0)
        self.column.addWidget(self.bar)
        self.now = text("", wrap=True)
        self.column.addWidget(self.now)
        if stays:
            self.column.addWidget(text(stays, "muted", wrap=True))
        row = QHBoxLayout()
        row.addStretch(1)
        self.stop = Button(theme, _("&Stop"), "", "square")
        row.addWidget(self.stop)
        self.column.addLayout(row)

    def follow(self, job: Job) -> None:
        """Show the progress of ``job`` and let *Stop* stop it."""
        job.progressed.connect(self._progressed)
        self.stop.clicked.connect(job.cancel)

    def _progressed(self, done: int, total: int, words: str) -> None:
        self.bar.setRange(0, max(total, 0))
        self.bar.setValue(done)
        self.count.setText(_("{done} of {total}", done=done, total=total) if total > 0 else "")
        if words:
            self.now.setText(words)

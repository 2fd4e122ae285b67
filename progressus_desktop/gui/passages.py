"""What a frozen part of a report says, on a sheet; where it changed also what it said before."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from progressus_desktop.gui.parts import Banner, text
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services.reviewing import Part, Passage
from progressus_desktop.words import _


def sheet(theme: Theme, part: Part, number: int, turn: Callable[[], None], *, both: bool) -> QWidget:
    """The part of version ``number``; ``both`` shows the version before it too, and ``turn`` asks for that."""
    body = QWidget()
    body.setProperty("k", "sheet")
    column = QVBoxLayout(body)
    column.setContentsMargins(0, 0, theme.space(8), 0)
    column.setSpacing(theme.space(4))
    if part.before is not None:
        banner = Banner(theme, "info", _("Changed since version {number}", number=number - 1))
        words = _("Show this version") if both else _("Show both")
        banner.set_action(words, turn).setObjectName("review_both_button")
        column.addWidget(banner)
        if both:
            column.addWidget(text(_("Before"), "h3"))
            _add(column, part.before)
            column.addWidget(text(_("Now"), "h3"))
    _add(column, part.passages)
    column.addStretch(1)
    return body


def _add(column: QVBoxLayout, passages: Sequence[Passage]) -> None:
    for each in passages:
        if each.heading:
            column.addWidget(text(each.heading, "h3", wrap=True))
        column.addWidget(text("\n".join(each.lines) if each.lines else "–", "body", wrap=True))

"""Possible matches between members of a cluster, and the gaps that nobody covers, as a column of cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from progressus_desktop.domain import codelists
from progressus_desktop.domain.cooperation import CATEGORIES, Match
from progressus_desktop.gui.parts import Button, Card, IconLabel, clear_layout, text
from progressus_desktop.gui.sharinggrid import category_head
from progressus_desktop.gui.theme import Theme
from progressus_desktop.services.clusters import Cluster
from progressus_desktop.words import _, ngettext


class Matches(Card):
    """``planned`` carries the ids of the partners of a match, to begin a joint action with."""

    planned = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme)
        self.setParent(parent)
        self.setObjectName("matches")
        self._theme = theme
        self._cluster: Cluster | None = None
        self._buttons: list[Button] = []
        head = QHBoxLayout()
        head.addWidget(IconLabel(theme, "handshake", "accent", 20))
        self.title = text("", "h3", wrap=True)
        head.addWidget(self.title, 1)
        self.column.addLayout(head)
        self._list = QVBoxLayout()
        self.column.addLayout(self._list)
        self.column.addStretch(1)

    def first_stop(self) -> QWidget | None:
        """The first button, None while there is none."""
        return self._buttons[0] if self._buttons else None

    def show_cluster(self, cluster: Cluster | None) -> None:
        """Show the matches and gaps of a cluster."""
        self._cluster = cluster
        self.retranslate()

    def retranslate(self) -> None:
        """Make all cards again."""
        clear_layout(self._list)
        self._buttons = []
        found = self._cluster
        matches = found.sharing.matches if found is not None else ()
        self.title.setText(_("Possible matches ({n})", n=len(matches)))
        self.setAccessibleName(self.title.text())
        if found is None:
            return
        names = {each.partner: _("we") if each.own else each.short for each in found.members}
        for match in matches:
            self._list.addWidget(self._match(match, names))
        for gap in found.sharing.gaps:
            self._list.addWidget(self._gap(gap))
        if found.members and found.sharing.missing:
            nobody = ", ".join(codelists.short(CATEGORIES, each) for each in found.sharing.missing)
            self._list.addWidget(text(_("Neither offered nor sought: {what}.", what=nobody), "muted", wrap=True))
        self.restyle()

    def _match(self, match: Match, names: Mapping[str, str]) -> QFrame:
        givers, seekers = _listed([names[each] for each in match.givers]), [names[each] for each in match.seekers]
        gives = ngettext("{names} gives", "{names} give", len(match.givers), names=givers)
        seeks = ngettext("sought by: {names}", "sought by: {names}", len(seekers), names=_listed(seekers))
        words = f"{category_head(match.category)}: {gives}, {seeks}"
        shown = f"<b>{escape(category_head(match.category))}:</b> {escape(gives)}, {escape(seeks)}"
        card = QFrame()
        card.setProperty("k", "soft")
        column = QVBoxLayout(card)
        gap = self._theme.space(12)
        column.setContentsMargins(gap, self._theme.space(8), gap, self._theme.space(8))
        column.setSpacing(self._theme.space(6))
        line = text(wrap=True)
        line.setTextFormat(Qt.TextFormat.RichText)
        line.setText(shown)
        column.addWidget(line)
        row = QHBoxLayout()
        button = Button(self._theme, _("Plan an action"), "", "calendar-plus", small=True)
        button.setAccessibleDescription(words)
        partners = tuple(dict.fromkeys((*match.givers, *match.seekers)))
        button.clicked.connect(lambda: self.planned.emit(partners))
        self._buttons.append(button)
        row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
        return card

    def _gap(self, gap: Match) -> QFrame:
        category = codelists.word(CATEGORIES, gap.category)
        words = ngettext(
            "Gap: nobody offers “{what}”, {n} organisation seeks it.",
            "Gap: nobody offers “{what}”, {n} organisations seek it.",
            len(gap.seekers),
            what=category,
        )
        card = QFrame()
        card.setProperty("k", "warn")
        row = QHBoxLayout(card)
        side = self._theme.space(10)
        row.setContentsMargins(side, self._theme.space(6), side, self._theme.space(6))
        row.setSpacing(side)
        row.addWidget(IconLabel(self._theme, "triangle-alert", "warn", 18))
        row.addWidget(text(words, wrap=True), 1)
        return card

    def restyle(self) -> None:
        """Take gaps from the theme."""
        self._list.setSpacing(self._theme.space(8))


def _listed(names: Sequence[str]) -> str:
    """In words: "we, ZAZ and KGW"."""
    if len(names) < 2:  # noqa: PLR2004 - nothing to join
        return "".join(names)
    return _("{first} and {last}", first=", ".join(names[:-1]), last=names[-1])

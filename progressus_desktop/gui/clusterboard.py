"""The front of the page Clusters: one cluster at a time with what its members share, and its joint actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop import clock
from progressus_desktop.domain import codelists
from progressus_desktop.domain.catalog import entity
from progressus_desktop.domain.cluster import STAGES
from progressus_desktop.domain.records import Committed
from progressus_desktop.gui.actiontable import ActionTable
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.emptystate import EmptyState
from progressus_desktop.gui.matches import Matches
from progressus_desktop.gui.parts import Button, IconLabel, prop, text
from progressus_desktop.gui.sharinggrid import GIVES, SEEKS, SIGNS, SharingGrid
from progressus_desktop.gui.widths import BESIDE, COMPACT
from progressus_desktop.services import clusters
from progressus_desktop.services.clusters import Cluster
from progressus_desktop.store import query
from progressus_desktop.words import N_, _, ngettext

_FOLLOWED = frozenset({"cluster", "membership", "offer", "partner", "action"})
_MATCHES_WIDTH = 262
_CHOICE_LETTERS = 38
_LEGEND = {GIVES: N_("Gives – has it and can share"), SEEKS: N_("Seeks – needs it")}


class ClusterBoard(QWidget):
    """Stands where other record types have their list, with the same signals."""

    open_record = Signal(str)
    new_record = Signal()
    add_contact = Signal(str)
    history_asked = Signal(str)
    open_asked = Signal(str, str, object)
    """Open another form: type, id (empty for a new record), preset values."""
    offers_asked = Signal(str)
    """Show the offers and needs of this partner."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._compact = False
        self.cluster: Cluster | None = None
        self.setObjectName("cluster_board")
        theme = context.theme
        self.name = text("", "h1")
        self.new_button = Button(theme, "", "", "plus")
        self.member_button = Button(theme, "", "primary", "user-plus")
        self.choice, self.choice_label = QComboBox(), text("", "label")
        self.stage_words = text("", "muted")
        self.open_button = Button(theme, "", "ghost", "pencil")
        self.sharing_head, self.actions_head = text("", "h2"), text("", "h2")
        self.offers_button = Button(theme, "", "ghost", "pencil")
        self.action_button = Button(theme, "", "ghost", "plus")
        self.grid = SharingGrid(theme, self)
        self.nobody = text("", "muted", wrap=True)
        self.joint = ActionTable(context, self)
        self.matches = Matches(theme, self)
        self.empty = EmptyState(theme, "cluster", self)
        self._legend: list[tuple[IconLabel, QLabel, str]] = []
        self._build()
        self._connect()
        self.retranslate()
        self.refresh()

    # -- building -----------------------------------------------------------------------------------------

    def _build(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._make_head())
        self._body = QStackedWidget()
        self._column.addWidget(self._body, 1)
        whole = QWidget()
        inside = self._inside = QVBoxLayout(whole)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addLayout(self._make_choice())
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.viewport().setAutoFillBackground(False)
        sheet = QWidget()
        sheet.setAutoFillBackground(False)
        self._halves = QHBoxLayout(sheet)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.addLayout(self._make_left(), 1)
        self._halves.addWidget(self.matches)
        area.setWidget(sheet)
        inside.addWidget(area, 1)
        self._below = QHBoxLayout()
        inside.addLayout(self._below)
        self._choosing.addStretch(1)
        self._place()
        self._body.addWidget(whole)
        self._body.addWidget(self.empty)

    def _make_head(self) -> QHBoxLayout:
        row = self._head = QHBoxLayout()
        row.addWidget(self.name)
        row.addStretch(1)
        self.new_button.setObjectName("new_cluster_button")
        self.member_button.setObjectName("new_member_button")
        return row

    def _make_choice(self) -> QBoxLayout:
        row = self._choosing = QHBoxLayout()
        self.choice.setObjectName("cluster_choice")
        self.choice.setMinimumContentsLength(_CHOICE_LETTERS)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.choice_label.setBuddy(self.choice)
        self.open_button.setObjectName("open_cluster_button")
        row.addWidget(self.choice_label)
        row.addWidget(self.choice)
        return row

    def _place(self) -> None:
        """Buttons in the head, or below everything in the compact layout, where the stage scrolls with the table."""
        for widget in (self.stage_words, self.open_button, self.new_button, self.member_button):
            for layout in (self._head, self._choosing, self._below, self._left):
                layout.removeWidget(widget)
        if self._compact:
            self._left.insertWidget(0, self.stage_words)
            for button in (self.open_button, self.new_button, self.member_button):
                self._below.addWidget(button)
        else:
            self._choosing.insertWidget(2, self.stage_words)
            self._choosing.insertWidget(4, self.open_button)
            self._head.insertWidget(2, self.new_button)
            self._head.insertWidget(3, self.member_button)
        self._choosing.setStretch(1, int(self._compact))
        self.choice_label.setVisible(not self._compact)

    def _make_left(self) -> QVBoxLayout:
        left = self._left = QVBoxLayout()
        left.addLayout(_headed(self.sharing_head, self.offers_button))
        left.addWidget(self.nobody)
        left.addWidget(self.grid)
        legend = self._legend_row = QHBoxLayout()
        for sign in (GIVES, SEEKS):
            icon = IconLabel(self._context.theme, SIGNS[sign][1], SIGNS[sign][2], 16)
            words = text("", "small")
            legend.addWidget(icon)
            legend.addWidget(words)
            self._legend.append((icon, words, sign))
        legend.addStretch(1)
        left.addLayout(legend)
        left.addLayout(_headed(self.actions_head, self.action_button))
        left.addWidget(self.joint)
        left.addStretch(1)
        self.offers_button.setObjectName("change_offers_button")
        self.action_button.setObjectName("new_action_button")
        return left

    def _connect(self) -> None:
        self.new_button.clicked.connect(self.new_record)
        self.empty.new_asked.connect(self.new_record)
        self.member_button.clicked.connect(self._new_member)
        self.action_button.clicked.connect(lambda: self._new_action({}))
        self.open_button.clicked.connect(self.open_current)
        self.offers_button.clicked.connect(lambda: self.offers_asked.emit(self.grid.member()))
        self.grid.opened.connect(self.offers_asked)
        self.choice.activated.connect(lambda _row: self._show(str(self.choice.currentData() or "")))
        self.joint.table.opened.connect(lambda record: self.open_asked.emit("action", record, {}))
        self.matches.planned.connect(self._plan)
        self._context.bus.committed.connect(self._committed)
        self._context.theme.changed.connect(self.restyle)

    # -- what is shown ----------------------------------------------------------------------------------------

    def current_id(self) -> str:
        """Id of the cluster in sight, empty when there is none."""
        return self.cluster.record.id if self.cluster is not None else ""

    def refresh(self) -> None:
        """Read the clusters again; the one in sight stays."""
        rows = clusters.listed(self._context.ws)
        chosen = self.current_id()
        blocked = self.choice.blockSignals(True)
        self.choice.clear()
        for row in rows:
            self.choice.addItem(self._line(row), row.id)
        at = max(self.choice.findData(chosen), 0)
        if not chosen:
            own = [n for n, row in enumerate(rows) if row.values.get("space") == self._context.ws.space]
            at = own[0] if own else 0
        self.choice.setCurrentIndex(at if rows else -1)
        self.choice.blockSignals(blocked)
        self._body.setCurrentIndex(0 if rows else 1)
        self._show(rows[at].id if rows else "")

    def _line(self, row: query.Row) -> str:
        members = ngettext("{n} member", "{n} members", int(row.values.get("members") or 0))
        coordinator = row.values.get("coordinator")
        who = _("we") if coordinator and coordinator == self._context.ws.space else ""
        who = who or (query.title(self._context.ws, "partner", str(coordinator)) if coordinator else "–")
        name = str(row.values.get("name") or _("Without a name"))
        return _("{name} – {members}, coordinator: {who}", name=name, members=members, who=who)

    def _show(self, cluster_id: str) -> None:
        today = clock.today(self._context.ws.clock)
        self.cluster = clusters.read(self._context.ws, cluster_id, today) if cluster_id else None
        found = self.cluster
        names = {each.partner: _own(each.short) if each.own else each.name for each in found.members} if found else {}
        self.grid.show_sharing(found.sharing if found else None, names)
        columns = bool(found and found.sharing.columns)
        self.grid.setVisible(columns)
        for icon, words, _sign in self._legend:
            icon.setVisible(columns)
            words.setVisible(columns)
        self.offers_button.setVisible(bool(found and found.members))
        self.nobody.setVisible(not columns)
        self.nobody.setText(
            _("No member gives or seeks anything yet. Write it on the form of the organisation.")
            if found and found.members
            else _("There are no members yet. Add the first one.")
        )
        self.stage_words.setText(_stage_words(found) if found else "")
        self.matches.show_cluster(found)
        self.joint.show_cluster(cluster_id)

    def _committed(self, done: Committed) -> None:
        if any(name in _FOLLOWED for name, _id in done.records):
            self.refresh()

    # -- what can be done ----------------------------------------------------------------------------------------

    def open_current(self) -> None:
        """Open the form of the cluster in sight."""
        if self.current_id():
            self.open_record.emit(self.current_id())

    def _new_member(self) -> None:
        if self.current_id():
            self.open_asked.emit("membership", "", {"cluster": self.current_id()})

    def _new_action(self, preset: Mapping[str, Any]) -> None:
        if self.current_id():
            self.open_asked.emit("action", "", {"cluster": self.current_id(), **preset})

    def _plan(self, partners: object) -> None:
        chosen = sorted(partners) if isinstance(partners, tuple) else []
        self._new_action({"partners": chosen} if chosen else {})

    # -- as a page -----------------------------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return _(entity("cluster").plural)

    def first_focus(self) -> QWidget:
        """Where the focus goes when the page opens."""
        return self.empty.new_button if self._body.currentIndex() == 1 else self.choice

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        parts = (self.choice, self.grid, self.joint.table, self.matches.first_stop())
        return tuple(each for each in parts if each is not None and each.isVisibleTo(self))

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of this page."""
        here: dict[str, object] = {"new": self.new_record.emit}
        if self.current_id():
            here |= {"open": self.open_current, "history": lambda: self.history_asked.emit(self.current_id())}
        return here

    def show_at(self, record_id: str) -> None:
        """Come back from a form with this cluster in sight."""
        at = self.choice.findData(record_id) if record_id else -1
        if at >= 0:
            self.choice.setCurrentIndex(at)
            self._show(record_id)
        self.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def find_name(self, words: str) -> None:
        """Show the first cluster whose name holds these words."""
        at = self.choice.findText(words, Qt.MatchFlag.MatchContains)
        if at >= 0:
            self.show_at(str(self.choice.itemData(at)))

    def neighbour(self, record_id: str, step: int) -> str:
        """The cluster before or after in the list of choices, empty at its end."""
        at = self.choice.findData(record_id) + step
        return str(self.choice.itemData(at) or "") if 0 <= at < self.choice.count() else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter in the choice opens the cluster."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.choice.hasFocus():
            self.open_current()
        else:
            super().keyPressEvent(event)

    def relayout(self, logical_width: int) -> None:
        """Matches beside the table, below it where there is little room."""
        self._compact = logical_width < COMPACT
        beside = logical_width >= BESIDE
        ways = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._halves.setDirection(ways[not beside])
        self._place()
        self._legend_row.setDirection(ways[self._compact])
        self.stage_words.setWordWrap(self._compact)
        self.joint.set_compact(self._compact)
        wide = self._context.theme.px(_MATCHES_WIDTH)
        self.matches.setMinimumWidth(wide if beside else 0)
        self.matches.setMaximumWidth(wide if beside else 16_777_215)
        self.restyle()

    def restyle(self) -> None:
        """Take sizes and colours from the theme again."""
        theme = self._context.theme
        prop(self.name, "t", "h2" if self._compact else "h1")
        theme.frame_page(self._column, 14 if self._compact else 20)
        self._inside.setSpacing(theme.space(6))
        for layout in (self._head, self._choosing, self._below, self._legend_row):
            layout.setSpacing(theme.space(8))
        self._halves.setSpacing(theme.space(12))
        self._left.setSpacing(theme.space(6))
        self.choice.setMinimumSize(QSize(0, theme.px(32)))
        self.grid.restyle()
        self.joint.restyle()
        self.matches.restyle()
        self.empty.retranslate()

    def retranslate(self) -> None:
        """Make all words again."""
        self.name.setText(self.title())
        self.new_button.set_text(_(entity("cluster").words.new))
        self.member_button.set_text(_(entity("membership").words.new))
        self.action_button.set_text(_("Add a joint action"))
        self.open_button.set_text(_("Cluster data"))
        self.offers_button.set_text(_("Change offers"))
        self.choice_label.setText(_("&Show cluster:"))
        self.sharing_head.setText(_("What members give and seek"))
        self.actions_head.setText(_(entity("action").plural))
        self.grid.setAccessibleName(_("What members give and seek"))
        self.grid.setAccessibleDescription(_("Enter opens the offers and needs of the organisation."))
        for _icon, words, sign in self._legend:
            words.setText(_(_LEGEND[sign]))
        self.joint.retranslate()
        self.matches.retranslate()
        self.empty.retranslate()
        self.refresh()


def _headed(head: QLabel, button: Button) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(head)
    row.addStretch(1)
    row.addWidget(button)
    return row


def _own(name: str) -> str:
    return _("{name} (we)", name=name)


def _stage_words(cluster: Cluster) -> str:
    fields = cluster.record.fields
    gminas = ngettext("{n} gmina", "{n} gminas", len(fields.get("area") or ()))
    stage = codelists.word(STAGES, str(fields.get("stage") or ""))
    words = _("stage {n} of {all}: {stage}", n=cluster.stage, all=cluster.stages, stage=stage)
    return f"{words} · {gminas}"

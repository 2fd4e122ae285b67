"""Making one record of two: which stays, whose value of each field, and the merged ones that can be taken apart."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QDialog, QGridLayout, QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from progressus_desktop.domain.fields import Entity, Field, Type
from progressus_desktop.domain.records import Record
from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.dialogs import HIGHEST, WIDEST
from progressus_desktop.gui.facts import title_of
from progressus_desktop.gui.newpassword import labelled
from progressus_desktop.gui.parts import Button, StateLine, scrolled, swap_body, text
from progressus_desktop.gui.picker import PickerField
from progressus_desktop.services import documents, duplicates, merging
from progressus_desktop.store import query
from progressus_desktop.words import N_, _

_MOST_LETTERS = 160


class MergeDialog(QDialog):
    """The record in the form and another one; ``done`` is called with the id of the record that stays."""

    def __init__(
        self,
        context: Context,
        of: Entity,
        record_id: str,
        done: Callable[[str], None],
        over: QWidget,
        other: str = "",
    ) -> None:
        super().__init__(over)
        self._context, self._of, self._id, self._done = context, of, record_id, done
        self._sides: dict[str, QButtonGroup] = {}
        self._other = ""
        self.setObjectName("merge_dialog")
        self.setWindowTitle(_("Merge two records"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        theme = context.theme
        column = QVBoxLayout(self)
        margin = theme.space(16)
        column.setContentsMargins(margin, margin, margin, margin)
        column.setSpacing(theme.space(6))
        column.addWidget(text(_("Merge two records"), "h2"))
        column.addWidget(
            text(_("Events, contacts and lists of both stay. The merge can be undone and taken apart."), wrap=True)
        )
        self.picker = PickerField()
        self.picker.setObjectName("merge_other")
        column.addLayout(labelled(_("&The other record"), self.picker))
        self.mine, self.theirs = QRadioButton(), QRadioButton()
        self._stays = QButtonGroup(self)
        for button in (self.mine, self.theirs):
            self._stays.addButton(button)
            column.addWidget(button)
        self._area = scrolled("merge_fields")
        column.addWidget(self._area, 1)
        self.error = StateLine(theme, "err")
        self.error.hide()
        column.addWidget(self.error)
        self._merged(column)
        self._foot(column)
        self._begin(other)
        self.resize(min(theme.px(720), WIDEST), min(theme.px(560), HIGHEST))

    def _foot(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        row.addStretch(1)
        leave = Button(self._context.theme, _("&Leave them as they are"))
        leave.clicked.connect(self.reject)
        self.act = Button(self._context.theme, _("&Merge"), "primary", "link")
        self.act.setObjectName("merge_button")
        self.act.clicked.connect(self.merge)
        row.addWidget(leave)
        row.addWidget(self.act)
        column.addLayout(row)

    def _merged(self, column: QVBoxLayout) -> None:
        """What was merged into this record already."""
        for each in merging.merged_into(self._context.ws, self._of.name, self._id):
            row = QHBoxLayout()
            row.addWidget(text(_("Merged: {name}", name=self._own_name(each)), wrap=True), 1)
            apart = Button(self._context.theme, _("Take apart"), "", "undo-2", small=True)
            apart.setAccessibleName(_("Take apart: {name}", name=self._own_name(each)))
            apart.setObjectName("unmerge_button")
            apart.clicked.connect(lambda _on=False, drop=each.id: self.take_apart(drop))
            row.addWidget(apart)
            column.addLayout(row)

    def _begin(self, other: str) -> None:
        """Offer the record asked about, else the one that looks most like this one."""
        record = query.get(self._context.ws, self._of.name, self._id)
        field = Field("merge_other", Type.REFERENCE, N_("The other record"), target=self._of.name)
        self.picker.bind(self._context, field)
        self.picker.dress(self._context.theme)
        self.picker.setAccessibleName(_("The other record"))
        if other:
            self.picker.show_value(other)
        elif record is not None:
            found = duplicates.found(self._context.ws, self._of.name, {**record.fields, "id": record.id})
            if found:
                self.picker.show_value(found[0].record)
        self.mine.setChecked(True)
        self.picker.changed.connect(self._show)
        self.picker.chosen.connect(self._show)
        self.mine.toggled.connect(self._show)
        self._show()

    def _own_name(self, record: Record) -> str:
        words = [documents.words_of(self._context.ws, self._of.name, n, record.fields.get(n)) for n in self._of.title]
        return " ".join(each for each in words if each) or record.code or record.id

    def _pair(self) -> tuple[str, str]:
        """The record that stays and the one that is dropped."""
        return (self._id, self._other) if self.mine.isChecked() else (self._other, self._id)

    def _show(self, _anything: object = None) -> None:
        value = self.picker.value()
        self._other = value if isinstance(value, str) else ""
        ws = self._context.ws
        names = [query.get(ws, self._of.name, each) if each else None for each in (self._id, self._other)]
        for button, record, words in (
            (self.mine, names[0], N_("This one stays: {name}")), (self.theirs, names[1], N_("The other stays: {name}")),
        ):  # fmt: skip
            button.setText(_(words, name=title_of(ws, record) if record is not None else "…"))
        self.theirs.setEnabled(bool(self._other))
        self.error.hide()
        body = QWidget()
        self._sides = {}
        if self._other:
            try:
                self._choices(body)
            except ProgressusError as failure:
                self.error.show_state("err", str(failure))
                self.error.show()
        self.act.setEnabled(bool(self._other) and self.error.isHidden())
        swap_body(self._area, body)

    def _choices(self, body: QWidget) -> None:
        grid = QGridLayout(body)
        grid.setSpacing(self._context.theme.space(8))
        found = merging.choices(self._context.ws, self._of.name, *self._pair())
        for place, words in enumerate((_("Field"), _("The one that stays"), _("The one that is dropped"))):
            grid.addWidget(text(words, "h3"), 0, place)
        for row, choice in enumerate(found, start=1):
            grid.addWidget(text(_(choice.field.label), "h3", wrap=True), row, 0)
            group = self._sides[choice.field.name] = QButtonGroup(body)
            for place, (side, value) in enumerate(((merging.KEEP, choice.keep), (merging.DROP, choice.drop))):
                words = documents.words_of(self._context.ws, self._of.name, choice.field.name, value) or _("empty")
                button = QRadioButton(words if len(words) <= _MOST_LETTERS else words[:_MOST_LETTERS] + "…")
                button.setAccessibleName(f"{_(choice.field.label)}: {words}")
                button.setObjectName(f"merge_{choice.field.name}_{side}")
                button.setChecked(choice.take == side)
                group.addButton(button, place)
                grid.addWidget(button, row, 1 + place)
        if not found:
            grid.addWidget(text(_("They differ in no field with one value."), "muted"), 1, 0, 1, 3)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        grid.setRowStretch(len(found) + 2, 1)

    def merge(self) -> None:
        """Make one of the two; what cannot be merged is said here and nothing is written."""
        take = {
            name: (merging.KEEP, merging.DROP)[group.checkedId()]
            for name, group in self._sides.items()
            if group.checkedId() >= 0
        }
        keep, drop = self._pair()
        try:
            merging.merge(self._context.ws, self._of.name, keep, drop, take)
        except ProgressusError as failure:
            self.error.show_state("err", str(failure))
            self.error.show()
            return
        self._context.notify.undo_bar(_("Two records were merged."))
        self.accept()
        self._done(keep)

    def take_apart(self, drop: str) -> None:
        """Give a merged record back its own place."""
        try:
            merging.unmerge(self._context.ws, self._of.name, drop)
        except ProgressusError as failure:
            self.error.show_state("err", str(failure))
            self.error.show()
            return
        self._context.notify.undo_bar(_("The records were taken apart."))
        self.accept()
        self._done(self._id)

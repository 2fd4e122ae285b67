"""The row of filters above a list: text, combos whose face says "State: all", clear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QStyle,
    QStyleOptionComboBox,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop.domain.catalog import entity as entity_of
from progressus_desktop.gui.columns import SILENT_DAYS
from progressus_desktop.gui.filters import PERIOD, Choice, Wanted, plan_of
from progressus_desktop.gui.parts import Button
from progressus_desktop.gui.periods import periods
from progressus_desktop.gui.searchfield import SearchField
from progressus_desktop.gui.theme import Theme
from progressus_desktop.words import _


class FaceCombo(QComboBox):
    """A combo box that shows its label before the chosen word: "State: all"."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.label = ""
        self.faces: dict[str, str] = {}
        self.currentIndexChanged.connect(lambda _index: self.updateGeometry())

    def face(self) -> str:
        """The words on the closed box."""
        short = self.faces.get(str(self.currentData() or ""))
        return short or f"{self.label}: {self.currentText()}"

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802 - Qt's name
        """Put the label before the chosen word."""
        super().initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self).width()
        option.currentText = self.fontMetrics().elidedText(self.face(), Qt.TextElideMode.ElideRight, room)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Wide enough for what it shows now."""
        hint = super().sizeHint()
        arrow = self._theme.px(26) + self._theme.space(20)
        return QSize(self.fontMetrics().horizontalAdvance(self.face()) + arrow, hint.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """May be squeezed to its label."""
        hint = super().minimumSizeHint()
        return QSize(min(self.sizeHint().width(), self.fontMetrics().averageCharWidth() * 18), hint.height())


class FilterBar(QWidget):
    """The filters of one list. ``changed`` comes with each letter typed and each choice."""

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        entity: str,
        today: Callable[[], date],
        parent: QWidget | None = None,
        offered: Callable[[str], Sequence[tuple[str, str]]] = lambda _column: (),
    ) -> None:
        super().__init__(parent)
        self._offered = offered
        self._theme = theme
        self._today = today
        self._plan = plan_of(entity_of(entity))
        self._quiet = False
        self._compact = False
        self.text = SearchField(theme, self)
        self.text.setObjectName("filter_text")
        self.combos: dict[str, FaceCombo] = {}
        self._labels: dict[str, QLabel] = {}
        for choice in self._plan.choices:
            self._add_combo(choice)
        self.silent = QCheckBox(self)
        self.silent.setObjectName("filter_silent")
        self.silent.setVisible(bool(self._plan.silent))
        self.clear_button = Button(theme, "", "ghost", "x")
        self.clear_button.setObjectName("clear_filters_button")
        self.more_button = Button(theme, "", "", "list-filter")
        self.more_button.setObjectName("more_filters_button")
        self.more_button.setCheckable(True)
        self._lay_out()
        self.text.textChanged.connect(self._tell)
        self.silent.toggled.connect(self._tell)
        self.clear_button.clicked.connect(self.clear)
        self.more_button.toggled.connect(lambda _on: self._place())
        self.retranslate()
        self._place()

    def _add_combo(self, choice: Choice) -> None:
        combo = FaceCombo(self._theme, self)
        combo.setObjectName(f"filter_{choice.name}")
        # a combo box gets its accessible name only through a label that is its buddy
        label = QLabel(self)
        label.setBuddy(combo)
        label.hide()
        self._labels[choice.name] = label
        self.combos[choice.name] = combo
        combo.currentIndexChanged.connect(self._tell)

    def _lay_out(self) -> None:
        gap = self._theme.space(8)
        self._first = QHBoxLayout()
        self._first.setSpacing(gap)
        self._second = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._second.setSpacing(gap)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(gap)
        column.addLayout(self._first)
        column.addLayout(self._second)

    def _place(self) -> None:
        for box in (self._first, self._second):
            while box.count():
                box.takeAt(0)
        rest: list[QWidget] = []
        self._first.addWidget(self.text, 1 if self._compact else 0)
        for choice in self._plan.choices:
            combo = self.combos[choice.name]
            if self._compact and not choice.in_compact:
                rest.append(combo)
            else:
                self._first.addWidget(combo)
                combo.show()
        if self._plan.silent and self._compact:
            rest.append(self.silent)
        elif self._plan.silent:
            self._first.addWidget(self.silent)
            self.silent.show()
        more = self._compact and bool(rest)
        if more:
            self._first.addWidget(self.more_button)
        else:
            self._first.addWidget(self.clear_button)
            self._first.addStretch(1)
        self.more_button.setHidden(not more)
        shown = not self._compact or self.more_button.isChecked()
        for widget in rest:
            self._second.addWidget(widget, 1)
            widget.setVisible(shown)
        if more:
            self._second.addWidget(self.clear_button)
        self._show_clear()
        self._order_tabs()

    def _order_tabs(self) -> None:
        chain: list[QWidget] = [self.text]
        named = [self.combos[c.name] for c in self._plan.choices]
        if self._compact:
            first = [self.combos[c.name] for c in self._plan.choices if c.in_compact]
            rest = [each for each in named if each not in first]
            # a list without filters to fold away has no such button in its row
            chain += [*first, *([self.more_button] if rest or self._plan.silent else []), *rest]
        else:
            chain += named
        chain += [self.silent, self.clear_button]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    # -- what is asked for -------------------------------------------------------------------------

    def wanted(self) -> Wanted:
        """What the filters ask for now."""
        where: list[tuple[str, str]] = []
        period = None
        for choice in self._plan.choices:
            value = str(self.combos[choice.name].currentData() or "")
            if not value:
                continue
            if choice.name == PERIOD:
                period = next((each.dates for each in periods(self._today()) if each.key == value), None)
            else:
                column, _equals, code = value.partition("=")
                where.append((column, code))
        if self._plan.silent and self.silent.isChecked():
            until = self._today() - timedelta(days=SILENT_DAYS + 1)
            where.append((self._plan.silent, f"<={until.isoformat()}"))
        return Wanted(self.text.text().strip(), tuple(where), period)

    def count(self) -> int:
        """How many filters besides the text are on."""
        chosen = sum(bool(combo.currentData()) for combo in self.combos.values())
        return chosen + (self.silent.isChecked() and bool(self._plan.silent))

    def clear(self) -> None:
        """Ask for everything again."""
        self._quiet = True
        self.text.clear()
        self.silent.setChecked(False)
        for combo in self.combos.values():
            combo.setCurrentIndex(0)
        self._quiet = False
        self._tell()
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self) -> None:
        if self._quiet:
            return
        self._show_clear()
        self.changed.emit()

    def _show_clear(self) -> None:
        active = self.wanted().active
        self.clear_button.setVisible(active and (not self._compact or self.more_button.isChecked()))
        number = self.count()
        self.more_button.set_text(_("Filters ({n})", n=number) if number else _("Filters"))

    # -- words and sizes -----------------------------------------------------------------------------

    def set_compact(self, compact: bool) -> None:  # noqa: FBT001 - a state, as Qt's setters
        """Keep only the text and the first combo; the rest opens with a button."""
        if compact != self._compact:
            self._compact = compact
            self.retranslate()
            self._place()

    def restyle(self) -> None:
        """Take icons and sizes from the theme again."""
        theme = self._theme
        self.text.set_bare(self._compact)
        self.text.setMinimumWidth(theme.px(130 if self._compact else 250))
        wide = QSizePolicy.Policy.Expanding if self._compact else QSizePolicy.Policy.Fixed
        self.text.setSizePolicy(wide, QSizePolicy.Policy.Fixed)
        self._first.setSpacing(theme.space(8))
        self._second.setSpacing(theme.space(8))

    def retranslate(self) -> None:
        """Make all words again, keeping what is chosen."""
        self._quiet = True
        self.text.setPlaceholderText(_(self._plan.placeholder))
        self.text.setAccessibleName(_("Filter: {what}", what=_(self._plan.named)))
        for choice in self._plan.choices:
            self._fill(choice)
        self.silent.setText(_("Only without contact for {n} days", n=SILENT_DAYS))
        self.clear_button.set_text(_("Clear filters"))
        self._quiet = False
        self.restyle()
        self._show_clear()

    def offer_again(self) -> None:
        """Take what the list offers now; a choice that is no longer there falls back to all."""
        before = self.wanted()
        self._quiet = True
        for choice in self._plan.choices:
            if choice.options is None:
                self._fill(choice)
        self._quiet = False
        if self.wanted() != before:
            self._tell()

    def _fill(self, choice: Choice) -> None:
        combo = self.combos[choice.name]
        chosen = combo.currentData()
        combo.clear()
        combo.label = _(choice.label)
        self._labels[choice.name].setText(combo.label)
        combo.addItem(_(choice.all_word), "")
        if choice.options is not None:
            options = choice.options(self._today())
        else:
            options = [(f"{choice.name}={value}", word) for value, word in self._offered(choice.name)]
        for value, word in options:
            combo.addItem(word, value)
        combo.setCurrentIndex(max(0, combo.findData(chosen)))
        short = choice.name == PERIOD and self._compact
        combo.faces = {each.key: each.short for each in periods(self._today())} if short else {}

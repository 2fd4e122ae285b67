"""Settings in sections, applied at once, each with "Restore defaults" (picture 24)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QRadioButton,
    QScrollArea,
    QSpinBox,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from progressus_desktop import __version__
from progressus_desktop.clock import local
from progressus_desktop.gui.acts import backup_words
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.parts import Button, Card, on_choice, prop, speak_for, text
from progressus_desktop.gui.passwords import ask_new_password, office_help, save_paper_key, save_recovery_sheet
from progressus_desktop.gui.sectionlist import SectionList
from progressus_desktop.gui.settingsparts import about, backups, people
from progressus_desktop.gui.theme import SCALES
from progressus_desktop.gui.themechoice import ThemeChoice
from progressus_desktop.gui.widths import COMPACT
from progressus_desktop.services import exchanging, office_recovery, workspaces
from progressus_desktop.store import access
from progressus_desktop.store.places import Settings
from progressus_desktop.words import N_, _, language, ngettext

_THEMES = (
    ("auto", N_("Automatic"), N_("as in the system")),
    ("light", N_("Light"), ""),
    ("dark", N_("Dark"), ""),
    ("contrast", N_("High contrast"), N_("black background, yellow selection")),
    ("system", N_("System colours"), N_("the system's theme")),
)
_RING = 6
"""Room for the focus ring at the edges of what scrolls."""
THEME_WORDS = {code: words for code, words, _hint in _THEMES}
_FIELDS: tuple[tuple[str, ...], ...] = (
    ("theme", "text_scale", "font", "key_hints"), ("language",), ("auto_lock_minutes",), (), (), ()
)  # fmt: skip


def _speaks(code: str) -> bool:
    return language() == code


class SettingsPage(QWidget):
    """The page; its sections are made again when language, theme or size change."""

    def __init__(self, context: Context, command: Callable[[str], None]) -> None:
        super().__init__()
        self._context, self._command = context, command
        self._compact = False
        self.setProperty("k", "page")
        self.setObjectName("settings_page")
        self._title, self._what = text("", "h1"), text("", "small")
        self._office = Button(context.theme, "", "", "clipboard-list")
        self._office.clicked.connect(lambda: command("office_info"))
        self.sections = SectionList(context.theme)
        self.sections.chosen.connect(self._show)
        self.combo = QComboBox()
        self.combo.setObjectName("settings_combo")
        self.combo.activated.connect(self._show)
        self.body = QStackedWidget()
        self._now = 0
        head = QHBoxLayout()
        titles = QVBoxLayout()
        titles.setSpacing(2)
        titles.addWidget(self._title)
        titles.addWidget(self._what)
        head.addLayout(titles, 1)
        head.addWidget(self._office)
        self._columns = QHBoxLayout()
        self._columns.addWidget(self.sections)
        self._columns.addWidget(self.combo)
        self._columns.addWidget(self.body, 1)
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addLayout(self._columns, 1)
        self.retranslate()
        context.settings.changed.connect(self.retranslate)

    # -- what the shell asks ----------------------------------------------------------------------------

    def title(self) -> str:
        """The page's name."""
        return _("Settings")

    def first_focus(self) -> QWidget:
        """The list of sections, a box where there is little room."""
        return self.combo if self._compact else self.sections

    def areas(self) -> tuple[QWidget, ...]:
        """What F6 goes through."""
        first = self._first_inside()
        return (self.first_focus(), first) if first else (self.first_focus(),)

    def _first_inside(self) -> QWidget | None:
        page = self.body.currentWidget()
        inside = page.findChildren(QWidget) if page else []
        return next(
            (each for each in inside if each.focusPolicy() & Qt.FocusPolicy.TabFocus and each.isEnabled()), None
        )

    def actions_here(self) -> Mapping[str, object]:
        """What menus and shortcuts may ask of this page."""
        return {"next_section": lambda: self._step(1), "previous_section": lambda: self._step(-1)}

    def _step(self, step: int) -> None:
        """The section after or before; the focus goes along unless it is on the list of sections."""
        if not 0 <= self._now + step < self.body.count():
            return
        inside = not self.first_focus().hasFocus()
        self._show(self._now + step)
        self._context.notify.announce(_(SECTIONS[self._now]))
        first = self._first_inside()
        if inside and first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def relayout(self, logical_width: int) -> None:
        """A box above the choices instead of the list when there is no room beside them."""
        compact = logical_width < COMPACT
        direction = QHBoxLayout.Direction.TopToBottom if compact else QHBoxLayout.Direction.LeftToRight
        self._columns.setDirection(direction)
        there = self.sections.hasFocus() or self.combo.hasFocus()
        self.sections.setVisible(not compact)
        self.combo.setVisible(compact)
        self._what.setVisible(not compact)
        prop(self._title, "t", "h2" if compact else "h1")
        if compact != self._compact:
            self._compact = compact
            self.retranslate()
            if there:
                self.first_focus().setFocus()

    def retranslate(self) -> None:
        """Make the page again with the words, sizes and values of now; the focus stays on the same control."""
        theme = self._context.theme
        focused = self.focusWidget()
        had = focused.objectName() if focused is not None and self.isAncestorOf(focused) and focused.hasFocus() else ""
        side, top = theme.space(14 if self._compact else 20), theme.space(7 if self._compact else 12)
        self._column.setContentsMargins(side, top, side, theme.space(8))
        self._column.setSpacing(theme.space(7 if self._compact else 12))
        self._columns.setSpacing(theme.space(12))
        self._title.setText(self.title())
        ws = self._context.ws
        self._what.setText(_("{name}, laptop {letter}", name=ws.name, letter=ws.replica.letter))
        self._office.set_text(_("Information for the office"))
        for old in [each for number in range(self.body.count()) if (each := self.body.widget(number)) is not None]:
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        titles = [_(each) for each in SECTIONS]
        states = self._states()
        rows = [(f"{n}. {t}", k, s) for n, (t, (k, s)) in enumerate(zip(titles, states, strict=True), 1)]
        self.sections.show_rows(rows)
        self.combo.clear()
        self.combo.addItems([_("{name} – {state}", name=name, state=words) for name, _kind, words in rows])
        speak_for(self.combo, _("Section"))
        told = [partial(make, self._context, self._command) for make in (backups, people, about)]
        makers: tuple[Callable[[QVBoxLayout], None], ...] = (self._look, self._language, self._safety, *told)
        for number, make in enumerate(makers):
            self.body.addWidget(self._section(number, titles[number], make))
        self._show(self._now)
        if had and (same := self.findChild(QWidget, had)) is not None:
            same.setFocus()

    def _show(self, number: int) -> None:
        self._now = number
        self.body.setCurrentIndex(number)
        self.sections.mark(number)
        self.combo.setCurrentIndex(number)

    def _states(self) -> list[tuple[str, str]]:
        value, ws = self._context.settings.value, self._context.ws
        made = ws.get_setting(access.RECOVERY_MADE)
        sheet = _("Sheet: {day}", day=f"{local(int(made)):%d.%m.%Y}") if made else _("No recovery sheet")
        when, good = backup_words(ws)
        working = len(workspaces.people(ws))
        look = f"{_(THEME_WORDS.get(value.theme, 'Automatic'))}, {value.text_scale}%"
        return [
            ("info", look),
            ("info", "Polski" if language() == "pl" else "English"),
            ("ok" if made else "warn", sheet),
            ("ok" if good else "warn", when[:1].upper() + when[1:] if when else _("none yet")),
            ("info", ngettext("{n} person", "{n} people", working)),
            ("info", _("Version {version}", version=__version__)),
        ]

    def _section(self, number: int, title: str, make: Callable[[QVBoxLayout], None]) -> QWidget:
        theme = self._context.theme
        card = Card(theme)
        head = QHBoxLayout()
        head.setContentsMargins(_RING, 0, 0, 0)
        head.addWidget(text("" if self._compact else f"{number + 1}. {title}", "h2"), 1)
        if _FIELDS[number]:
            reset = Button(theme, _("Restore &defaults"), "ghost", "rotate-ccw")
            reset.setObjectName(f"reset_{number}")
            defaults = Settings()
            chosen = {name: getattr(defaults, name) for name in _FIELDS[number]}
            reset.clicked.connect(lambda: self._change(chosen))
            head.addWidget(reset)
        card.column.addLayout(head)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inner = QWidget()
        inner.setProperty("k", "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(_RING, 0, _RING, _RING)
        column.setSpacing(theme.space(8))
        make(column)
        column.addStretch(1)
        scroll.setWidget(inner)
        card.column.addWidget(scroll, 1)
        return card

    def _change(self, values: Mapping[str, Any]) -> None:
        self._context.settings.change(**values)

    def _on_choice(self, button: QAbstractButton, name: str, value: object) -> None:
        settings = self._context.settings
        on_choice(button, lambda: getattr(settings.value, name) == value, lambda: self._change({name: value}))

    # -- sections -------------------------------------------------------------------------------------------

    def _look(self, column: QVBoxLayout) -> None:
        theme, value = self._context.theme, self._context.settings.value
        words = _("Changes work at once. They are kept on this laptop, for everybody who works here.")
        column.addWidget(text(words, "muted", wrap=True))
        column.addWidget(text(_("Theme"), "label"))
        grid = QGridLayout()
        grid.setSpacing(theme.space(8))
        group = QButtonGroup(self.body)
        across = 1 if self._compact else 3
        for number, (code, words, hint) in enumerate(_THEMES):
            choice = ThemeChoice(self._context, _(words), _(hint) if hint else "")
            choice.button.setObjectName(f"theme_{code}")
            choice.button.setChecked(value.theme == code)
            group.addButton(choice.button)
            self._on_choice(choice.button, "theme", code)
            grid.addWidget(choice, number // across, number % across)
        column.addLayout(grid)
        self._text_size(column)
        self._typeface(column)

    def _text_size(self, column: QVBoxLayout) -> None:
        theme, value = self._context.theme, self._context.settings.value
        column.addWidget(text(_("Text size"), "label"))
        row = QHBoxLayout()
        row.setSpacing(theme.space(6))
        for percent in SCALES:
            button = Button(theme, f"{percent}%")
            button.setCheckable(True)
            button.setObjectName(f"scale_{percent}")
            button.setChecked(value.text_scale == percent)
            button.setAccessibleName(_("Text size {percent}%", percent=percent))
            self._on_choice(button, "text_scale", percent)
            row.addWidget(button)
        row.addStretch(1)
        if not self._compact:
            row.addWidget(text(_("Ctrl + and Ctrl −"), "small"))
        column.addLayout(row)

    def _typeface(self, column: QVBoxLayout) -> None:
        value = self._context.settings.value
        font = QComboBox()
        font.setObjectName("font")
        font.addItem("Atkinson Hyperlegible Next", "atkinson")
        font.addItem(_("System font"), "system")
        font.setCurrentIndex(max(0, font.findData(value.font)))
        font.activated.connect(lambda index: self._change({"font": font.itemData(index)}))
        self._labelled(column, _("&Typeface"), font)
        hints = QCheckBox(_("&Show keys on pages"))
        hints.setObjectName("key_hints")
        hints.setChecked(value.key_hints)
        hints.toggled.connect(lambda on: self._change({"key_hints": on}))
        column.addWidget(hints)
        sample = Card(self._context.theme, "soft")
        sample.column.addWidget(text(_("Preview"), "small"))
        sample.column.addWidget(
            text(_("Community room in Lipniki, 18.11.2026, 16:00–18:30: 26 people"), "h2", wrap=True)
        )
        sample.column.addWidget(text(_("Il1 O0 689 – letters and digits that cannot be confused."), wrap=True))
        column.addWidget(sample)

    def _labelled(self, column: QVBoxLayout, words: str, field: QWidget, hint: str = "") -> None:
        label = text(words, "label")
        label.setBuddy(field)
        group = QVBoxLayout()
        group.setSpacing(4)
        group.addWidget(label)
        if hint:
            group.addWidget(text(hint, "small", wrap=True))
        field.setMinimumWidth(self._context.theme.px(300))
        group.addWidget(field, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(group)

    def _language(self, column: QVBoxLayout) -> None:
        group = QButtonGroup(self.body)
        for code, words in (("pl", "Polski"), ("en", "English")):
            button = QRadioButton(words)
            button.setObjectName(f"language_{code}")
            button.setChecked(language() == code)
            group.addButton(button)
            on_choice(button, partial(_speaks, code), partial(self._change, {"language": code}))
            column.addWidget(button)
        column.addWidget(
            text(
                _("Everything changes at once: pages, menus and messages. Reports ask for their own."),
                "muted",
                wrap=True,
            )
        )

    def _safety(self, column: QVBoxLayout) -> None:
        theme, context = self._context.theme, self._context
        minutes = QSpinBox()
        minutes.setObjectName("auto_lock_minutes")
        minutes.setRange(5, 60)
        # a style sheet's padding does not reach the text of a spin box
        minutes.lineEdit().setTextMargins(theme.space(8), 0, 0, 0)
        minutes.setSuffix(_(" min"))
        minutes.setValue(context.settings.value.auto_lock_minutes)
        minutes.editingFinished.connect(lambda: self._lock_changed(minutes.value()))
        self._labelled(
            column, _("&Lock after"), minutes, _("From 5 to 60 minutes without work. What you type is kept.")
        )
        acts: list[tuple[str, str, Callable[[], object]]] = [
            (_("Change the p&assword…"), "key-round", lambda: ask_new_password(context, self)),
            (_("New recovery s&heet…"), "printer", lambda: save_recovery_sheet(context, self, self.retranslate)),
        ]
        if exchanging.is_office(context.ws):
            acts.append((_("Office's &key on paper…"), "file-key", lambda: save_paper_key(context, self)))
        for words, icon, act in acts:
            button = Button(theme, words, "", icon)
            button.setEnabled(not context.ws.read_only)
            button.clicked.connect(act)
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        note = _("The recovery sheet opens the workspace when the password is forgotten. A new sheet ends the old one.")
        column.addWidget(text(note, "muted", wrap=True))
        if office_recovery.possible(context.ws):
            column.addLayout(office_help(context))

    def _lock_changed(self, minutes: int) -> None:
        if minutes != self._context.settings.value.auto_lock_minutes:
            self._change({"auto_lock_minutes": minutes})


SECTIONS = (
    N_("Appearance and text"),
    N_("Language"),
    N_("Safety"),
    N_("Backups"),
    N_("Organisation and people"),
    N_("About the program"),
)

"""Between a form's widgets and a record's values: words, values, problems, and which field was left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QStackedWidget, QWidget
from shiboken6 import isValid

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import Field, Level, Problem
from progressus_desktop.gui import forms, mnemonics
from progressus_desktop.gui.answers import AnswersField
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.fields import BooleanField
from progressus_desktop.gui.parts import prop
from progressus_desktop.gui.problems import ProblemLines
from progressus_desktop.words import _


class Binder(QObject):
    """Knows the form of one entity. ``changed`` and ``left`` name the field."""

    changed = Signal(str)
    left = Signal(str)
    entered = Signal(str)

    def __init__(self, context: Context, entity: str, form: QWidget) -> None:
        """Know the fields of a form; :meth:`bind` makes them ready."""
        super().__init__(form)
        self.form, self.entity = form, ENTITIES[entity]
        self._context = context
        self.widgets: Mapping[str, Any] = dict(forms.fields_of(form, entity))
        self.sections: QStackedWidget = forms.sections_of(form)
        self.labels = {name: self._label(name) for name in self.widgets}
        self._problems: dict[str, list[Problem]] = {}
        self._said: dict[str, str] = {}
        self._at = ""
        # looked for once: asking Qt for a part by its name, or PySide for a method that is not there, costs 10 to
        # 50 µs, and there are fifty fields
        self._lines = {each.objectName().removesuffix(forms.ERROR): each for each in form.findChildren(ProblemLines)}
        texts = {each.objectName(): each for each in form.findChildren(QLabel)}
        self._hints = {name: texts[name + forms.HINT] for name in self.widgets if name + forms.HINT in texts}
        self._required = {name: texts[name + forms.REQUIRED] for name in self.widgets if name + forms.REQUIRED in texts}
        self._totals = {name: each for name, each in self.widgets.items() if hasattr(each, "set_bad")}

    def bind(self) -> Iterator[None]:
        """Tell each widget which field it is, one at a time."""
        for name, widget in self.widgets.items():
            widget.bind(self._context, self.entity.field(name))
            widget.changed.connect(lambda name=name: self.changed.emit(name))
            # a composite field cannot take the focus itself; its letter leads to its first control
            self.labels[name].setBuddy(first_stop(widget))
            yield
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._focus)

    def order_tabs(self) -> None:
        """Bring what fields and lists built inside themselves to its place between its neighbours in the file."""
        stops: list[QWidget] = []
        for name in forms.tab_order(self.entity.name):
            part = self.form.findChild(QWidget, name)
            stops += tab_stops(part) if part is not None else []
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _label(self, name: str) -> QLabel:
        found = self.form.findChild(QLabel, name + forms.LABEL)
        if found is None:  # pragma: no cover - fields_of has seen it
            raise forms.FormError(name)
        return found

    # -- focus --------------------------------------------------------------------------------------------

    def field_at(self, widget: QWidget | None) -> str:
        """The name of the field a widget belongs to, empty for none."""
        while widget is not None and widget is not self.form:
            name = widget.objectName()
            if self.widgets.get(name) is widget:
                return name
            widget = widget.parentWidget()
        return ""

    def _focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        if not isValid(self.form) or not self.form.isVisible():
            # the visit has ended, or ends by other ways than leaving a field
            self._at = ""
            return
        if new is None or QApplication.activePopupWidget() is not None:
            return
        name = self.field_at(new) if self.form.isAncestorOf(new) else ""
        if name == self._at:
            return
        before, self._at = self._at, name
        if before:
            self.tidy(before)
            self.left.emit(before)
        if name:
            self.entered.emit(name)

    def tidy(self, name: str) -> None:
        """Let a field finish what was typed into it."""
        widget = self.widgets[name]
        if hasattr(widget, "tidy"):
            widget.tidy()

    def current(self) -> str:
        """The field with the focus."""
        return self._at

    def focus(self, name: str) -> None:
        """Put the focus into a field."""
        first_stop(self.widgets[name]).setFocus()

    # -- values ----------------------------------------------------------------------------------------------

    def show(self, values: Mapping[str, Any]) -> None:
        """Show a record's values in every field."""
        for name, widget in self.widgets.items():
            widget.show_value(values.get(name))
        self._counted()

    def show_one(self, name: str, value: Any) -> None:
        """Show one value."""
        self.widgets[name].show_value(value)
        self._counted()

    def value(self, name: str) -> Any:
        """What a field holds now."""
        return self.widgets[name].value()

    def fields(self) -> Iterable[Field]:
        """The fields of the form in the entity's order."""
        return (self.entity.field(name) for name in self.widgets)

    def lock(self, names: Iterable[str], why: str = "") -> None:
        """Let these fields be read only; without another reason because the project office fills them in."""
        locked, said = set(names), why or _("The project office fills this in.")
        for name, widget in self.widgets.items():
            widget.setEnabled(name not in locked)
            widget.setToolTip(said if name in locked else "")

    # -- problems ---------------------------------------------------------------------------------------------

    def mark(self, problems: Sequence[Problem]) -> None:
        """Say under each field what is wrong with it, and nothing under the others."""
        by_field: dict[str, list[Problem]] = {}
        for problem in problems:
            by_field.setdefault(problem.field, []).append(problem)
        for name in self.widgets:
            if name not in self._problems or self._problems[name] != by_field.get(name, []):
                self.mark_one(name, by_field.get(name, ()))

    def mark_one(self, name: str, problems: Sequence[Problem]) -> None:
        """Say what is wrong with one field."""
        self._problems[name] = list(problems)
        widget = self.widgets[name]
        error = self._wrong(name)
        lines = self._lines.get(name)
        if lines is not None:
            lines.show_problems(problems)
            stops = [last_stop(widget), *lines.buttons] if lines.buttons else []
            for before, after in pairwise(stops):
                QWidget.setTabOrder(before, after)
        for each, other in self._totals.items():
            # a table of numbers also shows what is wrong with the number it is compared with
            if name in {each, other.property("checked_by")}:
                other.set_bad(self._wrong(each) or self._wrong(str(other.property("checked_by"))))
        prop(widget, "bad", error)
        self._describe(name)

    def _describe(self, name: str) -> None:
        """Let a screen reader say after the field what is wrong with it, and its help."""
        help_ = _(self.entity.field(name).help) if self.entity.field(name).help else ""
        said = " ".join([*(str(problem.message) for problem in self._problems.get(name, ())), help_]).strip()
        self.widgets[name].setAccessibleDescription(said)

    def say(self, name: str) -> None:
        """Tell a screen reader what is wrong with a field that was left: it reads the next one already. Once each."""
        words = " ".join(str(problem.message) for problem in self.problems(name))
        if words and words != self._said.get(name):
            self._context.notify.announce(f"{_(self.entity.field(name).label)}: {words}")
        self._said[name] = words

    def _wrong(self, name: str) -> bool:
        return any(problem.level is Level.ERROR for problem in self._problems.get(name, ()))

    def problems(self, name: str) -> Sequence[Problem]:
        """What is shown under a field."""
        return self._problems.get(name, ())

    # -- words and sizes -----------------------------------------------------------------------------------------

    def _counted(self) -> None:
        """Answer lists say in their label how much is answered."""
        for name, widget in self.widgets.items():
            if isinstance(widget, AnswersField):
                done, every = widget.answered()
                label = _(self.entity.field(name).label)
                words = _("{label} ({done} of {all})", label=label, done=done, all=every)
                self.labels[name].setText(words)

    def retranslate(self, taken: Sequence[str] = ()) -> None:
        """Labels, hints and mnemonics; ``taken`` are the letters of the page's head."""
        for page in self.form.findChildren(QScrollArea):
            self._section_words(page, taken)
        for name, widget in self.widgets.items():
            field = self.entity.field(name)
            widget.setAccessibleName(_(field.label))
            widget.retranslate()
            self._describe(name)
            hint = self._hints.get(name)
            if hint is not None:
                hint.setText(_(field.help))
                hint.setVisible(bool(field.help))
            required = self._required.get(name)
            if required is not None:
                required.setText(_("(required)"))
                required.setVisible(field.required and not _says_itself(widget))
        for lines in self._lines.values():
            lines.retranslate()
        self._counted()

    def _section_words(self, page: QWidget, taken: Sequence[str]) -> None:
        names = [name for name, widget in self.widgets.items() if page.isAncestorOf(widget)]
        names = [name for name in names if not _says_itself(self.widgets[name])]
        button = page.findChild(QPushButton, f"{page.objectName().removeprefix('section_')}_more_button")
        short = [name for name in names if not self.entity.field(name).more]
        long = [name for name in names if self.entity.field(name).more]
        words = [_(self.entity.field(name).label) for name in [*short, *long]]
        more = [_("More fields")] if button is not None else []
        given = mnemonics.assign([*words[: len(short)], *more, *words[len(short) :]], taken)
        if button is not None:
            self.form.setProperty(f"{button.objectName()}_words", given.pop(len(short)))
        for name, label in zip([*short, *long], given, strict=True):
            self.labels[name].setText(label)
        for name, widget in self.widgets.items():
            if page.isAncestorOf(widget) and _says_itself(widget):
                self.labels[name].hide()

    def dress(self) -> None:
        """Take sizes, icons and colours from the theme."""
        for widget in self.widgets.values():
            widget.dress(self._context.theme)
        for lines in self._lines.values():
            lines.dress(self._context.theme)

    def set_narrow(self, narrow: bool) -> None:  # noqa: FBT001 - as Qt's setters
        """Let fields that can take the shape for little room."""
        for widget in self.widgets.values():
            if hasattr(widget, "set_narrow"):
                widget.set_narrow(narrow)


def _says_itself(widget: QWidget) -> bool:
    """Whether a field needs no label above it: a tick has its words beside it, topics have heads."""
    return isinstance(widget, BooleanField) or bool(getattr(widget, "has_heads", False))


def first_stop(widget: QWidget) -> QWidget:
    """The control that takes the focus for a field or a list."""
    inner: QWidget = widget.first_stop() if hasattr(widget, "first_stop") else widget
    return inner


def last_stop(widget: QWidget) -> QWidget:
    """The last control of a field or list that Tab stops at."""
    return next(reversed(tab_stops(widget)), widget)


def tab_stops(part: QWidget) -> list[QWidget]:
    """What Tab stops at inside a part: itself, or what it was built of, in that order."""
    if part.focusPolicy() & Qt.FocusPolicy.TabFocus and not isinstance(part, QScrollArea):
        return [part]
    if isinstance(part, QScrollArea | QStackedWidget) or part.objectName().endswith(("_body", "_more")):
        return []
    inner = part.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return [stop for child in inner for stop in tab_stops(child)]

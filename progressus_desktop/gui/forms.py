"""Forms from ``ui/*.ui``, loaded at run time, with every silent trap of the loader turned into an error."""

from __future__ import annotations

import re
from collections.abc import Generator, Mapping
from importlib import import_module
from typing import Any
from xml.etree import ElementTree as ET

from PySide6.QtCore import QBuffer, QByteArray, QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtUiTools import QUiLoader
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLayout, QStackedWidget, QWidget

from progressus_desktop import assets
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.domain.fields import Entity, Field

LABEL, REQUIRED, HINT, ERROR, LIST = "_label", "_required", "_hint", "_error", "_list"
MORE = "_more"
_PLACE = "_place"
_TAB_STOP = re.compile(r"<tabstop>(\w+)</tabstop>")


class FormError(Exception):
    """A ``.ui`` file does not fit its entity: a mistake of ours, found by the tests."""


_MODULES = {
    "answers": "AnswersField",
    "datefield": "DateField",
    "figurelist": "FigureList",
    "filelist": "FileList",
    "fields": "BooleanField CodeField LongTextField TextField",
    "gathered": "ArrangementsField GminasField MapField",
    "linked": "ContactList EventList",
    "many": "CodesField ReferencesField",
    "matrix": "CountsField MatrixField",
    "namedentry": "ParticipantList",
    "photos": "PhotoList",
    "picker": "PickerField",
    "problems": "ProblemLines",
    "recordlist": "RecordList",
    "reportparts": "ReportPartList",
    "rows": "RowsField",
    "stripchooser": "StripChooser",
    "talklog": "InteractionList",
    "topics": "TopicTicks TopicsField",
}
PROMOTED: Mapping[str, str] = {name: module for module, names in _MODULES.items() for name in names.split()}
"""The classes that ``.ui`` files may name, and their modules, which are loaded when a form needs them."""


def _promoted(name: str) -> type[QWidget]:
    module = import_module(f"progressus_desktop.gui.{PROMOTED[name]}")
    found: type[QWidget] = getattr(module, name)
    return found


class _Loader(QUiLoader):
    """Makes promoted widgets itself; an unknown class would silently become its base class."""

    def __init__(self) -> None:
        super().__init__()
        self._known = set(self.availableWidgets())
        self.strange: list[str] = []

    def createWidget(self, class_name: str, parent: QWidget | None = None, name: str = "") -> QWidget:  # noqa: N802
        if class_name in PROMOTED:
            made = _promoted(class_name)(parent)
            made.setObjectName(name)
            return made
        if class_name not in self._known:
            self.strange.append(class_name)
        return super().createWidget(class_name, parent, name)


def loading(name: str, parent: QWidget | None = None) -> Generator[None, None, QWidget]:
    """Make the form ``ui/<name>.ui`` inside ``parent`` a section at a time; gives it without words and values.

    Raises:
        FormError: the file is missing or damaged, names an unknown class, or a label stands for nothing.
    """
    frame, sections = _apart(name)
    yield
    loader = _Loader()
    form = _piece(loader, name, frame, parent)
    for section in sections:
        cut = _cut_out(section)
        yield
        page = _piece(loader, name, section, sections_of(form))  # a stack takes in what is loaded into it
        for each in cut:
            yield
            place: Any = page.findChild(QWidget, each.get("name", "") + _PLACE)
            body = place.parentWidget()
            body.layout().replaceWidget(place, _piece(loader, name, each, body))
            place.deleteLater()
    yield
    _align_rows(form)
    wrong = [*(f"unknown class {each}" for each in loader.strange), *_dangling(form)]
    if wrong:
        message = f"ui/{name}.ui: {'; '.join(wrong)}"
        raise FormError(message)
    return form


def _apart(name: str) -> tuple[ET.Element, list[ET.Element]]:
    """The form of a file without its sections, and these, since the loader makes in one go whatever it is given."""
    try:
        root = ET.parse(assets.form(name)).getroot()  # noqa: S314 - a file of the program itself
    except (OSError, ET.ParseError) as error:
        message = f"ui/{name}.ui: {error}"
        raise FormError(message) from error
    form = root.find("widget")
    if form is None:
        message = f"ui/{name}.ui holds no form"
        raise FormError(message)
    stack = form.find(".//widget[@class='QStackedWidget'][@name='sections']")
    sections = stack.findall("widget") if stack is not None else []
    for each in sections:
        stack.remove(each)  # type: ignore[union-attr]  # it has sections, so it is there
    return form, sections


def _cut_out(section: ET.Element) -> list[ET.Element]:
    """Leave an empty place where a section has its "more fields", and give these."""
    found = []
    for item in [*section.iter("item")]:
        more = item.find("widget")
        if more is not None and more.get("name", "").endswith(MORE):
            item.remove(more)
            item.append(ET.Element("widget", {"class": "QWidget", "name": more.get("name", "") + _PLACE}))
            found.append(more)
    return found


def _piece(loader: _Loader, name: str, part: ET.Element, parent: QWidget | None) -> QWidget:
    """Let the loader make one part of a form."""
    file = ET.Element("ui", version="4.0")
    file.append(part)
    warnings: list[str] = []

    def heard(_kind: QtMsgType, _where: QMessageLogContext, message: str) -> None:
        warnings.append(message)

    buffer = QBuffer()
    buffer.setData(QByteArray(ET.tostring(file)))
    before = qInstallMessageHandler(heard)
    try:
        made = loader.load(buffer, parent)
    except RuntimeError as error:
        message = f"ui/{name}.ui: {error}"
        raise FormError(message) from error
    finally:
        qInstallMessageHandler(before)
    if warnings:
        message = f"ui/{name}.ui: {'; '.join(warnings)}"
        raise FormError(message)
    return made


def _align_rows(form: QWidget) -> None:
    """Fields that stand in a row keep one line when an error under one of them makes it taller."""
    for row in rows_of(form):
        for place in range(row.count()):
            item = row.itemAt(place)
            if item is not None and item.layout() is not None:
                item.setAlignment(Qt.AlignmentFlag.AlignTop)


def rows_of(form: QWidget) -> list[QHBoxLayout]:
    """The rows of fields that stand side by side."""
    return [each for each in form.findChildren(QHBoxLayout) if each.objectName().startswith(("row_", "pair_"))]


def measure_again(form: QWidget) -> None:
    """Let every layout ask its parts anew: one out of sight does not hear that its text has another size."""
    for layout in form.findChildren(QLayout):
        layout.invalidate()


def _dangling(form: QWidget) -> list[str]:
    labels = [each for each in form.findChildren(QLabel) if each.objectName().endswith(LABEL)]
    return [f"{each.objectName()} stands for no field" for each in labels if each.buddy() is None]


def tab_order(name: str) -> list[str]:
    """The names of a form's parts in the order in which its file lets Tab go through them."""
    # from the file: QWidget.nextInFocusChain makes PySide believe that each widget belongs to the one before it,
    # and the first of them to go then takes objects with it that are in use
    return _TAB_STOP.findall(assets.form(name).read_text(encoding="utf-8"))


def on_form(of: Entity) -> tuple[Field, ...]:
    """The fields a form shows: those with a section."""
    return tuple(field for field in of.fields if field.section)


def fields_of(form: QWidget, entity: str) -> dict[str, QWidget]:
    """The widget of each field, found by the field's own name.

    Raises:
        FormError: a field has no widget or no label.
    """
    found: dict[str, QWidget] = {}
    missing = []
    for field in on_form(ENTITIES[entity]):
        widget = form.findChild(QWidget, field.name)
        label = form.findChild(QLabel, field.name + LABEL)
        if widget is None or label is None:
            missing.append(field.name)
        else:
            found[field.name] = widget
    if missing:
        message = f"ui/{entity}.ui lacks {', '.join(missing)}"
        raise FormError(message)
    return found


def lists_of(form: QWidget) -> list[Any]:
    """The lists of other records that stand on a form (or one section of it): promoted widgets called ``…_list``."""
    stack = form.findChild(QStackedWidget, "sections")
    pages = [stack.widget(number) for number in range(stack.count())] if stack is not None else [form]
    named = (each for page in pages if page for each in page.findChildren(QWidget) if each.objectName().endswith(LIST))
    return [each for each in named if hasattr(each, "show_record")]


def sections_of(form: QWidget) -> QStackedWidget:
    """The stack whose pages are the form's sections.

    Raises:
        FormError: the form has none.
    """
    stack = form.findChild(QStackedWidget, "sections")
    if stack is None:
        message = f"{form.objectName()} has no stack of sections"
        raise FormError(message)
    return stack


def section_of(widget: QWidget) -> str:
    """The section of a form in which a widget stands."""
    found: QWidget | None = widget
    while found is not None:
        name = found.objectName()
        if name.startswith("section_") and not name.endswith("_body"):
            return name.removeprefix("section_")
        found = found.parentWidget()
    return ""

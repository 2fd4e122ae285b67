"""Every ``.ui`` file fits its entity: fields and widgets one to one, labels, order, letters, sizes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtUiTools import QUiLoader
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from progressus_desktop import assets
from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.gui import forms, mnemonics
from progressus_desktop.gui.binder import first_stop
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.formpage import FormPage
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import use_language

NAMES = sorted(path.stem for path in assets.form("event").parent.glob("*.ui"))
BETWEEN, SIDEBAR = (1279, 1093, 1024, 930), 196
ROOM = (1084, 570)
"""What a page has at 1280×720 (design-language.md, section 3.1)."""


@pytest.fixture(params=NAMES)
def page(
    request: pytest.FixtureRequest, empty_ws: Workspace, context_of: Callable[[Workspace], Context]
) -> Iterator[FormPage]:
    made = FormPage(context_of(empty_ws), request.param)
    for _piece in made.make():
        pass
    made.open("")
    yield made
    # a form left behind is styled again with every change of theme of the tests after it
    made.close()
    made.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_the_forms_that_the_window_opens_exist() -> None:
    assert set(NAMES) >= {"event", "partner", "contact", "interaction", "photo"}


def test_fields_and_widgets_are_one_to_one(page: FormPage) -> None:
    declared = {field.name for field in forms.on_form(page.entity)}
    own = {each.objectName() for each in page.form.findChildren(QWidget)}
    assert declared <= own
    labels = {name.removesuffix("_label") for name in own if name.endswith("_label")}
    assert labels == declared
    names = Counter(each.objectName() for each in page.form.findChildren(QWidget) if each.objectName() in declared)
    assert set(names.values()) == {1}


def test_each_field_stands_in_its_section_and_under_more_if_declared_so(page: FormPage) -> None:
    for field in forms.on_form(page.entity):
        widget = page.binder.widgets[field.name]
        section = page.form.findChild(QScrollArea, f"section_{field.section}")
        assert section is not None, field.name
        assert section.isAncestorOf(widget), field.name
        more = page.form.findChild(QWidget, f"{field.section}_more")
        assert (more is not None and more.isAncestorOf(widget)) is field.more, field.name


def test_every_label_stands_for_its_field_and_every_field_has_a_name(page: FormPage) -> None:
    for name, widget in page.binder.widgets.items():
        label = page.form.findChild(QLabel, f"{name}_label")
        assert label is not None
        assert label.buddy() is first_stop(widget)
        assert widget.accessibleName()


def test_tab_visits_every_field_in_the_order_of_the_declaration(page: FormPage, qtbot: QtBot) -> None:
    """By the Tab key itself: composite fields build their inner controls late, at the end of Qt's own chain."""
    page.resize(1170, 640)
    page.relayout(1366)
    with qtbot.waitActive(page):
        page.show()
        page.activateWindow()
    for number, section in enumerate(page.entity.sections):
        page.sections.show(number)
        box = page.form.findChild(QWidget, f"{section.name}_more")
        if box is not None:
            box.setVisible(True)
        open_here = [field for field in forms.on_form(page.entity) if page.binder.widgets[field.name].isEnabled()]
        wanted = [field.name for field in open_here if field.section == section.name]
        if not wanted:
            continue
        page.binder.focus(wanted[0])
        seen = [wanted[0]]
        for _step in range(160):
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            name = page.binder.field_at(QApplication.focusWidget())
            if name and name != seen[-1]:
                seen.append(name)
        assert set(wanted) <= set(seen), set(wanted) - set(seen)
        first_round = seen[: len(wanted)]
        assert len(set(first_round)) == len(wanted), first_round
    page.close()


@pytest.mark.parametrize("language", ["pl", "en"])
def test_letters_are_unique_within_a_section_and_leave_the_menus_alone(page: FormPage, language: str) -> None:
    use_language(language)
    page.retranslate()
    head = page.head.letters()
    for section in page.form.findChildren(QScrollArea):
        labels = [each for each in section.findChildren(QLabel) if each.buddy() is not None]
        buttons = section.findChildren(QPushButton)
        letters = [mnemonics.letter(each.text()) for each in [*labels, *buttons]] + head
        used = [each for each in letters if each]
        assert len(used) == len(set(used)), (section.objectName(), used)
        assert not set(used) & set(mnemonics.MENUS[language])
        assert all(each.isascii() for each in used)


def test_a_form_fits_the_smallest_screen_and_reflows_for_the_largest_text(page: FormPage) -> None:
    page.relayout(1280)
    page.resize(*ROOM)
    hint = page.minimumSizeHint()
    assert (hint.width(), hint.height()) <= ROOM
    assert hint.width() <= ROOM[0]
    assert hint.height() <= ROOM[1]


def test_fields_are_not_cut_at_widths_between_the_smallest_and_the_full_window(
    page: FormPage, qapp: QApplication
) -> None:
    """A laptop's 1366 pixels are 1093 at 125 % of text and 910 at 150 %: the sections still stand beside the form."""
    page.show()
    cut = []
    for width in BETWEEN:
        page.relayout(width)
        page.resize(width - SIDEBAR, ROOM[1])
        for number, section in enumerate(page.entity.sections):
            page.sections.show(number)
            settle(qapp)
            area = page.form.findChild(QScrollArea, f"section_{section.name}")
            assert area is not None
            over = area.widget().width() - area.viewport().width()
            cut += [f"{section.name} at {width}: {over} px"] if over > 0 else []
    assert cut == []


def settle(qapp: QApplication) -> None:
    for _turn in range(3):
        qapp.processEvents()


def test_at_200_percent_no_label_or_button_is_cut(page: FormPage, qapp: QApplication) -> None:
    theme = page._context.theme
    theme.apply("light", 200)
    page.resize(1366, 600)
    page.relayout(683)
    page.show()
    for number, section in enumerate(page.entity.sections):
        page.sections.show(number)
        box = page.form.findChild(QWidget, f"{section.name}_more")
        if box is not None:
            box.setVisible(True)
        qapp.processEvents()
        body = page.form.findChild(QWidget, f"section_{section.name}_body")
        assert body is not None
        area = page.form.findChild(QScrollArea, f"section_{section.name}")
        assert area is not None
        assert body.width() <= area.viewport().width(), f"{section.name} needs sideways scrolling"
        for each in body.findChildren(QPushButton):
            if each.isVisible():
                assert each.width() >= each.sizeHint().width() or each.property("k") == "picker", each.text()
        for label in body.findChildren(QLabel):
            if label.isVisible() and not label.wordWrap():
                assert label.width() >= label.sizeHint().width(), label.text()
    page.close()
    theme.apply("light", 100)


def test_an_unknown_class_and_a_dangling_label_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    """The loader alone would take both in silence."""
    bad = {
        "strange": '<widget class="NoSuchField" name="title"/>',
        "dangling": '<widget class="QLabel" name="title_label"/>',
    }
    monkeypatch.setattr(assets, "form", lambda name: tmp_path / f"{name}.ui")
    for name, inner in bad.items():
        text = f'<ui version="4.0"><class>x</class><widget class="QWidget" name="x">{inner}</widget></ui>'
        (tmp_path / f"{name}.ui").write_text(text, encoding="utf-8")
        with pytest.raises(forms.FormError):
            list(forms.loading(name))
    with pytest.raises(forms.FormError):
        list(forms.loading("absent"))
    (tmp_path / "broken.ui").write_text("<ui><widget", encoding="utf-8")
    with pytest.raises(forms.FormError):
        list(forms.loading("broken"))
    assert qapp is not None


@pytest.mark.no_qt_log
def test_the_files_open_in_designer_without_our_classes(qapp: QApplication) -> None:
    """A plain loader takes the base classes, so Qt Designer can show the form."""
    for name in NAMES:
        data, buffer, loader = QByteArray(assets.form(name).read_bytes()), QBuffer(), QUiLoader()
        buffer.setData(data)
        assert loader.load(buffer) is not None
    assert qapp is not None


def test_every_record_type_of_a_list_has_its_form() -> None:
    assert all(name in ENTITIES for name in NAMES)

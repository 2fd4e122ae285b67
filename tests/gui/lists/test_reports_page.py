"""The reports page: every document, about what, what it lacks with a way to mend it, its pages, where it goes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.formhead import FormHead
from progressus_desktop.gui.parts import Button
from progressus_desktop.gui.printing import fill_menu, print_document
from progressus_desktop.gui.reportspage import ReportsPage
from progressus_desktop.services import records, reporting_kinds
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from tests.gui.conftest import show
from tests.reports import reading


def ready_event(context: Context) -> str:
    """The newest event, made ready, so that it lacks little."""
    return query.window(context.ws, "event", View(order="-date"), 0, 1)[0].id


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> ReportsPage:
    records.save(context.ws, "cluster", None, {"name": "Nad Strugą", "stage": "idea", "area": ["3215052"]})
    made = ReportsPage(context)
    qtbot.addWidget(made)
    made.resize(1170, 626)
    made.relayout(1366)
    show(qtbot, made)
    return made


def test_all_documents_are_offered_by_their_names(page: ReportsPage) -> None:
    names = [page.documents.item(row).text() for row in range(page.documents.count())]
    assert len(names) == len(reporting_kinds.KINDS)
    assert {"Event card", "Partner card", "Control folder", "Schedule", "Letter of intent"} <= set(names)


@pytest.mark.parametrize("kind", [each.name for each in reporting_kinds.KINDS])
def test_each_document_can_be_asked_for_and_shows_its_pages(qtbot: QtBot, page: ReportsPage, kind: str) -> None:
    page.choose(kind)
    asked = page.asked()
    of = reporting_kinds.kind(kind)
    assert of is not None
    assert bool(asked.record_id) == bool(of.about)
    if of.about or of.span != "period" or kind in {"schedule", "observations"}:
        qtbot.waitUntil(lambda: page.preview.where.text().startswith("Page 1 of"), timeout=20_000)
        assert not page.preview.page.pixmap().isNull()


def test_the_month_picker_begins_with_this_month(page: ReportsPage) -> None:
    page.choose("monthly")
    assert page.subject.month.currentText() == "November 2026"
    assert page.asked().month == "2026-11"


def test_a_report_is_saved_as_pdf_with_a_banner(qtbot: QtBot, page: ReportsPage, said: Any, tmp_path: Path) -> None:
    page.choose("partner-card")
    target = tmp_path / "karta.pdf"
    page.export(target)
    qtbot.waitUntil(lambda: bool(said.banners), timeout=20_000)
    assert said.banners == [("ok", "Saved karta.pdf")]
    assert target.read_bytes().startswith(b"%PDF")


def test_saving_asks_for_a_place_with_a_ready_name(page: ReportsPage) -> None:
    page.choose("monthly")
    page.save_button.click()
    dialog = page.findChild(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name == "monthly report 2026-11.pdf"
    dialog.reject()


def test_a_period_is_typed_as_people_write_dates(qtbot: QtBot, page: ReportsPage) -> None:
    page.choose("gallery")
    page.subject.scope.setCurrentIndex(1)
    for field, words in zip(page.subject.days, ("1.11", "30.11.2026"), strict=True):
        field.setFocus()
        QTest.keyClicks(field, words)
        QTest.keyClick(field, Qt.Key.Key_Tab)
    asked = page.asked()
    assert (asked.record_id, asked.date_from, asked.date_to) == ("", "2026-11-01", "2026-11-30")
    qtbot.waitUntil(lambda: page.preview.where.text().startswith("Page 1 of"), timeout=20_000)


def test_what_is_missing_is_listed_and_leads_to_its_field(
    qtbot: QtBot, own: Context, context_of: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone: list[tuple[object, ...]] = []
    object.__setattr__(own, "navigate", lambda *where: gone.append(where))
    event = ready_event(own)
    records.save(own.ws, "event", event, {"status": "held", "agenda": []}, draft=True)
    page = ReportsPage(own)
    qtbot.addWidget(page)
    show(qtbot, page)
    page.choose("event-card", event)
    rows = page.lacks.findChildren(Button)
    words = [each.accessibleDescription() for each in rows if each.isVisible()]
    assert "Missing: agenda." in words
    rows[words.index("Missing: agenda.")].click()
    assert gone == [("event", event, "agenda")]


def test_the_note_is_copied_as_text_and_as_a_page(page: ReportsPage) -> None:
    page.choose("publication")
    page.copy_button.click()
    data = QGuiApplication.clipboard().mimeData()
    assert data.hasText()
    assert "<article>" in data.html()


def test_options_are_shown_only_where_they_mean_something(page: ReportsPage) -> None:
    for kind, large, plain, person, copy in (
        ("event-card", False, False, False, False), ("attendance-sheet", True, False, False, False),
        ("form-image-permission", True, True, False, False), ("form-certificate", False, False, True, False),
        ("publication", False, False, False, True),
    ):  # fmt: skip
        page.choose(kind)
        shown = (page.large, page.plain, page.person, page.copy_button)
        assert tuple(each.isVisible() for each in shown) == (large, plain, person, copy), kind


def test_pages_are_turned(qtbot: QtBot, page: ReportsPage) -> None:
    page.choose("monthly")
    qtbot.waitUntil(lambda: page.preview.where.text().startswith("Page 1 of"), timeout=20_000)
    pages = int(page.preview.where.text().split()[-1])
    assert pages > 1
    page.preview.next.click()
    assert page.preview.where.text() == f"Page 2 of {pages}"
    page.preview.previous.click()
    assert page.preview.where.text() == f"Page 1 of {pages}"


def test_the_head_of_a_form_offers_every_document_about_its_record(qtbot: QtBot, own: Context) -> None:
    head = FormHead(own.theme, "event", "Events")
    qtbot.addWidget(head)
    head.resize(1100, 80)
    head.show_record("Targi", query.get(own.ws, "event", ready_event(own)))
    show(qtbot, head)
    asked: list[str] = []
    head.print_asked.connect(asked.append)
    head.prints.click()
    assert head.menu.isVisible()
    QTest.keyClick(head.menu, Qt.Key.Key_Down)
    QTest.keyClick(head.menu, Qt.Key.Key_Return)
    assert asked == ["attendance-sheet"]
    names = [action.objectName() for action in head.menu.actions()]
    assert names == [f"print_{kind.name}" for kind in reporting_kinds.about("event")]


def test_a_partner_s_menu_has_the_documents_about_partners(qtbot: QtBot) -> None:
    menu = QMenu()
    qtbot.addWidget(menu)
    fill_menu(menu, "partner", lambda _kind: None)
    assert [action.objectName() for action in menu.actions()] == ["print_partner-card", "print_form-letter-of-intent"]


def test_printing_from_a_record_says_at_once_what_is_missing(qtbot: QtBot, page: ReportsPage, said: Any) -> None:
    context = page._context
    print_document(context, page, "form-agenda", ready_event(context))
    dialog = page.findChild(QFileDialog)
    assert Path(dialog.selectedFiles()[0]).name.startswith("agenda ")
    dialog.reject()
    assert said.banners == [("warn", "Invitation and agenda: 1 thing to look at")]


def test_a_report_s_text_is_that_of_the_file(qtbot: QtBot, page: ReportsPage, tmp_path: Path) -> None:
    page.choose("schedule")
    job = page.export(tmp_path / "plan.pdf")
    with qtbot.waitSignal(job.finished, timeout=20_000):
        pass
    assert "Harmonogram" in reading.text((tmp_path / "plan.pdf").read_bytes())

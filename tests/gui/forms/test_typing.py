"""What is typed is kept: field by field, through bad values, crashes, undo and Esc."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from progressus_desktop.gui.formpage import FormPage
from progressus_desktop.gui.problems import ProblemLines
from progressus_desktop.gui.recordpage import RecordPage
from progressus_desktop.services import recovering, workspaces
from progressus_desktop.store import drafts, history, query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from tests.builders import a_partner, an_event
from tests.gui.conftest import PASSWORD, Said
from tests.journeys.hands import CONTROL, Hands, Key

Open = Callable[[str], RecordPage]


def form_of(page: RecordPage, entity: str = "event") -> FormPage:
    return page.form(entity)


def only(ws: Workspace, entity: str = "event") -> Any:
    (row,) = query.window(ws, entity, View(), 0)
    found = query.get(ws, entity, row.id)
    assert found is not None
    return found


def test_a_field_is_on_the_disk_when_it_is_left_and_one_change_when_the_visit_ends(
    open_page: Open, hands: Hands, empty_ws: Workspace
) -> None:
    page = open_page("event")
    page.new()
    hands.fill("Targi pracy")
    form = form_of(page)
    assert drafts.of(empty_ws, form.record_id()) == {"title": "Targi pracy"}
    assert query.total(empty_ws, "event", View()) == 0, "lists do not see a draft"
    hands.press(Key.Key_S, CONTROL)  # the window's; here the page is asked itself
    form.leave()
    record = only(empty_ws)
    assert record.fields["title"] == "Targi pracy"
    assert record.code
    assert record.entry == "draft"
    assert drafts.of(empty_ws, record.id) == {}
    assert len(history.of_record(empty_ws, "event", record.id)) == 1


def test_a_form_that_was_only_looked_at_leaves_no_trace(open_page: Open, hands: Hands, empty_ws: Workspace) -> None:
    page = open_page("event")
    page.new()
    hands.press(Key.Key_Return, times=3)
    hands.press(Key.Key_Escape)
    assert page.stack.currentWidget() is page.list
    assert query.total(empty_ws, "event", View()) == 0
    assert drafts.pending(empty_ws) == {}


def test_esc_restores_the_field_then_goes_back_to_the_same_row(
    open_page: Open, hands: Hands, empty_ws: Workspace
) -> None:
    an_event(empty_ws, title="Pierwsze", date="2026-11-10")
    second = an_event(empty_ws, title="Drugie", date="2026-11-12")
    page = open_page("event")
    page.open(second)
    hands.type(" – inaczej")
    hands.press(Key.Key_Escape)
    assert form_of(page).binder.value("title") == "Drugie"
    hands.press(Key.Key_Escape)
    assert page.stack.currentWidget() is page.list
    assert page.list.current_id() == second
    record = query.get(empty_ws, "event", second)
    assert record is not None
    assert len(history.of_record(empty_ws, "event", second)) == 1


def test_a_bad_value_is_kept_as_typed_shown_with_its_reason_and_mended_later(
    open_page: Open, hands: Hands, empty_ws: Workspace
) -> None:
    page = open_page("event")
    page.new()
    hands.fill("Warsztat")
    form = form_of(page)
    form.binder.focus("date")
    hands.fill("31.02.2026")
    assert form.binder.widgets["date"].property("bad") is True
    assert form.binder.widgets["date"].accessibleDescription()
    form.leave()
    record = only(empty_ws)
    assert record.fields["date"] == {"?": "31.02.2026"}
    page.open(record.id)
    assert form.binder.widgets["date"].text() == "31.02.2026"
    form.binder.focus("date")
    form.binder.widgets["date"].selectAll()
    hands.fill("18.11")
    form.leave()
    assert only(empty_ws).fields["date"] == "2026-11-18"
    assert form.binder.widgets["date"].property("bad") is False


def test_a_problem_under_one_field_leaves_the_labels_beside_it_where_they_are(
    open_page: Open, hands: Hands, qapp: QApplication
) -> None:
    page = open_page("event")
    page.new()
    form = form_of(page)
    form.check_all()
    qapp.processEvents()
    labels = form.binder.labels
    assert form.form.findChild(ProblemLines, "kind_error").isVisible()
    tops = {labels[name].mapTo(form, QPoint()).y() for name in ("title", "kind", "status")}
    assert len(tops) == 1


def test_undo_takes_back_the_fields_of_the_visit_one_by_one(open_page: Open, hands: Hands, empty_ws: Workspace) -> None:
    event = an_event(empty_ws, title="Przed")
    page = open_page("event")
    page.open(event)
    form = form_of(page)
    form.binder.widgets["title"].selectAll()
    hands.fill("Po")
    form.binder.focus("place_name")
    hands.fill("Remiza")
    assert form.undo_step()
    assert form.binder.value("place_name") is None
    assert form.undo_step()
    assert form.binder.value("title") == "Przed"
    assert not form.undo_step()
    assert drafts.of(empty_ws, event) == {}
    form.leave()
    assert len(history.of_record(empty_ws, "event", event)) == 1, "nothing was changed, nothing was written"


def test_what_was_typed_before_a_crash_comes_back(open_page: Open, hands: Hands, empty_ws: Workspace) -> None:
    page = open_page("event")
    page.new()
    hands.fill("Spotkanie przerwane burzą")
    record_id = form_of(page).record_id()
    folder, clock = empty_ws.folder, empty_ws.clock
    page.hide()
    empty_ws.close()  # without ending the visit, as a power cut does
    again = workspaces.open_(folder, clock, password=PASSWORD)
    found = recovering.recover(again)
    assert [(each.entity, each.id, each.fields) for each in found] == [("event", record_id, ("title",))]
    record = query.get(again, "event", record_id)
    kinds = [entry.kind for entry in history.of_record(again, "event", record_id)]
    again.close()
    assert record is not None
    assert record.fields["title"] == "Spotkanie przerwane burzą"
    assert kinds == ["recovered"]


@pytest.mark.parametrize(
    "text",
    [
        "emoji 🎪 i łódź",
        "\u202eod prawej do lewej\u202c",
        "Київ, Харків",
        "=SUMA(A1:A9)",
        "a\u0301\u0327 i ß ﷽",
        "wiersz pierwszy\nwiersz drugi\t z tabulatorem",
    ],
)
def test_any_text_survives_the_form_and_the_store(open_page: Open, empty_ws: Workspace, text: str) -> None:
    page = open_page("event")
    page.new()
    form = form_of(page)
    form.binder.widgets["course"].put(text)
    form.leave()
    assert only(empty_ws).fields["course"] == text
    page.open(only(empty_ws).id)
    assert form.binder.value("course") == text


def test_characters_that_no_keyboard_types_are_dropped(open_page: Open, empty_ws: Workspace) -> None:
    page = open_page("event")
    page.new()
    form = form_of(page)
    form.binder.widgets["title"].put("Targi\x00 pracy\x1b[0m")
    form.leave()
    assert only(empty_ws).fields["title"] == "Targi pracy[0m"


def test_ten_megabytes_in_a_field_are_kept_and_called_too_long(open_page: Open, empty_ws: Workspace) -> None:
    page = open_page("event")
    page.new()
    form = form_of(page)
    text = ("Zażółć gęślą jaźń. " * 32 + "\n") * (10 * 1024 * 1024 // 700)
    form.binder.widgets["course"].put(text)
    form.leave()
    record = only(empty_ws)
    assert record.fields["course"] == text.rstrip()
    assert "too_long" in {problem.code for problem in record.problems}


def test_ready_lists_what_is_missing_and_leads_there(
    open_page: Open, hands: Hands, empty_ws: Workspace, said: Said
) -> None:
    page = open_page("event")
    page.new()
    hands.fill("Warsztat")
    form = form_of(page)
    form.acts.ready()
    assert said.banners[-1][0] == "err"
    assert only(empty_ws).entry == "draft"
    form.acts.next_problem(1)
    assert form.binder.current() in {"kind", "date", "locality"}
    assert form.binder.problems(form.binder.current())


def test_the_value_of_the_record_before_comes_with_one_key(open_page: Open, hands: Hands, empty_ws: Workspace) -> None:
    an_event(empty_ws, place_name="Świetlica w remizie")
    page = open_page("event")
    page.new()
    hands.fill("Następne")
    form = form_of(page)
    form.binder.focus("place_name")
    hands.press(Key.Key_Apostrophe, CONTROL)
    assert form.binder.value("place_name") == "Świetlica w remizie"


def test_a_name_found_nowhere_is_kept_as_typed_and_said_to_be_unknown(
    open_page: Open, hands: Hands, empty_ws: Workspace
) -> None:
    a_partner(empty_ws, name="KGW „Malwa”")
    page = open_page("event")
    page.new()
    hands.fill("Spotkanie")
    form = form_of(page)
    form.binder.focus("host")
    hands.type("Nieznana organizacja")
    form.binder.focus("title")
    form.leave()
    assert only(empty_ws).fields["host"] == {"?": "Nieznana organizacja"}
    form.binder.widgets["host"].show_value(None)
    form.binder.focus("host")
    hands.type("malwa")
    assert form.binder.value("host") is None or isinstance(form.binder.value("host"), dict)
    hands.until(lambda: bool(form.binder.widgets["host"]._choices))
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    hands.until(lambda: isinstance(form.binder.value("host"), str))
    form.leave()
    assert query.title(empty_ws, "partner", only(empty_ws).fields["host"]) == "KGW „Malwa”"


def test_sections_say_how_far_they_are(open_page: Open, hands: Hands, empty_ws: Workspace) -> None:
    page = open_page("event")
    page.new()
    hands.fill("Warsztat")
    form = form_of(page)
    form.show_section(1)
    rows = [form.sections.list.item(n).data(257) for n in range(7)]
    assert "błęd" in rows[0]
    assert rows[2] == "Puste"

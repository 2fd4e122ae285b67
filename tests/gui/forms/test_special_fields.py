"""Matrices, answers, rows, topics, sets and the quick line, by their keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from progressus_desktop.domain.fields import Level, Problem
from progressus_desktop.gui.filechooser import FileChooser
from progressus_desktop.gui.recordpage import RecordPage
from progressus_desktop.services import photos, records
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import Message
from tests.builders import a_partner, an_event
from tests.gui.test_photos_page import a_picture
from tests.journeys.hands import CONTROL, Hands, Key

Open = Callable[[str], RecordPage]


def test_the_matrix_takes_the_keys_of_a_spreadsheet(open_page: Open, hands: Hands, empty_ws: Workspace) -> None:
    page = open_page("event")
    page.open(an_event(empty_ws))
    form = page.form("event")
    form.show_section(2)
    matrix = form.binder.widgets["participants"]
    hands.type("5")
    hands.press(Key.Key_Return)  # below
    hands.type("12")
    hands.press(Key.Key_Tab)  # right
    hands.type("3")
    hands.press(Key.Key_Up)
    hands.press(Key.Key_Delete)
    assert matrix.value() == {"pwd": {"f": 5}, "ngo_staff": {"f": 12, "m": 3}}
    assert matrix.grid.index(matrix.grid.rowCount() - 1, matrix.grid.columnCount() - 1).data() == "20"
    assert matrix.grid.index(0, 0).data(11) == "Osoby z niepełnosprawnościami, Kobiety, 5"
    hands.press(Key.Key_Tab, CONTROL)
    assert hands.at() == "of_which"


def test_a_block_from_a_spreadsheet_is_pasted_into_the_matrix(
    open_page: Open, hands: Hands, empty_ws: Workspace
) -> None:
    page = open_page("event")
    page.open(an_event(empty_ws))
    form = page.form("event")
    form.show_section(2)
    QApplication.clipboard().setText("5\t4\t\r\n10\t7\r\nabc\t1\r\n")
    hands.press(Key.Key_V, CONTROL)
    assert form.binder.value("participants") == {
        "pwd": {"f": 5, "m": 4}, "ngo_staff": {"f": 10, "m": 7}, "employer": {"f": {"?": "abc"}, "m": 1},
    }  # fmt: skip
    form.leave()
    assert any("Pracodawcy" in str(each.message) or "pracodawcy" in str(each.message) for each in form.visit.problems())


def test_only_the_table_with_the_focus_marks_a_cell_and_a_wrong_sum_is_marked(
    open_page: Open, hands: Hands, empty_ws: Workspace
) -> None:
    page = open_page("event")
    page.new()
    form = page.form("event")
    form.show_section(2)
    people, of_which = (form.binder.widgets[name] for name in ("participants", "of_which"))
    assert people.selectionModel().hasSelection()
    assert not of_which.selectionModel().hasSelection()
    of_which.setFocus()
    assert not people.selectionModel().hasSelection()
    form.binder.mark([Problem("signatures_count", Level.ERROR, "signatures_differ", Message("24"))])
    assert people.grid.bad
    assert not of_which.grid.bad
    form.binder.mark([])
    assert not people.grid.bad


def test_tab_goes_through_the_cells_and_out_of_the_last(open_page: Open, hands: Hands, empty_ws: Workspace) -> None:
    page = open_page("event")
    page.open(an_event(empty_ws))
    form = page.form("event")
    form.show_section(2)
    hands.press(Key.Key_Tab, times=33)  # eleven roles, three columns
    assert hands.at() == "of_which"


def test_answers_take_one_key_each(open_page: Open, hands: Hands, empty_ws: Workspace) -> None:
    page = open_page("event")
    page.open(an_event(empty_ws))
    form = page.form("event")
    form.sections.toggle("basics")
    form.binder.focus("accessibility")
    hands.press(Key.Key_T)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_N)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_D)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_T)
    hands.press(Key.Key_Delete)
    assert form.binder.value("accessibility") == [
        {"item": "entrance", "answer": "yes"}, {"item": "lift", "answer": "no"}, {"item": "toilet", "answer": "na"},
    ]  # fmt: skip


def test_rows_are_added_changed_and_taken_away(open_page: Open, hands: Hands, empty_ws: Workspace) -> None:
    page = open_page("event")
    page.open(an_event(empty_ws))
    form = page.form("event")
    form.show_section(4)
    rows = form.binder.widgets["arrangements"]
    form.binder.focus("arrangements")
    hands.type("Umówić wizytę")
    hands.press(Key.Key_Return)
    hands.type("Wysłać list")
    hands.press(Key.Key_Return)
    assert [row["what"] for row in rows.value()] == ["Umówić wizytę", "Wysłać list"]
    rows.table.setFocus()
    rows.table.selectRow(0)
    hands.press(Key.Key_F2)
    rows._inputs[0].selectAll()
    hands.type("Umówić dwie wizyty")
    hands.press(Key.Key_Return)
    assert [row["what"] for row in rows.value()] == ["Umówić dwie wizyty", "Wysłać list"]
    rows.table.setFocus()
    rows.table.selectRow(1)
    hands.press(Key.Key_Delete)
    form.binder.focus("arrangements")
    hands.type("Niedokończone")
    form.leave()
    record = query.get(empty_ws, "event", form.record_id())
    assert record is not None
    assert [row["what"] for row in record.fields["arrangements"]] == ["Umówić dwie wizyty", "Niedokończone"]


def test_a_row_keeps_its_key_when_it_is_changed(open_page: Open, hands: Hands, empty_ws: Workspace) -> None:
    event = an_event(empty_ws, arrangements=[{"key": "00000001", "what": "Stare", "due": "2026-12-01"}])
    page = open_page("event")
    page.open(event)
    form = page.form("event")
    form.show_section(4)
    rows = form.binder.widgets["arrangements"]
    rows.table.setFocus()
    rows.table.selectRow(0)
    hands.press(Key.Key_Return)
    rows._inputs[0].selectAll()
    hands.type("Nowe")
    hands.press(Key.Key_Return)
    form.leave()
    record = query.get(empty_ws, "event", event)
    assert record is not None
    assert record.fields["arrangements"] == [{"key": "00000001", "what": "Nowe", "due": "2026-12-01"}]


def test_a_topic_not_raised_forgets_its_audience(open_page: Open, empty_ws: Workspace) -> None:
    page = open_page("event")
    page.open(an_event(empty_ws, topics=[{"topic": "T1", "depth": "presented", "audience": ["employer"]}]))
    form = page.form("event")
    form.show_section(3)
    topics = form.binder.widgets["topics"]
    line = topics._lines[0]
    line.aspects["use"].click()
    assert topics.value() == [{"topic": "T1", "depth": "presented", "audience": ["employer"], "aspects": ["use"]}]
    line.depth.setCurrentIndex(0)
    line.depth.activated.emit(0)
    assert topics.value() is None


def test_the_quick_line_saves_a_contact_with_enter(open_page: Open, hands: Hands, empty_ws: Workspace) -> None:
    partner = a_partner(empty_ws)
    page = open_page("partner")
    page.open(partner, "log")
    assert hands.at() == "quick_subject"
    hands.type("Umówiono wizytę w listopadzie")
    quick = page.form("partner").lists[1].quick
    quick.topics.boxes["T3"].setChecked(True)
    hands.press(Key.Key_Return)
    (row,) = query.window(empty_ws, "interaction", View(), 0)
    record = query.get(empty_ws, "interaction", row.id)
    assert record is not None
    assert record.fields == {
        "date": "2026-11-23", "channel": "phone", "subject": "Umówiono wizytę w listopadzie",
        "partners": [partner], "result": "informed", "topics": [{"topic": "T3"}],
    }  # fmt: skip
    assert record.entry == "ready"
    assert page.form("partner").lists[1].talks.count() == 1
    assert not quick.pending
    hands.press(Key.Key_Return)
    assert quick.problems.words(), "an empty line says what is missing"
    assert query.total(empty_ws, "interaction", View()) == 1


def test_a_sentence_left_in_the_quick_line_is_saved_when_the_section_is_left(
    open_page: Open, hands: Hands, empty_ws: Workspace
) -> None:
    partner = a_partner(empty_ws)
    page = open_page("partner")
    page.open(partner, "log")
    hands.type("Prosi o telefon")
    page.form("partner").show_section(0)
    assert query.total(empty_ws, "interaction", View()) == 1


def test_a_contact_person_is_added_over_the_partner_and_esc_comes_back(
    open_page: Open, hands: Hands, empty_ws: Workspace
) -> None:
    partner = a_partner(empty_ws)
    page = open_page("partner")
    page.open(partner, "contacts")
    page.form("partner").lists[0].add()
    form = page.form("contact")
    assert page.stack.currentWidget() is form
    form.binder.focus("person")
    hands.type("Marek Przykładny")
    picker = form.binder.widgets["person"]
    hands.until(lambda: any(not each.id for each in picker._choices))
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Return)
    hands.until(lambda: isinstance(picker.value(), dict) and "last_name" in picker.value())
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Escape)
    assert page.stack.currentWidget() is page.form("partner")
    assert page.form("partner").lists[0].count() == 1
    (person,) = query.window(empty_ws, "person", View(), 0)
    assert person.values["last_name"] == "Przykładny"


def test_what_to_say_stands_over_the_form_where_there_is_no_room_beside_it(
    open_page: Open, hands: Hands, empty_ws: Workspace, tmp_path: Path
) -> None:
    said = {"topic": "T3", "audience": "employer", "text_pl": "Na początek:\n- Zacznijmy od stażu."}
    records.add_many(empty_ws, "talking_point", [said])
    page = open_page("event")
    page.relayout(683)
    page.new()
    form = page.form("event")
    form.show_section(3)
    form.form.findChild(QWidget, "topics_T3_depth").setFocus()
    panel, button = form.beside.talking, form.beside.button
    assert not panel.isVisible()
    button.setFocus()
    hands.press(Key.Key_Space)
    assert panel.isVisible()
    assert not form.form.isVisible()
    assert "stażu" in panel.words.text()
    panel.print_button.setFocus()
    hands.press(Key.Key_Space)
    hands.until(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    dialog = panel.findChild(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "ulotka.pdf"))
    hands.until((tmp_path / "ulotka.pdf").is_file)
    dialog.reject()
    page.activateWindow()
    hands.until(page.isActiveWindow)
    panel.topic.setFocus()
    hands.press(Key.Key_Escape)
    hands.until(button.hasFocus)
    assert form.form.isVisible()


def test_a_scan_that_is_no_photo_is_listed_with_the_event_and_saved_elsewhere(
    open_page: Open, hands: Hands, empty_ws: Workspace, tmp_path: Path
) -> None:
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(tmp_path / "lista.pdf")
    event = an_event(empty_ws)
    photos.add(empty_ws, event, tmp_path / "lista.pdf", caption="Lista")
    page = open_page("event")
    page.open(event)
    form = page.form("event")
    form.show_section(5)
    photo_list = form.form.findChild(QWidget, "photo_list")
    assert "1" in photo_list.others.text()
    assert photo_list.count() == 0
    form.show_section(6)
    files = form.form.findChild(QWidget, "file_list")
    assert [line.cells for line in files.model.lines] == [("Inne", "Lista", "18.11.2026", "PDF")]
    files.table.setFocus()
    hands.press(Key.Key_Tab)
    files._save(files.current(), tmp_path / "kopia.pdf")
    hands.until((tmp_path / "kopia.pdf").is_file)
    assert (tmp_path / "kopia.pdf").read_bytes() == (tmp_path / "lista.pdf").read_bytes()
    files.table.setFocus()
    hands.press(Key.Key_Delete)
    assert files.count() == 0


def test_the_files_of_a_partner_stand_on_its_form_and_are_added_and_kept_by_keyboard(
    open_page: Open, hands: Hands, empty_ws: Workspace, tmp_path: Path
) -> None:
    partner = a_partner(empty_ws)
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(tmp_path / "deklaracja.pdf")
    (tmp_path / "sala.png").write_bytes(a_picture("navy", "PNG"))
    page = open_page("partner")
    page.open(partner)
    form = page.form("partner")
    form.show_section(6)
    files = form.form.findChild(QWidget, "file_list")
    assert files.model.lines == []
    files.first_stop().setFocus()
    assert hands.at() == "file_add_button"
    hands.press(Key.Key_Space)
    dialog = files.findChild(QFileDialog)
    dialog.filesSelected.emit([str(tmp_path / "deklaracja.pdf"), str(tmp_path / "sala.png")])
    dialog.reject()
    hands.until(lambda: files.count() == 2)
    assert {line.cells for line in files.model.lines} == {("Inne", "", "", "PDF"), ("Zdjęcie", "", "", "PNG")}
    assert files.photos_button.isVisible(), "what people on a photo said is asked for in the gallery"
    assert "2 pliki" in form.sections.list.item(6).data(Qt.ItemDataRole.AccessibleTextRole)
    page.activateWindow()
    hands.until(page.isActiveWindow)
    files.table.setFocus()
    files.table.selectRow([line.cells[3] for line in files.model.lines].index("PDF"))
    hands.press(Key.Key_Return)
    scan = page.form("photo")
    hands.until(scan.isVisible)
    scan.binder.widgets["caption"].setFocus()
    hands.fill("Deklaracja współpracy")
    hands.press(Key.Key_Escape)
    hands.until(files.isVisible)
    hands.until(lambda: any(line.cells[1] == "Deklaracja współpracy" for line in files.model.lines))
    (kept,) = (each for each in query.linked(empty_ws, "photo", "partner", partner) if each.fields.get("caption"))
    assert kept.entry == "ready"


def test_annexes_are_ticked_in_a_list_that_tells_files_apart_by_keyboard(
    open_page: Open, hands: Hands, empty_ws: Workspace
) -> None:
    event, partner = an_event(empty_ws), a_partner(empty_ws)
    scan = {"kind": "list_scan", "taken_at": "2026-11-18"}
    first = photos.add(empty_ws, event, a_picture("red"), caption="Lista z Łęgów", further=scan)
    second = photos.add(empty_ws, partner, a_picture("blue"), caption="Umowa", further={"kind": "declaration"})
    photos.add(empty_ws, event, a_picture("green"), caption="Druga lista", further=scan)
    page = open_page("monthly_report")
    page.new()
    form = page.form("monthly_report")
    form.show_section([each.name for each in form.entity.sections].index("hours"))
    field = form.binder.widgets["annexes"]
    field.list_button.setFocus()
    hands.press(Key.Key_Space)
    chooser = field.findChild(FileChooser)
    hands.until(lambda: len(chooser.model.shown) == 3)
    hands.until(chooser.isActiveWindow)
    row = [chooser.model.index(0, column).data() for column in range(1, 6)]
    assert row[:-1] == ["Skan listy", "Druga lista", "18.11.2026", "Spotkanie klastra · 18.11.2026"]
    assert row[-1].endswith(" kB")
    assert chooser.typed.hasFocus()
    hands.type("lista leg")
    assert [each.id for each in chooser.model.shown] == [first]
    hands.press(Key.Key_Return)
    hands.press(Key.Key_Space)
    assert "zaznaczony" in chooser.model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    chooser.typed.setFocus()
    hands.press(Key.Key_A, CONTROL)
    hands.type("malwa")
    assert [each.id for each in chooser.model.shown] == [second]
    assert "KGW „Malwa”" in chooser.whole.text()
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Return)
    assert (field.value(), field.list.item(1).text()) == ([first, second], "Deklaracja · Umowa · KGW „Malwa”")
    hands.until(lambda: field.findChild(FileChooser) is None)
    field.choose()
    again = field.findChild(FileChooser)
    hands.until(lambda: len(again.model.shown) == 3)
    assert [each.id for each in again.model.shown if each.id in again.model.ticks] == [first, second]
    hands.press(Key.Key_Escape)
    assert field.value() == [first, second]

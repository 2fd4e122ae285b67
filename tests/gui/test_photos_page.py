"""Photos and consents by keyboard: what is typed, answered, masked and added is in the records, and nothing waits."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from progressus_desktop.domain import photo as rules
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.gallerypage import GalleryPage
from progressus_desktop.gui.pages_events import EventsPage, photos_of
from progressus_desktop.services import gallery, photos, records
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from tests.builders import a_partner
from tests.gui.conftest import Said, show

DAY = "2026-11-18"


def a_picture(colour: str = "navy", kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(out, kind)
    return out.getvalue()


@pytest.fixture
def event(empty_ws: Workspace) -> str:
    given = {"title": "Wizyta w ZAZ", "date": DAY, "status": "held", "kind": "study_visit"}
    return records.save(empty_ws, "event", None, given, draft=True).id


@pytest.fixture
def people(empty_ws: Workspace) -> list[str]:
    given = {"purpose": "image:all", "state": "given", "date": "2026-11-05"}
    rows: list[dict[str, Any]] = [
        {"first_name": "Adam", "last_name": "Nowy", "consents": [given]},
        {"first_name": "Piotr", "last_name": "Frant"},
    ]
    return records.add_many(empty_ws, "person", rows, draft=True)


@pytest.fixture
def page(
    qtbot: QtBot, empty_ws: Workspace, event: str, people: list[str], context_of: Callable[[Workspace], Context]
) -> GalleryPage:
    further = {"people_shown": "recognisable", "people_count": 2, "persons": sorted(people)}
    photos.add(empty_ws, event, a_picture(), "Dwie osoby przy stole", caption="Stół", further=further)
    photos.add(empty_ws, event, a_picture("green"), caption="Łąka", further={"people_shown": "nobody"})
    made = GalleryPage(context_of(empty_ws))
    qtbot.addWidget(made)
    made.resize(1170, 626)
    made.relayout(1366)
    show(qtbot, made)
    made.first_focus().setFocus()
    made.tiles.go_to(made.tiles.tiles.cards[0].id)
    return made


def press(page: GalleryPage, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    target = QApplication.focusWidget() or page
    QTest.keyClick(target, key, modifier)


def words(text: str) -> None:
    QTest.keyClicks(QApplication.focusWidget(), text)


def fields(ws: Workspace, number: int = 0) -> dict[str, Any]:
    card = gallery.cards(ws)[number]
    record = query.get(ws, "photo", card.id)
    assert record is not None
    return dict(record.fields)


def test_tiles_say_how_each_photo_stands_and_how_many_stay(page: GalleryPage) -> None:
    spoken = [page.tiles.tiles.index(row).data(int(Qt.ItemDataRole.AccessibleTextRole)) for row in range(2)]
    assert spoken[0] == "Stół. Dwie osoby przy stole. Partial (1 of 2)"
    assert spoken[1].startswith("Łąka. No description")
    assert page.bar.counts.text() == "2 photos: 1 can be used, 1 stay"
    assert page._told is not None
    assert page._told.title.text() == "1 photo stays on this laptop only"
    assert "1 photo waits for a description." in page._told.words.text()


def test_caption_and_description_typed_by_keyboard_are_in_the_record(page: GalleryPage, qtbot: QtBot) -> None:
    ws = page._context.ws
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_F2)
    words("Za domem")
    press(page, Qt.Key.Key_Tab)
    words("Pusto")
    press(page, Qt.Key.Key_Tab)
    qtbot.waitUntil(lambda: fields(ws, 1).get("alt") == "Pusto")
    assert fields(ws, 1)["caption"] == "Za domem"
    qtbot.waitUntil(lambda: page.tiles.tiles.cards[1].usable)


def test_an_answer_given_by_keyboard_makes_the_photo_usable_and_a_withdrawal_says_what_follows(
    page: GalleryPage, people: list[str], qtbot: QtBot
) -> None:
    ws = page._context.ws
    press(page, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    form = page.panel.form
    assert form.person.currentText() == "Piotr F."
    for _field in range(6):
        press(page, Qt.Key.Key_Return)
    form.keep_button.click()
    qtbot.waitUntil(lambda: page.tiles.tiles.cards[0].permission == "full")
    said = rules.consent_of(query.lookup(ws).record("person", people[1]) or {}, page.tiles.tiles.cards[0].id)
    assert (said["state"], said["date"]) == ("given", "2026-11-23")
    records.save(ws, "photo", page.tiles.tiles.cards[0].id, {"published": [{"link": "https://zaz.example/wizyta"}]})
    page.add_consent()
    form.person.setCurrentIndex(form.person.findData(people[0]))
    form.answer.setCurrentIndex(form.answer.findData("withdrawn"))
    form.scope.setCurrentIndex(form.scope.findData("all"))
    assert form.follows.words.text() == (
        "1 photo stays out of all new reports and packages."
        " Already published: https://zaz.example/wizyta. Have it taken down there."
    )
    form.keep()
    qtbot.waitUntil(lambda: page.tiles.tiles.cards[0].permission == "withdrawn")
    assert page.tiles.tiles.cards[0].deletable
    assert gallery.said(page.tiles.tiles.cards[0]) == ("err", "Withdrawn – do not use")


def test_a_face_is_masked_by_keys_alone_and_the_photo_may_leave(
    page: GalleryPage, people: list[str], qtbot: QtBot
) -> None:
    page.mask_faces()
    canvas = page.masks.canvas
    qtbot.waitUntil(lambda: canvas.hasFocus() and not canvas._image.isNull())
    press(page, Qt.Key.Key_Insert)
    assert [each.person for each in canvas.masks] == [people[1]]
    assert not page.masks.missing.isVisible()
    before = canvas.masks[0].box
    press(page, Qt.Key.Key_Right)
    press(page, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    box = canvas.masks[0].box
    assert (box.left - before.left, box.height - before.height) == (20, 20)
    assert "% from the left" in canvas.accessibleDescription()
    press(page, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: page.tiles.tiles.cards[0].leaves)
    assert gallery.said(page.tiles.tiles.cards[0]) == ("ok", "Partial, masked")
    row = fields(page._context.ws)["masks"][0]
    assert (row["left"], row["height"], row["person"]) == (box.left, box.height, people[1])
    assert page.stack.currentIndex() == 0


def test_a_mask_is_drawn_and_a_part_cut_off_by_mouse(page: GalleryPage, qtbot: QtBot) -> None:
    page.mask_faces()
    canvas = page.masks.canvas
    qtbot.waitUntil(lambda: not canvas._image.isNull())
    middle = canvas._picture().center()
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(canvas, middle + QPoint(60, 40))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 40))
    assert canvas.masks[0].box.width > 60
    page.masks.crop_button.click()
    assert canvas.crop is not None
    press(page, Qt.Key.Key_Delete)
    assert canvas.crop is None
    press(page, Qt.Key.Key_Escape)
    assert "masks" not in fields(page._context.ws)


def test_many_files_dropped_come_with_progress_and_the_bad_one_is_named(
    page: GalleryPage, event: str, tmp_path: Path, said: Said, qtbot: QtBot
) -> None:
    for name, data in (("a.jpg", a_picture("red")), ("b.png", a_picture("blue", "PNG")), ("c.heic", b"nic")):
        (tmp_path / name).write_bytes(data)
    page.show_owner("event", event, "Wizyta")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(tmp_path / name)) for name in ("a.jpg", "b.png", "c.heic")])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.tiles.dropEvent(drop)
    assert page.adder.panel is not None
    assert page.adder.panel.stop.isEnabled()
    qtbot.waitUntil(lambda: len(page.tiles.tiles.cards) == 4)
    assert said.banners[-1] == ("warn", "1 file was not added")
    assert page.adder.panel is None


def test_a_stop_adds_nothing(page: GalleryPage, event: str, said: Said, qtbot: QtBot) -> None:
    page.adder.add(event, [a_picture(each) for each in ("red", "blue", "white", "black")])
    assert page.adder.panel is not None
    page.adder.panel.stop.click()
    qtbot.waitUntil(lambda: page.adder.panel is None)
    assert said.banners[-1] == ("info", "Adding photos was stopped")
    assert len(gallery.cards(page._context.ws)) == 2


def test_a_picture_is_pasted_from_the_clipboard(page: GalleryPage, event: str, qtbot: QtBot) -> None:
    page.show_owner("event", event, "Wizyta")
    image = QImage(64, 48, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.yellow)
    QApplication.clipboard().setImage(image)
    page.tiles.setFocus()
    press(page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(page.tiles.tiles.cards) == 3)


def test_photos_of_a_partner_are_shown_alone_and_added_to_it(
    qtbot: QtBot, empty_ws: Workspace, event: str, context_of: Callable[[Workspace], Context]
) -> None:
    partner = a_partner(empty_ws)
    photos.add(empty_ws, event, a_picture(), caption="Stół", further={"people_shown": "nobody"})
    photos.add(empty_ws, partner, a_picture("green"), caption="Sala", further={"people_shown": "nobody"})
    page = EventsPage(context_of(empty_ws))
    qtbot.addWidget(page)
    page.relayout(1366)
    show(qtbot, page)
    page.go_to(photos_of(partner))
    there = page.photos()
    assert there.isVisible()
    assert there.bar.where.face() == "Partner: KGW „Malwa”"
    assert [each.caption for each in there.tiles.tiles.cards] == ["Sala"]
    assert there.tiles.hasFocus()
    there.acts.add_files([a_picture("red")])
    qtbot.waitUntil(lambda: len(there.tiles.tiles.cards) == 2)
    there.bar.where.setCurrentIndex(there.bar.where.findData(""))
    assert len(there.tiles.tiles.cards) == 3
    there.bar.where.setCurrentIndex(there.bar.where.findData(gallery.PARTNERS))
    assert there.bar.where.face() == "Partners (1)"
    assert {each.about for each in there.tiles.tiles.cards} == {"KGW „Malwa”"}


def test_filters_find_what_stays_and_what_is_to_be_deleted(page: GalleryPage) -> None:
    box = page.bar.consent
    box.setCurrentIndex(box.findData("stays"))
    assert [each.caption for each in page.tiles.tiles.cards] == ["Stół"]
    box.setCurrentIndex(box.findData("to_delete"))
    assert not page.tiles.tiles.cards
    assert page.nothing.isVisible()
    page.bar.clear()
    page.bar.text.setText("laka")
    assert [each.caption for each in page.tiles.tiles.cards] == ["Łąka"]


def test_enter_shows_a_photo_large_and_delete_moves_it_to_the_bin(page: GalleryPage, said: Said, qtbot: QtBot) -> None:
    page.tiles.setFocus()
    press(page, Qt.Key.Key_Return)
    assert page.view.isVisible()
    press(page, Qt.Key.Key_Right)
    assert page.view.words.text().startswith("Łąka")
    press(page, Qt.Key.Key_Escape)
    assert page.tiles.hasFocus()
    press(page, Qt.Key.Key_Delete)
    assert said.undo[-1] == "1 photo moved to the bin."
    qtbot.waitUntil(lambda: len(page.tiles.tiles.cards) == 1)


def test_at_large_text_one_photo_takes_the_place_of_the_tiles(page: GalleryPage) -> None:
    page.relayout(683)
    assert not page.panel.isVisible()
    page.panel_button.click()
    assert page.panel.isVisible()
    assert not page.tiles.isVisible()
    assert all(each.isVisible() for each in (page.panel.back_button, page.panel.caption))
    press(page, Qt.Key.Key_Escape)
    assert page.tiles.isVisible()
    assert page.findChild(QPushButton, "photo_add_button").isVisible()


def test_a_scan_of_forty_megabytes_does_not_freeze_the_window(
    page: GalleryPage, event: str, tmp_path: Path, qtbot: QtBot
) -> None:
    """The limit grows only with what the machine needs for one such copy, which would be the freeze."""
    file = tmp_path / "skan.tif"
    Image.effect_noise((4000, 3250), 60).convert("RGB").save(file, "TIFF")
    assert file.stat().st_size > 38_000_000
    before = time.perf_counter()
    Image.open(file).resize((1600, 1300)).save(tmp_path / "kopia.jpg")
    one_copy = (time.perf_counter() - before) * 1000
    late: list[float] = []
    before = time.perf_counter()

    def tick() -> None:
        nonlocal before
        late.append((time.perf_counter() - before) * 1000)
        before = time.perf_counter()

    beat = QTimer(page)
    beat.timeout.connect(tick)
    page.adder.add(event, [file])
    beat.start(5)
    before = time.perf_counter()
    qtbot.waitUntil(lambda: page.adder.panel is None, timeout=60_000)
    beat.stop()
    assert len(gallery.cards(page._context.ws)) == 3
    assert max(late) < max(250, one_copy / 2), one_copy


def test_tab_goes_as_one_reads_and_a_field_comes_with_its_label(
    qtbot: QtBot, empty_ws: Workspace, event: str, context_of: Callable[[Workspace], Context]
) -> None:
    photos.add(empty_ws, event, a_picture(), caption="Stół", further={"people_shown": "nobody"})
    page = EventsPage(context_of(empty_ws))
    qtbot.addWidget(page)
    page.resize(1170, 626)
    page.relayout(1366)
    show(qtbot, page)
    for first, wanted in (
        (page.list.head.new_button, ["event_tabs", "filter_text"]),
        (page.photos().add_button, ["photo_tabs", "photo_filter_text"]),
    ):
        if wanted[0] == "photo_tabs":
            page.show_photos()
        first.setFocus()
        for name in wanted:
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            focus = QApplication.focusWidget()
            assert focus.objectName() == name or focus.parentWidget().objectName() == name
    panel = page.photos().panel
    page.photos().resize(1170, 330)
    panel.decorative.setFocus()
    panel.alt.setFocus()
    area = panel._area
    qtbot.waitUntil(lambda: panel.alt_label.mapTo(area.viewport(), QPoint(0, 0)).y() >= 0)

"""Two records made one from the form, by keyboard, and taken apart again."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QRadioButton

from progressus_desktop.gui.mergedialog import MergeDialog
from progressus_desktop.gui.recordpage import RecordPage
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from tests.builders import a_partner
from tests.gui.conftest import Said
from tests.journeys.hands import Hands, Key


def _dialog(page: RecordPage, hands: Hands) -> MergeDialog:
    ask = page.form("partner").acts.here()["merge"]
    assert callable(ask)
    ask()
    found = QApplication.activeModalWidget() or page.findChild(MergeDialog)
    assert isinstance(found, MergeDialog)
    hands.until(found.isActiveWindow)
    return found


def test_the_likely_twin_is_offered_and_merged_with_the_values_chosen(
    open_page: Callable[[str], RecordPage], hands: Hands, empty_ws: Workspace, said: Said
) -> None:
    keep = a_partner(empty_ws, phone="94 374 00 00", target_groups=["seniors"])
    drop = a_partner(empty_ws, name="KGW Malwa", phone="94 374 00 11", target_groups=["mobility"])
    page = open_page("partner")
    page.open(keep)
    dialog = _dialog(page, hands)
    assert dialog.picker.value() == drop
    side = dialog.findChild(QRadioButton, "merge_phone_drop")
    assert side is not None
    side.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press(Key.Key_Space)
    dialog.act.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press(Key.Key_Space)
    kept, dropped = (query.get(empty_ws, "partner", each) for each in (keep, drop))
    assert kept is not None
    assert dropped is not None
    assert kept.fields["phone"] == "94 374 00 11"
    assert kept.fields["name"] == "KGW „Malwa”"
    assert kept.fields["target_groups"] == ["mobility", "seniors"]
    assert dropped.merged_into == keep
    assert said.undo == ["Połączono dwa wpisy."]
    assert page.form("partner").visit.id == keep
    again = _dialog(page, hands)
    apart = again.findChild(QPushButton, "unmerge_button")
    assert apart is not None
    apart.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press(Key.Key_Space)
    back = query.get(empty_ws, "partner", drop)
    assert back is not None
    assert not back.merged_into


def test_the_other_record_may_stay_and_the_form_goes_on_with_it(
    open_page: Callable[[str], RecordPage], hands: Hands, empty_ws: Workspace
) -> None:
    first, second = a_partner(empty_ws), a_partner(empty_ws, name="KGW Malwa")
    page = open_page("partner")
    page.open(first)
    dialog = _dialog(page, hands)
    dialog.theirs.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press(Key.Key_Space)
    dialog.merge()
    dropped = query.get(empty_ws, "partner", first)
    assert dropped is not None
    assert dropped.merged_into == second


def test_the_hint_at_a_twin_leads_to_it_and_to_the_merge(
    open_page: Callable[[str], RecordPage], hands: Hands, empty_ws: Workspace
) -> None:
    twin = a_partner(empty_ws, name="OSP Wzorów", phone="94 374 00 00")
    record = a_partner(empty_ws, phone="94 374 00 00")
    page = open_page("partner")
    page.open(record)
    form = page.form("partner")
    phone = form.binder.widgets["phone"]
    assert [each.record for each in form.binder.problems("phone")] == [twin]
    form.go_to("phone")
    hands.until(lambda: hands.at() == "phone")
    hands.press(Key.Key_Return)
    assert "duplicate" not in hands.at(), "Enter goes on to the next field"
    phone.setFocus()
    hands.press(Key.Key_Tab)
    assert hands.at() == "duplicate_open_button"
    hands.press(Key.Key_Tab)
    assert hands.at() == "duplicate_merge_button"
    hands.press(Key.Key_Space)
    dialog = page.findChild(MergeDialog)
    assert dialog is not None
    hands.until(dialog.isActiveWindow)
    assert dialog.picker.value() == twin
    dialog.merge()
    dropped = query.get(empty_ws, "partner", twin)
    assert dropped is not None
    assert dropped.merged_into == record
    assert page.window().focusWidget() is form.first_focus(), "the button that led here is gone with the hint"
    assert not form.binder.problems("phone"), "there is no twin any more"


def test_the_hint_opens_the_other_record_and_escape_comes_back(
    open_page: Callable[[str], RecordPage], hands: Hands, empty_ws: Workspace
) -> None:
    twin = a_partner(empty_ws, name="OSP Wzorów", nip="8567346215")
    record = a_partner(empty_ws, nip="8567346215")
    page = open_page("partner")
    page.open(record)
    form = page.form("partner")
    form.go_to("nip")
    hands.until(lambda: hands.at() == "nip")
    hands.press(Key.Key_Tab)
    assert hands.at() == "duplicate_open_button"
    hands.press(Key.Key_Return)
    assert form.visit.id == twin
    hands.press(Key.Key_Escape)
    hands.press(Key.Key_Escape)
    hands.until(lambda: form.visit.id == record)

"""Dialogs that ask for a place never stop the window: what follows happens once a person has chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from progressus_desktop.gui.context import Context
from progressus_desktop.gui.passwords import save_recovery_sheet
from progressus_desktop.gui.safetysteps import BackupStep, SheetStep
from progressus_desktop.gui.settingshub import SettingsHub
from progressus_desktop.store.workspace import Workspace
from tests.gui.conftest import show


def asked(over: QWidget) -> QFileDialog:
    """The dialog that stands open; the call that opened it has come back already."""
    found = over.findChild(QFileDialog)
    assert found is not None
    return found


def choose(dialog: QFileDialog, place: Path) -> None:
    dialog.fileSelected.emit(str(place))
    dialog.reject()


def test_a_new_recovery_sheet_is_written_once_its_place_is_chosen(
    qtbot: QtBot, empty_ws: Workspace, context_of: Callable[[Workspace], Context], tmp_path: Path
) -> None:
    over, went_on = QWidget(), []
    qtbot.addWidget(over)
    show(qtbot, over)
    save_recovery_sheet(context_of(empty_ws), over, lambda: went_on.append(1))
    assert not went_on
    choose(asked(over), tmp_path / "kartka.pdf")
    qtbot.waitUntil(lambda: bool(went_on))
    assert (tmp_path / "kartka.pdf").read_bytes().startswith(b"%PDF-")


def test_the_steps_of_the_first_run_wait_for_a_place_too(
    qtbot: QtBot, empty_ws: Workspace, context_of: Callable[[Workspace], Context], tmp_path: Path
) -> None:
    context, settings = context_of(empty_ws), SettingsHub()
    sheet, backup = SheetStep(context.theme, context.jobs, lambda: empty_ws), BackupStep(context.theme, settings)
    for step in (sheet, backup):
        qtbot.addWidget(step)
        step.retranslate()
        show(qtbot, step)
    sheet.save.click()
    choose(asked(sheet), tmp_path / "kartka.pdf")
    qtbot.waitUntil((tmp_path / "kartka.pdf").is_file)
    backup.choose.click()
    assert not settings.value.backup_folder
    choose(asked(backup), tmp_path)
    assert settings.value.backup_folder == str(tmp_path)
    qtbot.waitUntil(lambda: not context.jobs.running())

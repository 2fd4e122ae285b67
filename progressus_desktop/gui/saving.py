"""Asks where a file shall go; the dialog is the system's own and never blocks the event loop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

_FORBIDDEN = '<>:"/\\|?*'


def file_name(stem: str, suffix: str) -> str:
    """``stem`` without characters that some system refuses, with ``suffix`` (".pdf")."""
    kept = "".join("-" if each in _FORBIDDEN or ord(each) < ord(" ") else each for each in stem).strip(" .")
    return (kept or "plik")[:80] + suffix


def ask_target(parent: QWidget, title: str, name: str, kinds: str, chosen: Callable[[Path], object]) -> QFileDialog:
    """Open the dialog; ``chosen`` is called with the file once a person has confirmed it."""
    start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, title, str(Path(start) / name), kinds)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.lstrip("."))
    dialog.selectFile(name)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog


def ask_source(parent: QWidget, title: str, kinds: str, chosen: Callable[[Path], object]) -> QFileDialog:
    """Ask for a file to read; ``chosen`` is called with it once a person has confirmed it."""
    start = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, title, start, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog


def ask_folder(parent: QWidget, title: str, chosen: Callable[[Path], object], start: Path | None = None) -> QFileDialog:
    """Ask for a folder; ``chosen`` is called with it once a person has confirmed it."""
    usual = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, title, str(start) if start is not None and start.is_dir() else usual)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.fileSelected.connect(lambda path: chosen(Path(path)))
    dialog.open()
    return dialog


def open_file(path: Path) -> None:
    """Show a file in the program the system keeps for its kind."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

"""What is loaded before the first picture of the window, and that the rest follows while the password is typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from progressus_desktop.store import places

START = """
import gc, json, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

WITH_QT = set(sys.modules)
from progressus_desktop.gui import main

class Watched(main.Program):
    def __init__(self, *parts):
        super().__init__(*parts)
        self.window.painted.disconnect()
        self.window.painted.connect(self.look)

    def look(self):
        self.first = sorted(set(sys.modules) - WITH_QT)
        self._make_ready()
        self.waiting = QTimer(interval=20)
        self.waiting.timeout.connect(self.later)
        self.waiting.start()

    def later(self):
        if not self.jobs.running():
            ring = [each.isVisible() for each in self.window.children() if each.objectName() == "focus_ring"]
            now = sorted(set(sys.modules) - WITH_QT - set(self.first))
            focus = QApplication.focusWidget().objectName()
            print(json.dumps({"first": self.first, "then": now, "ring": ring, "focus": focus, "gc": gc.isenabled()}))
            QApplication.exit(0)

main.Program = Watched
from progressus_desktop.__main__ import main
sys.exit(main())
"""
OURS = {
    "", ".__main__", ".assets", ".cli", ".cli.main", ".cli.output", ".cli.streams", ".clock", ".errors",
    ".gui", ".gui.errors", ".gui.icons", ".gui.jobs", ".gui.main", ".gui.pages_unlock", ".gui.parts",
    ".gui.settingshub", ".gui.theme", ".gui.tokens", ".gui.translator", ".logs", ".store", ".store.places", ".words",
}  # fmt: skip
"""All of ours that the first picture may load. Whatever joins it is paid by everybody at every start."""

PUT_OFF = {
    "asyncio", "concurrent.futures", "ctypes", "dataclasses", "email", "hashlib", "http", "importlib.metadata",
    "locale", "logging.handlers", "multiprocessing", "pickle", "platform", "socket", "sqlite3", "ssl",
    "unittest", "uuid", "xml", "zoneinfo",
}  # fmt: skip
"""Of Python's own what was found to cost a millisecond or more."""


def started(tmp_path: Path) -> dict[str, list[str]]:
    folder = tmp_path / "baza"
    folder.mkdir()
    places.save_settings(places.Settings(last_workspace=str(folder)))
    (folder / "workspace.json").write_text('{"name": "Dobra Łąka"}', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", START],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def test_the_first_picture_loads_what_it_shows_and_the_rest_follows(tmp_path: Path) -> None:
    found = started(tmp_path)
    loaded = set(found["first"])
    ours = {each.removeprefix("progressus_desktop") for each in loaded if each.startswith("progressus_desktop")}
    assert ours == OURS
    others = {each.partition(".")[0] for each in loaded} - set(sys.stdlib_module_names)
    assert others - {"org"} == {"PySide6", "progressus_desktop"}  # org: what pickle's copy looks for in Jython
    assert not loaded & PUT_OFF
    assert (found["focus"], found["ring"], found["gc"]) == ("secret", [True], True)
    pages = {"session", "pages_dashboard", "listpage", "recordpage", "formpage"}
    assert {"sqlalchemy", "babel", *(f"progressus_desktop.gui.{each}" for each in pages)} <= set(found["then"])

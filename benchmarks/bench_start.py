"""Times of starting: the unlock window beside an empty Qt window, a command beside a bare interpreter."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPEATS = 5

EMPTY = """
import os
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, lambda: os._exit(0))

app = QApplication([])
window = Window()
window.resize(1280, 660)
window.show()
app.exec()
"""
UNLOCK = """
import os
from progressus_desktop.gui import main

class Watched(main.Program):
    def __init__(self, *parts):
        super().__init__(*parts)
        self.window.painted.disconnect()  # what the program loads from then on is not waited for
        self.window.painted.connect(lambda: os._exit(0))

main.Program = Watched
from progressus_desktop.__main__ import main
main()
"""
"""The whole program as a double click starts it; both end when their first picture is on the screen."""


def _best(command: list[str], environment: dict[str, str]) -> float:
    times = []
    for _each in range(REPEATS):
        started = time.perf_counter()
        subprocess.run(command, env=environment, check=True, capture_output=True)
        times.append((time.perf_counter() - started) * 1000)
    return min(times)


def measure(folder: Path) -> dict[str, float]:
    """Milliseconds of whole processes: bare interpreter, ``--version``, an empty window, the unlock window."""
    with tempfile.TemporaryDirectory() as home:
        settings = Path(home) / "config" / "settings.toml"
        settings.parent.mkdir()
        settings.write_text(f"last_workspace = {json.dumps(str(folder.resolve()))}\n", encoding="utf-8")
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PROGRESSUS_HOME": home}
        environment |= {
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": home,
        }  # compiled, as where it is installed
        return {
            "bare": _best([sys.executable, "-c", "pass"], environment),
            "version": _best([sys.executable, "-m", "progressus_desktop", "--version"], environment),
            "empty": _best([sys.executable, "-c", EMPTY], environment),
            "unlock": _best([sys.executable, "-c", UNLOCK], environment),
        }

"""Times of starting: the unlock window beside an empty Qt window, a command beside a bare interpreter."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPEATS = 5

EMPTY = """
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
window = QWidget()
window.resize(1280, 660)
window.show()
window.repaint()
"""
UNLOCK = """
import sys
from pathlib import Path
from progressus_desktop import clock
from progressus_desktop.gui.main import Program, application
app = application(["bench"])
program = Program(app, clock.from_environment())
program.start(Path(sys.argv[1]))
program.window.repaint()
"""


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
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PROGRESSUS_HOME": home}
        environment |= {
            "PYTHONDONTWRITEBYTECODE": "",
            "PYTHONPYCACHEPREFIX": home,
        }  # compiled, as where it is installed
        return {
            "bare": _best([sys.executable, "-c", "pass"], environment),
            "version": _best([sys.executable, "-m", "progressus_desktop", "--version"], environment),
            "empty": _best([sys.executable, "-c", EMPTY], environment),
            "unlock": _best([sys.executable, "-c", UNLOCK, str(folder)], environment),
        }

"""The built wheel carries forms, resources and the manual and opens them in an empty environment."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

OPEN_A_FORM = """
import progressus_desktop, pathlib
assert "site-packages" in progressus_desktop.__file__, progressus_desktop.__file__
from PySide6.QtWidgets import QApplication
app = QApplication([])
from progressus_desktop.gui import forms
made = forms.loading("event")
while True:
    try:
        next(made)
    except StopIteration as end:
        form = end.value
        break
from progressus_desktop.gui import manual
assert all("_data" in str(manual.assets.manual(each)) and manual.chapters(each) for each in ("pl", "en"))
print("opened", form.objectName())
"""


def test_a_form_opens_from_the_installed_wheel(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "progressus_desktop/_data/ui/event.ui" in names
    assert "progressus_desktop/_data/resources/translations/pl/LC_MESSAGES/progressus.mo" in names
    assert "progressus_desktop/_data/docs/manual/pl/pictures/events-list.png" in names
    assert not any(name.startswith("tests/") for name in names)

    # The libraries are lent by a path file; only our own package comes from the wheel.
    home = tmp_path / "env"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    site = next(home.rglob("site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    libraries = next(p for p in sys.path if p.endswith("site-packages"))
    program = f"import sys; sys.path.append({libraries!r})\n" + OPEN_A_FORM
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    done = subprocess.run(
        [str(python), "-c", program],
        cwd=tmp_path,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("opened")

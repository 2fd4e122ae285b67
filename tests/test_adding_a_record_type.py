"""A new record type touches its entity file and its form, nothing else (docs/adding-a-record-type.md)."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent

ENTITY = """
from progressus_desktop.domain.fields import Entity, Field, Section, Type
from progressus_desktop.words import N_

ENTITY = Entity(
    name="toy", label=N_("Toy"), plural=N_("Toys"), title=("name",), order="name", coded=True,
    sections=(Section("basics", N_("Toy")),),
    fields=(
        Field("name", Type.TEXT, N_("Name"), required=True, section="basics", searchable=True, column=1),
        Field("bought", Type.DATE, N_("Date"), section="basics", column=2),
        Field("owners", Type.REFERENCES, N_("Partners"), target="partner", section="basics"),
    ),
)
"""

FORM = """<ui version="4.0"><class>toy_form</class><widget class="QWidget" name="toy_form">
<layout class="QVBoxLayout"><item><widget class="QStackedWidget" name="sections">
<widget class="QScrollArea" name="section_basics"><property name="widgetResizable"><bool>true</bool></property>
<widget class="QWidget" name="section_basics_body"><layout class="QVBoxLayout">{fields}</layout></widget></widget>
</widget></item></layout></widget></ui>"""

FIELD = """<item><widget class="QLabel" name="{0}_label">
<property name="buddy"><cstring>{0}</cstring></property></widget>
</item><item><widget class="{1}" name="{0}"/></item><item><widget class="ProblemLines" name="{0}_error"/></item>"""

OPEN = """
import sys
from pathlib import Path
from PySide6.QtTest import QTest
from progressus_desktop import clock
from progressus_desktop.gui.main import Program, application
from progressus_desktop.services import workspaces
app = application(["toy"])
program = Program(app, clock.from_environment())
program.window.show()
program.enter(workspaces.open_(Path(sys.argv[1]), program.clock, password="haslo do bazy"))
program.session.navigate("toy")
page = program.session.shell.page("toy")
page.new()
QTest.keyClicks(page.form("toy").binder.widgets["name"], "Lalka")
page.leave()
print(page.list.model.rowCount(), page.form("toy").visit.record.fields["name"])
program.leave(lock=False)
"""


def test_a_new_record_type_needs_an_entity_and_a_form_and_nothing_else(tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    for name in ("progressus_desktop", "resources", "ui"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__"))
    before = {path for path in tree.rglob("*") if path.is_file()}
    (tree / "progressus_desktop/domain/toy.py").write_text(ENTITY, encoding="utf-8")
    kinds = {"name": "TextField", "bought": "DateField", "owners": "ReferencesField"}
    fields = "".join(FIELD.format(name, kind) for name, kind in kinds.items())
    (tree / "ui/toy.ui").write_text(FORM.format(fields=fields), encoding="utf-8")
    assert len({path for path in tree.rglob("*") if path.is_file()} - before) == 2

    environment = {
        **os.environ,
        "PYTHONPATH": str(tree),
        "PROGRESSUS_PASSWORD": "haslo do bazy",
        "PROGRESSUS_WORKSPACE": str(tmp_path / "baza"),
        "PROGRESSUS_NOW": "2026-11-23T11:48:00+01:00",
        "QT_QPA_PLATFORM": "offscreen",
    }

    def run(*argv: str, given: object = None) -> Any:
        text = None if given is None else json.dumps(given)
        done = subprocess.run(
            [sys.executable, "-m", "progressus_desktop", *argv, "--json"],
            input=text, capture_output=True, text=True, env=environment, cwd=tree, check=False, timeout=60,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr + done.stdout
        return json.loads(done.stdout)

    project = {"name": "Próba", "short_code": "PRB", "date_from": "2026-01-01", "date_to": "2027-12-31"}
    (tmp_path / "p.json").write_text(json.dumps(project | {"leader_name": "Lider"}), encoding="utf-8")
    run("workspace", "create", str(tmp_path / "baza"), "--role", "tester", "--project", str(tmp_path / "p.json"),
        "--org", "Krokus", "--user", "Anna Przykładna")  # fmt: skip
    (made,) = run("records", "toy", "add", given={"name": "Miś", "bought": "2026-11-02"})["ids"]
    shown = run("records", "toy", "show", made)
    assert shown["fields"] == {"name": "Miś", "bought": "2026-11-02"}
    assert shown["code"]
    assert run("records", "toy", "list")["total"] == 1
    assert [hit["id"] for hit in run("search", "mis")["items"]] == [made]
    run("undo")
    assert run("records", "toy", "list")["total"] == 0
    run("redo")
    run("export", "toy", str(tmp_path / "toys.csv"))
    assert "Miś" in (tmp_path / "toys.csv").read_text("utf-8-sig")
    assert "toy" in json.dumps(run("schema"))
    assert run("workspace", "check")["ok"] is True

    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(tmp_path / "baza")],
        capture_output=True, text=True, env=environment, cwd=tree, check=False, timeout=90,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["2", "Lalka"]

"""The shape of the code is a test: layers, sizes, words."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "progressus_desktop"
MODULES = sorted(PACKAGE.rglob("*.py"))


def test_no_module_is_longer_than_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in MODULES
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long


def test_layer_contracts_hold() -> None:
    done = subprocess.run(
        [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_no_orm_sessions_and_no_lazy_relationships_exist() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                assert not node.module.startswith("sqlalchemy.orm"), path


def test_names_say_the_domain() -> None:
    vague = ("manager", "helper", "utils")
    for path in MODULES:
        assert not any(word in path.stem for word in vague), path
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                assert not any(word in node.name.lower() for word in vague), (path, node.name)


def test_nothing_evaluates_text_unpickles_or_starts_a_shell() -> None:
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"eval", "exec"}, path
            if isinstance(node, ast.Import):
                assert not {alias.name for alias in node.names} & {"pickle", "shelve", "marshal"}, path
            if isinstance(node, ast.keyword) and node.arg == "shell":
                raise AssertionError(path)


def test_the_window_never_nests_an_event_loop() -> None:
    for path in sorted((PACKAGE / "gui").rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        assert "processEvents" not in text, path
        assert "QEventLoop(" not in text, path
        for nested in ("getSaveFileName", "getOpenFileName", "getExistingDirectory", "QMessageBox", "QInputDialog"):
            assert nested not in text, path

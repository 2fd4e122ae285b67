"""People at terminals: commands on one laptop after another, with the JSON they print."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cli.conftest import Run
from tests.exchange.laptops import PASSWORD


class Terminal:
    """One laptop; what a command prints comes back as JSON."""

    def __init__(self, run: Run, folder: Path, password: str = PASSWORD) -> None:
        self._run, self.folder = run, folder
        secret = folder.parent / f"{folder.name}.password"
        secret.write_text(password, encoding="utf-8")
        self._where = ("--workspace", str(folder), "--password-file", str(secret), "--json")

    def __call__(self, *argv: str, given: object = "", code: int | None = 0) -> Any:
        """Run a command that must end with ``code``; with None any end will do."""
        done = self._run(*argv, *self._where, given=given)
        assert code in {done.code, None}, f"{argv}: {done.code} {done.err}{done.out}"
        return done.json

    def pack(self, stick: Path) -> list[str]:
        """Packages for everybody on a stick; gives their files."""
        stick.mkdir(parents=True, exist_ok=True)
        return [each["file"] for each in self("exchange", "pack", "--out", str(stick))["items"]]

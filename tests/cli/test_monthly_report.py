"""A monthly report through the command line: added, made ready, printed frozen, and what is refused."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run


def test_a_report_is_added_frozen_and_printed_the_same_ever_after(base: Path, run: Run, tmp_path: Path) -> None:
    made = run("records", "monthly-report", "add", "--json", given={"period": "2026-10", "summary": "Jedno spotkanie."})
    assert made.code == 0, made.err
    record = made.json["ids"][0]
    shown = run("records", "monthly-report", "show", record, "--json").json
    assert (shown["entry"], shown["fields"]["kind"]) == ("draft", "monthly"), "only `ready` freezes it"
    working, frozen, later = (tmp_path / f"{name}.pdf" for name in ("working", "frozen", "later"))
    assert run("report", "monthly", "--month", "2026-10", "--out", str(working)).code == 0
    assert run("records", "monthly-report", "ready", record).code == 0
    (version,) = run("records", "monthly-report", "show", record, "--json").json["fields"]["versions"]
    assert (version["version"], len(version["snapshot"])) == ("1", 64)
    assert run("report", "monthly", "--id", record, "--out", str(frozen)).code == 0
    talk = {"date": "2026-10-02", "channel": "phone", "subject": "List", "result": "informed"}
    assert run("records", "interaction", "add", "--draft", given=talk).code == 0
    assert run("report", "monthly", "--month", "2026-10", "--out", str(later)).code == 0
    assert working.read_bytes() != frozen.read_bytes() == later.read_bytes()
    assert base.is_dir()


def test_what_the_program_or_the_office_writes_is_refused(base: Path, run: Run) -> None:
    made = run("records", "monthly-report", "add", "--json", given={"period": "2026-10", "summary": "Jedno."})
    record = made.json["ids"][0]
    assert run("records", "monthly-report", "set", record, given={"versions": [{"version": "1", "at": "x"}]}).code == 4
    assert run("records", "monthly-report", "add", "--json", given={"period": "2026", "summary": "Rok."}).code == 3
    assert run("records", "monthly-report", "add", "--draft", "--json", given={"period": "2026-09"}).code == 0
    assert base.is_dir()

"""A lone workspace joins the office's project: nothing of it is lost, the office gets it as any tester's work."""

from __future__ import annotations

from pathlib import Path

import pytest

from progressus_desktop.clock import FixedClock
from progressus_desktop.errors import AccessError, UsageError
from progressus_desktop.services import adopting, applying, deciding, inviting, records, workspaces
from progressus_desktop.store import check, history, query
from progressus_desktop.store.query import View
from progressus_desktop.store.receiving import _Intake
from progressus_desktop.store.workspace import Workspace
from tests.exchange.laptops import NOW, PASSWORD, a_tester, send, swap
from tests.exchange.trips import a_partner, an_event, content, field, shown


@pytest.fixture
def lone(tmp_path: Path) -> Workspace:
    return workspaces.create(
        tmp_path / "lone", PASSWORD, FixedClock(NOW), role="tester",
        project={"name": "Mój projekt", "short_code": "MOJ", "date_from": "2026-01-01", "date_to": "2027-12-31",
                 "leader_name": "Biuro Fundacji"},
        org="Krokus", user="Anna Testowa",
    )  # fmt: skip


def test_the_records_of_a_lone_workspace_go_to_the_office_with_their_codes_and_references(
    office: Workspace, lone: Workspace, tmp_path: Path
) -> None:
    own = lone.space
    records.save(lone, "partner", own, {"phone": "94 374 00 00"})
    partner = a_partner(lone, relations=[{"stage": "talks", "date": "2026-05-01"}])
    event = an_event(lone, lead_organiser=own, partners=[partner])
    records.save(lone, "event", event, {"locality": "Lipniki"}, draft=False)
    draft = records.add_many(lone, "partner", [{"name": "Szkic"}], draft=True)[0]
    gone = a_partner(lone, "OSP Usunięta")
    records.remove(lone, "partner", gone)
    code = shown(lone)[event][1]
    made = inviting.invite(office, "Stowarzyszenie Krokus", tmp_path / "k.setup")
    adopting.join(lone, made.file, made.code, "Anna Testowa")
    assert lone.space != own
    assert field(lone, "event", event, "lead_organiser") == lone.space
    assert query.lookup(lone).project()["name"] == "Progressus"
    assert field(lone, "partner", lone.space, "phone") == "94 374 00 00"
    assert [each.name for each in workspaces.people(lone)] == ["Anna Testowa"]
    assert check.check(lone).ok
    done = send(lone, office, tmp_path / "a")
    assert [each.waiting for each in done.packages] == [0]
    seen = shown(office)
    assert seen[event][:4] == ("event", code, lone.space, "ready")
    assert seen[event][5]["lead_organiser"] == lone.space
    assert seen[partner][5]["relations"][0]["organisation"] == lone.space
    assert {draft, gone, own}.isdisjoint(seen)
    assert field(office, "partner", lone.space, "phone") == "94 374 00 00"
    assert not deciding.conflicts(office)
    later = records.save(lone, "partner", None, {"name": "Nowa", "kind": "kgw", "locality": "Wzorów"}, draft=False).code
    assert later.startswith(f"{lone.replica.prefix}{lone.replica.letter}-2026-")
    assert len(history.of_record(lone, "event", event)) == 3, "what was before stays in its history"
    swap(lone, office, tmp_path / "b")
    second = a_tester(office, tmp_path / "second", "Stowarzyszenie Krokus")
    for ws in (second, lone, second):
        swap(ws, office, tmp_path / "c")
    send(lone, second, tmp_path / "d")
    assert shown(second)[event][5]["locality"] == "Lipniki"
    assert shown(second)[draft][3] == "draft"
    assert not second.connection.exec_driver_sql("SELECT count(*) FROM quarantine").scalar()
    second.close()
    lone.close()


def test_joining_happens_whole_or_not_at_all_and_only_once(
    office: Workspace, lone: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_partner(lone)
    made = inviting.invite(office, "Stowarzyszenie Krokus", tmp_path / "k.setup")
    with pytest.raises(AccessError):
        adopting.join(lone, made.file, "ZZZZ-ZZZZ-ZZZZ")
    before, space = content(lone), lone.space
    with monkeypatch.context() as broken:
        broken.setattr(_Intake, "finish", _break_off)
        with pytest.raises(RuntimeError):
            adopting.join(lone, made.file, made.code)
    assert [each for each in content(lone)[-2] if each[0] != "exchange_keys"] == [
        each for each in before[-2] if each[0] != "exchange_keys"
    ]
    assert content(lone)[:-2] == before[:-2]
    assert lone.space == space
    adopting.join(lone, made.file, made.code)
    assert query.total(lone, "partner", View()) == 1
    with pytest.raises(UsageError):
        adopting.join(lone, made.file, made.code)
    with pytest.raises(UsageError):
        adopting.join(office, made.file, made.code)
    assert applying.apply(lone, []).packages == []
    lone.close()


def _break_off(_self: _Intake) -> None:
    raise RuntimeError

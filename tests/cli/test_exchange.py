"""The exchange through the command line: a real file between two laptops, and what each refusal gives back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import PROJECT, Run

PARTNER = {"name": "OSP Wzorów", "kind": "osp", "locality": "Wzorów"}


class Pair:
    """An office and a tester on one machine."""

    def __init__(self, run: Run, place: Path) -> None:
        self.run = run
        self.place = place
        self.office, self.tester = str(place / "biuro"), str(place / "krokus")
        project = place / "project.json"
        project.write_text(json.dumps(PROJECT), encoding="utf-8")
        made = run(
            "workspace", "create", self.office, "--role", "office", "--project", str(project), "--user", "Ola Biuro"
        )
        assert made.code == 0, made.err
        self.invited = self.join(self.tester, "Stowarzyszenie „Krokus”")

    def join(self, folder: str, organisation: str) -> str:
        setup = str(self.place / f"{Path(folder).name}.progressus")
        invited = self.run(
            "exchange", "invite", "--org", organisation, "--out", setup, "--workspace", self.office, "--json"
        ).json
        joined = self.run("exchange", "join", setup, "--code", invited["code"], "--user", "Anna Nowa", "--into", folder)
        assert joined.code == 0, joined.err
        return setup

    def pack(self, folder: str, *more: str) -> list[str]:
        out = self.place / f"stick-{len(list(self.place.iterdir()))}"
        out.mkdir()
        made = self.run("exchange", "pack", "--out", str(out), "--workspace", folder, "--json", *more)
        assert made.code == 0, made.err
        return [each["file"] for each in made.json["items"]]

    def apply(self, folder: str, *files: str) -> int:
        return self.run("exchange", "apply", *files, "--workspace", folder).code


@pytest.fixture
def pair(run: Run, tmp_path: Path) -> Pair:
    return Pair(run, tmp_path)


def test_a_package_goes_there_and_a_receipt_comes_back(pair: Pair) -> None:
    run = pair.run
    assert run("records", "partner", "add", "--workspace", pair.tester, given=PARTNER).code == 0
    (file,) = pair.pack(pair.tester)
    seen = run("exchange", "inspect", file, "--workspace", pair.office, "--json")
    dry = run("exchange", "apply", file, "--dry-run", "--workspace", pair.office, "--json")
    done = run("exchange", "apply", file, "--workspace", pair.office, "--json")
    assert (seen.code, dry.code, done.code) == (0, 0, 0)
    assert seen.json["packages"] == dry.json["packages"]
    told = [{key: value for key, value in each.json["packages"][0].items() if key != "state"} for each in (dry, done)]
    assert told[0] == told[1]
    assert run("exchange", "apply", file, "--workspace", pair.office, "--json").json["packages"][0]["state"] == "known"
    assert pair.apply(pair.tester, *pair.pack(pair.office)) == 0
    (office,) = run("exchange", "status", "--workspace", pair.tester, "--json").json["counterparts"]
    assert (office["sent"], office["to_send"], office["missing"]) == (office["confirmed"], 0, [])
    assert run("exchange", "undo", str(done.json["import"]), "--workspace", pair.office).code == 0
    assert run("exchange", "undo", str(done.json["import"]), "--workspace", pair.office).code == 2


def test_two_versions_are_listed_and_settled(pair: Pair) -> None:
    run = pair.run
    added = run("records", "partner", "add", "--workspace", pair.tester, "--json", given=PARTNER).json
    (record,) = added["ids"]
    pair.apply(pair.office, *pair.pack(pair.tester))
    for folder, phone in ((pair.office, "943740001"), (pair.tester, "943740002")):
        changed = run("records", "partner", "set", record, "--workspace", folder, given={"phone": phone})
        assert changed.code == 0, changed.err
    assert pair.apply(pair.office, *pair.pack(pair.tester)) == 6
    (asked,) = run("exchange", "conflicts", "--workspace", pair.office, "--json").json["items"]
    assert [asked["record"], asked["field"]] == [record, "phone"]
    settled = run(
        "exchange", "resolve", asked["id"], "--take", 'value="943740003"', "--workspace", pair.office, "--json"
    )
    assert (settled.code, settled.json["left"]) == (0, 0)
    assert run("exchange", "resolve", asked["id"], "--take", "ours", "--workspace", pair.office).code == 2
    assert pair.apply(pair.tester, *pair.pack(pair.office)) == 0
    shown = run("records", "partner", "show", record, "--workspace", pair.tester, "--json").json
    assert shown["fields"]["phone"] == "943740003"


def test_each_refusal_has_its_exit_code_and_changes_nothing(pair: Pair, tmp_path: Path) -> None:
    run = pair.run
    other = str(tmp_path / "malwa")
    pair.join(other, "KGW Malwa")
    assert run("records", "partner", "add", "--workspace", pair.tester, given=PARTNER).code == 0
    (good,) = pair.pack(pair.tester)
    before = run("workspace", "info", "--workspace", pair.office, "--json").json["counts"]
    cut, newer, noise = (tmp_path / f"{name}.progressus" for name in ("cut", "newer", "noise"))
    cut.write_bytes(Path(good).read_bytes()[:-40])
    noise.write_bytes(b"not a package")
    newer.write_bytes(_newer(Path(good), pair.office))
    assert pair.apply(other, good) == 4, "for somebody else"
    assert pair.apply(pair.office, str(cut)) == 5
    assert pair.apply(pair.office, str(noise)) == 5
    assert pair.apply(pair.office, str(newer)) == 10
    assert pair.apply(pair.office, str(tmp_path / "nothing.progressus")) == 2
    assert pair.apply(pair.office, str(cut), str(noise)) == 5, "none could be read"
    assert run("workspace", "info", "--workspace", pair.office, "--json").json["counts"] == before
    assert pair.apply(pair.office, str(cut), good) == 9, "some could"
    wrong = run(
        "exchange", "join", pair.invited, "--code", "AAAA-AAAA-AAAA", "--user", "A", "--into", str(tmp_path / "x")
    )
    assert wrong.code == 4
    assert not (tmp_path / "x").exists()
    assert run("exchange", "pack", "--to", "Nikt", "--out", str(tmp_path), "--workspace", pair.office).code == 2


def _newer(file: Path, office: str) -> bytes:
    """The package as the next version of the container would begin."""
    import pyrage

    from progressus_desktop.clock import SystemClock
    from progressus_desktop.services import counterparts, workspaces

    ws = workspaces.open_(Path(office), SystemClock(), password="haslo")
    own = counterparts.my_keys(ws)
    ws.close()
    inside = bytearray(pyrage.decrypt(file.read_bytes(), [pyrage.x25519.Identity.from_str(own.age_secret)]))
    inside[4] = 2
    return bytes(pyrage.encrypt(bytes(inside), [pyrage.x25519.Recipient.from_str(own.age_public)]))


def test_a_lone_workspace_joins_and_its_records_reach_the_office(pair: Pair) -> None:
    run, lone = pair.run, str(pair.place / "lone")
    project = str(pair.place / "project.json")
    made = run(
        "workspace", "create", lone, "--role", "tester", "--project", project, "--org", "KGW Malwa", "--user", "Ewa"
    )
    assert made.code == 0
    partner = run("records", "partner", "add", "--json", "--workspace", lone, given=PARTNER).json["ids"][0]
    setup = str(pair.place / "malwa.progressus")
    code = run("exchange", "invite", "--org", "KGW Malwa", "--out", setup, "--workspace", pair.office, "--json").json[
        "code"
    ]
    wrong = run("exchange", "join", setup, "--workspace", lone, "--code", "ZZZZ-ZZZZ-ZZZZ", "--user", "Ewa")
    assert wrong.code == 4
    joined = run("exchange", "join", setup, "--workspace", lone, "--code", code, "--user", "Ewa Nowa", "--json")
    assert joined.code == 0, joined.err
    assert joined.json["person"]["name"] == "Ewa Nowa"
    assert pair.apply(pair.office, *pair.pack(lone)) == 0
    assert run("records", "partner", "show", partner, "--workspace", pair.office, "--json").json["id"] == partner
    again = run("exchange", "join", setup, "--workspace", lone, "--code", code, "--user", "Ewa Nowa")
    assert again.code == 2


def test_a_package_that_removes_too_much_is_refused_until_a_person_agrees(pair: Pair) -> None:
    run = pair.run
    made = [PARTNER | {"name": f"OSP {number}"} for number in range(8)]
    lines = "\n".join(json.dumps(each) for each in made)
    ids = run("records", "partner", "add", "--json", "--workspace", pair.tester, given=lines).json["ids"]
    assert pair.apply(pair.office, *pair.pack(pair.tester)) == 0
    for each in ids:
        assert run("records", "partner", "remove", each, "--workspace", pair.tester).code == 0
    (file,) = pair.pack(pair.tester)
    seen = run("exchange", "apply", file, "--dry-run", "--workspace", pair.office, "--json")
    left = run("exchange", "apply", file, "--workspace", pair.office, "--json")
    assert (seen.code, left.code) == (0, 3)
    assert seen.json["packages"][0]["question"]["removed"] == len(ids)
    assert left.json["packages"][0]["state"] == "refused"
    assert left.json["packages"][0]["question"] == seen.json["packages"][0]["question"]
    agreed = run("exchange", "apply", file, "--accept-removals", "--workspace", pair.office, "--json")
    assert agreed.code == 0
    assert agreed.json["packages"][0]["removed"] == len(ids)


def test_a_new_office_is_made_of_what_is_left_with_the_key_from_paper(pair: Pair) -> None:
    from tests.exchange.test_office_paper import typed_from

    run, sheet = pair.run, pair.place / "klucz.pdf"
    assert run("exchange", "paper-key", "--out", str(sheet), "--workspace", pair.tester).code == 4
    assert run("exchange", "paper-key", "--out", str(sheet), "--workspace", pair.office).code == 0
    assert pair.apply(pair.office, *pair.pack(pair.tester)) == 0
    told = pair.pack(pair.office)
    assert pair.apply(pair.tester, *told) == 0
    (partner,) = run("records", "partner", "add", "--json", "--workspace", pair.tester, given=PARTNER).json["ids"]
    left = [*told, *pair.pack(pair.tester)]
    key = pair.place / "klucz.txt"
    key.write_text(typed_from(sheet), encoding="utf-8")
    into = str(pair.place / "nowe")
    wanted = ("exchange", "rescue", *left, "--paper-key", str(key), "--user", "Ola Biuro", "--json")
    made = run(*wanted, "--into", into)
    assert made.code == 0, made.err
    assert [each["reason"] for each in made.json["packages"]] == ["", ""]
    assert len(made.json["words"].split()) == 6
    assert run("records", "partner", "show", partner, "--workspace", into).code == 0
    key.write_text("AGE-SECRET-KEY-1QQQ", encoding="utf-8")
    assert run(*wanted, "--into", str(pair.place / "nic")).code == 4

"""Records by the command line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.cli.conftest import Run

KGW = {"name": "KGW „Malwa”", "kind": "kgw", "locality": "Zmyślona"}


@pytest.fixture
def partner(base: Path, run: Run) -> str:
    return str(run("records", "partner", "add", "--json", given=KGW).json["ids"][0])


def test_records_are_added_listed_and_shown(base: Path, run: Run, partner: str) -> None:
    listed = run("records", "partner", "list", "--json").json
    assert listed["total"] == 1
    shown = run("records", "partner", "show", partner, "--json").json
    assert shown["fields"] == listed["items"][0]["fields"] == KGW
    assert {
        "id",
        "code",
        "entity",
        "version",
        "entry",
        "deleted",
        "problems",
        "delivery",
        "fields",
        "conflicts",
    } <= set(shown)
    assert run("records", "partner", "show", shown["code"], "--json").json["id"] == partner


def test_json_lines_are_all_or_nothing(base: Path, run: Run) -> None:
    lines = '{"name": "OSP Wzorów", "kind": "osp", "locality": "Wzorów"}\n{"name": "X"}\n'
    refused = run("records", "partner", "add", "--json", given=lines)
    assert refused.code == 3
    assert refused.json["error"]["code"] == "validation"
    assert run("records", "partner", "list", "--json").json["total"] == 0


@pytest.mark.parametrize("given", ["", "not json", "[1]", "7", '{"name": '])
def test_what_is_no_json_object_is_refused(base: Path, run: Run, given: str) -> None:
    assert run("records", "partner", "add", given=given).code == 3


def test_an_unknown_field_is_refused_by_name(base: Path, run: Run, partner: str) -> None:
    refused = run("records", "partner", "set", partner, "--json", given={"colour": "red"})
    assert (refused.code, refused.json["error"]["field"]) == (3, "colour")


def test_a_draft_keeps_its_error_and_a_strict_set_makes_it_ready(base: Path, run: Run) -> None:
    event = run("records", "event", "add", "--draft", "--json", given={"title": "Warsztat"}).json["ids"][0]
    assert run("records", "event", "show", event, "--json").json["entry"] == "draft"
    assert run("records", "event", "ready", event).code == 3
    whole = {"kind": "workshop", "status": "planned", "date": "2026-11-27", "locality": "Zmyślona"}
    assert run("records", "event", "set", event, "--json", given=whole).json["entry"] == "ready"
    assert run("records", "event", "draft", event, "--json").json["entry"] == "draft"
    assert run("records", "event", "ready", event, "--json").json["entry"] == "ready"


def test_an_old_version_is_refused_with_exit_6(base: Path, run: Run, partner: str) -> None:
    version = run("records", "partner", "show", partner, "--json").json["version"]
    assert run("records", "partner", "set", partner, "--if-version", version, given={"locality": "Wzorów"}).code == 0
    assert run("records", "partner", "set", partner, "--if-version", version, given={"locality": "Inna"}).code == 6


def test_remove_restore_history_undo_redo(base: Path, run: Run, partner: str) -> None:
    run("records", "partner", "set", partner, given={"phone": "94 374 00 00"})
    newest = run("records", "partner", "history", partner, "--json").json["items"][0]
    assert newest["fields"]["phone"] == {"from": None, "to": "94 374 00 00"}
    assert run("undo", "--json").json["steps"] == 1
    assert "phone" not in run("records", "partner", "show", partner, "--json").json["fields"]
    assert run("redo").code == 0
    assert run("records", "partner", "show", partner, "--json").json["fields"]["phone"] == "94 374 00 00"
    assert run("records", "partner", "remove", partner, "--json").json["deleted"]
    assert run("records", "partner", "list", "--json").json["total"] == 0
    assert run("records", "partner", "list", "--where", "deleted=true", "--json").json["total"] == 1
    assert run("records", "partner", "set", partner, given={"locality": "Wzorów"}).code == 2
    assert not run("records", "partner", "restore", partner, "--json").json["deleted"]


def test_lists_are_filtered_sorted_and_cut(base: Path, run: Run) -> None:
    rows = "\n".join(
        f'{{"name": "{name}", "kind": "{kind}", "locality": "Łódź"}}'
        for name, kind in (("Ćma", "osp"), ("Cykoria", "kgw"), ("Drozd", "osp"))
    )
    assert run("records", "partner", "add", given=rows).code == 0
    names = [each["fields"]["name"] for each in run("records", "partner", "list", "--json").json["items"]]
    assert names == ["Cykoria", "Ćma", "Drozd"]
    down = run("records", "partner", "list", "--sort", "-name", "--limit", "1", "--offset", "1", "--json").json
    assert (down["items"][0]["fields"]["name"], down["total"]) == ("Ćma", 3)
    assert run("records", "partner", "list", "--where", "kind=osp", "--json").json["total"] == 2
    assert run("records", "partner", "list", "--filter", "cykor", "--json").json["total"] == 1
    assert run("search", "lodz", "--json").json["total"] == 3
    assert run("records", "partner", "list", "--where", "nothing=1").code == 2
    assert run("records", "partner", "list", "--sort", "nothing").code == 2


def test_unknown_and_ambiguous_ids_are_wrong_usage(base: Path, run: Run) -> None:
    assert run("records", "partner", "show", "XXX-2026-0001").code == 2
    assert run("records", "nothing", "list").code == 2


def test_nothing_to_undo_is_said_and_no_error(base: Path, run: Run) -> None:
    answers = [run("undo") for _step in range(3)]
    assert answers[-1].code == 0


def test_tables_are_written_as_csv_or_xlsx_and_nothing_else(base: Path, run: Run, partner: str, tmp_path: Path) -> None:
    target = tmp_path / "partnerzy.csv"
    assert run("export", "partner", str(target), "--json").json["rows"] == 1
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")
    assert run("export", "partner", str(tmp_path / "x.xlsx"), "--json").json["rows"] == 1
    assert (tmp_path / "x.xlsx").read_bytes().startswith(b"PK")
    assert run("export", "partner", str(tmp_path / "x.ods")).code == 2


def test_what_is_no_pdf_does_not_pass_the_check(base: Path, run: Run, tmp_path: Path) -> None:
    (tmp_path / "no.pdf").write_text("no")
    assert run("report", "check", str(tmp_path / "no.pdf")).code == 5


def test_the_schema_needs_no_workspace(run: Run) -> None:
    fields = {each["name"]: each for each in run("schema", "event", "--json").json["fields"]}
    assert fields["title"]["required"]
    assert fields["participants"]["merge"] == "matrix"
    assert run("schema").code == 0


def test_two_partners_are_merged_and_taken_apart(base: Path, run: Run) -> None:
    keep, drop = (
        run("records", "partner", "add", "--json", given={**KGW, "name": name, "phone": phone}).json["ids"][0]
        for name, phone in (("KGW Malwa", "94 374 00 00"), ("Malwa", "94 374 00 11"))
    )
    made = run("records", "partner", "merge", keep, drop, "--take", "phone=drop", "--json")
    assert (made.code, made.json["id"], made.json["merge"]) == (0, keep, drop)
    assert (made.json["fields"]["name"], made.json["fields"]["phone"]) == ("KGW Malwa", "94 374 00 11")
    assert run("records", "partner", "show", drop, "--json").json["merged_into"] == keep
    assert run("records", "partner", "merge", keep, drop).code == 2
    assert run("records", "partner", "merge", keep, keep).code == 2
    assert run("records", "task", "merge", keep, drop).code == 2
    apart = run("records", "partner", "unmerge", drop, "--json")
    assert (apart.code, apart.json["deleted"]) == (0, False)
    assert run("records", "partner", "show", keep, "--json").json["fields"]["phone"] == "94 374 00 00"
    assert run("records", "partner", "unmerge", drop).code == 2


def test_files_are_added_to_a_partner_as_to_an_event(base: Path, run: Run, partner: str, tmp_path: Path) -> None:
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(tmp_path / "deklaracja.pdf")
    code = run("records", "partner", "show", partner, "--json").json["code"]
    (file,) = run("photo", "add", code, str(tmp_path / "deklaracja.pdf"), "--json").json["ids"]
    shown = run("records", "photo", "show", file, "--json").json["fields"]
    assert (shown["partner"], shown["kind"]) == (partner, "other")
    assert "event" not in shown
    assert run("photo", "add", "NIC-2026-0001", str(tmp_path / "deklaracja.pdf")).code == 2


def test_a_request_for_erasure_is_refused_with_a_letter(base: Path, run: Run, tmp_path: Path) -> None:
    (person,) = run("records", "person", "add", "--json", given={"last_name": "Przykładna"}).json["ids"]
    letter = tmp_path / "pismo.pdf"
    assert run("refuse", "person", person).code == 2
    assert run("refuse", "person", person, "--out", str(letter)).code == 2
    assert run("refuse", "person", person, "--ground", "other").code == 2
    made = run(
        "refuse", "person", person, "--ground", "claims", "--asked", "2026-01-05", "--out", str(letter), "--json"
    )
    assert made.json["person"] == person
    assert Path(made.json["file"]).read_bytes().startswith(b"%PDF-")
    (kept,) = run("records", "person", "show", person, "--json").json["fields"]["refusals"]
    assert (kept["ground"], kept["asked_on"], kept["key"]) == ("claims", "2026-01-05", made.json["refusal"])
    letter.unlink()
    assert run("refuse", "person", person, "--out", str(letter)).code == 0
    assert letter.is_file()


def test_the_list_filtered_by_in_project_shows_those_alone(base: Path, run: Run) -> None:
    run("records", "partner", "add", given={"name": "OSP Łąka", "kind": "osp", "locality": "Łąka"})

    def names(*where: str) -> set[str]:
        found = run("records", "partner", "list", "--json", *where).json
        return {item["fields"]["name"] for item in found["items"]}

    project = {"Fundacja „Lider”", "Stowarzyszenie „Krokus”"}
    assert names() == names("--where", "in_project=false") == {"OSP Łąka"}
    assert names("--where", "in_project=true") == names("--where", "in_project=tak") == project


@pytest.mark.parametrize(
    ("entity", "fields"),
    [("event", {"title": "Warsztat", "date": "2026-02-30", "status": {"?": "kiedyś"}}),
     ("task", {"what": "Zadzwonić", "origin": {"?": "skądś"}}), ("partner", {"name": "OSP", "parent": {"?": "ktoś"}})],
)  # fmt: skip
def test_a_draft_with_what_cannot_be_read_is_shown_all_the_same(
    run: Run, partner: str, entity: str, fields: dict[str, Any]
) -> None:
    added = run("records", entity, "add", "--draft", "--json", given=fields)
    assert added.code == 0, added.out
    for shape in ((), ("--json",)):
        assert run("records", entity, "show", added.json["ids"][0], *shape).code == 0
    assert run("records", entity, "list").code == 0

"""What leaves as a table says nothing it must not, and comes back as it was, whatever the texts hold."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from progressus_desktop.errors import DamagedError
from progressus_desktop.services import consents, outlook, photos, records, tables_in, tables_out, workspaces
from progressus_desktop.services.tables_in import State
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from tests.builders import a_partner, an_event, an_interaction, write
from tests.services.test_photos_and_tables import a_picture

CANARY = "Kanarkowska"


def test_a_reader_takes_nobodys_name_out_with_what_refers_to_people(lone: Workspace, tmp_path: Path) -> None:
    partner = a_partner(lone)
    person = {"last_name": CANARY, "first_name": "Zyta"}
    contact = records.save(lone, "contact", None, {"person": person, "partner": partner}, draft=False).id
    found = records.get(lone, "contact", contact)
    assert found is not None
    user = records.save(
        lone, "user", None, {"first_name": "Ola", "last_name": CANARY, "role": "reader"}, draft=False
    ).id
    records.save(lone, "partner", partner, {"owner": user})
    an_interaction(lone, partner, contacts=[contact])
    write(lone, "task", {"what": "Zadzwonić", "due": "2026-12-01", "state": "open", "record": found.fields["person"]})
    cluster = write(lone, "cluster", {"name": "Nad Strugą", "stage": "idea", "coordinator_contact": contact})
    write(lone, "membership", {"cluster": cluster, "partner": partner, "contact": contact})
    kinds = ("partner", "interaction", "task", "cluster", "membership", "contact", "user")
    before = {kind: _exported(lone, kind, tmp_path) for kind in kinds}
    assert all(CANARY in each for each in before.values()), "otherwise this test could not fail"
    workspaces.work_as(lone, user)
    assert [kind for kind in kinds if CANARY in _exported(lone, kind, tmp_path)] == []


def _exported(ws: Workspace, kind: str, folder: Path) -> str:
    tables_out.export(ws, kind, View(), folder / "t.csv")
    return (folder / "t.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_what_a_task_is_about_leaves_with_its_name_and_comes_back(lone: Workspace, tmp_path: Path, ending: str) -> None:
    person, partner = write(lone, "person", {"last_name": CANARY}), a_partner(lone)
    records.add_many(
        lone, "task", [{"what": "Zadzwonić", "due": "2026-12-01", "record": each} for each in (person, partner)]
    )
    tables_out.export(lone, "task", View(), tmp_path / f"t.{ending}")
    plan = tables_in.stage(lone, "task", tmp_path / f"t.{ending}")
    assert [(row.state, [str(each) for each in row.remarks]) for row in plan.rows] == [(State.SAME, [])] * 2


TEXTS = (
    "'=1+1", "''=1+1", "'- punkt", "- punkt\n- drugi", "=cmd|' /C calc'!A0", "jeden\u2028dwa\u2029trzy\u0085cztery",
    '\u201e=1\u201d; "x"\t;', "@suma", "+48 94 374", "'zwykły",
)  # fmt: skip


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_any_text_comes_back_as_it_left(lone: Workspace, tmp_path: Path, ending: str) -> None:
    for text in TEXTS:
        an_event(lone, course=text, title=text.split("\n", maxsplit=1)[0])
    tables_out.export(lone, "event", View(), tmp_path / f"t.{ending}")
    plan = tables_in.stage(lone, "event", tmp_path / f"t.{ending}")
    assert [(row.state, [cell.after for cell in row.cells]) for row in plan.rows] == [(State.SAME, [])] * len(TEXTS)


def test_a_table_says_which_columns_stand_there_twice_and_passes_over_rows_of_blanks(
    lone: Workspace, tmp_path: Path
) -> None:
    file = tmp_path / "t.csv"
    file.write_text("Nazwa;Telefon;Telefon\nOSP Dąb;943740000;943740001\n ; ;\u00a0\n;;\n", encoding="utf-8")
    plan = tables_in.stage(lone, "partner", file)
    assert [row.state for row in plan.rows] == [State.NEW]
    assert any("Telefon" in str(note) for note in plan.notes)


def test_before_a_photo_is_erased_the_places_where_it_was_published_are_named(lone: Workspace) -> None:
    event = an_event(lone)
    link = "https://krokus.example/galeria"
    photo = photos.add(lone, event, a_picture(), further={"published": [{"link": link}]})
    assert outlook.of(lone, "photo", [photo]).published == (link,)
    assert consents.effect(lone, records.new_id(lone), photo).published[0].link == link


def test_a_table_with_a_quotation_mark_left_open_is_refused(lone: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text('Nazwa;Miejscowość\nOSP Dąb;"Wzorów\nKGW;Lipniki\nOSP Buk;Wzorów\n', encoding="utf-8")
    with pytest.raises(DamagedError):
        tables_in.stage(lone, "partner", file)


def test_a_cell_that_came_to_nothing_clears_nothing(lone: Workspace, tmp_path: Path) -> None:
    partner = a_partner(lone, phone="943740000")
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.append(["id", "Telefon", "Uwagi"])
    page.append([partner, "#N/A", "#REF!"])
    for cell in page[2][1:]:
        cell.data_type = "e"
    book.save(tmp_path / "t.xlsx")
    (tmp_path / "t.csv").write_text(f"id;Telefon;Uwagi\n{partner};#N/D!;#ADR!\n", encoding="utf-8")
    for ending in ("xlsx", "csv"):
        (row,) = tables_in.stage(lone, "partner", tmp_path / f"t.{ending}").rows
        assert (row.state, len(row.reasons)) == (State.WRONG, 2)


def test_a_contact_with_a_new_person_is_ready_when_it_is_whole(lone: Workspace, tmp_path: Path) -> None:
    a_partner(lone)
    file = tmp_path / "t.csv"
    file.write_text("Osoba kontaktowa;Partner;Funkcja\nAnna Nowa;KGW „Malwa”;prezeska\n", encoding="utf-8")
    plan = tables_in.stage(lone, "contact", file)
    assert not plan.rows[0].remarks
    tables_in.apply(lone, plan, plan.rows)
    assert [row.values["entry"] for row in query.window(lone, "contact", View(), 0)] == ["ready"]

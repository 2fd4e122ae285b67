"""Tables out and in again: what is written, what an import would change, what is refused (domain.md, section 12)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from progressus_desktop.errors import AccessError, CancelledError, ConflictError, DamagedError
from progressus_desktop.services import records, tables_in, tables_out, undoing, workspaces
from progressus_desktop.services.tables_in import StagedRow, Staging, State
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message, speaking

KGW = {"name": "KGW „Malwa”", "kind": "kgw", "locality": "Zmyślona", "phone": "94 374 00 00", "nip": "8567346215"}


def a_partner(ws: Workspace, **values: Any) -> str:
    return records.save(ws, "partner", None, {**KGW, **values}).id


def an_event(ws: Workspace, **values: Any) -> str:
    given = {
        "title": "Warsztat", "kind": "workshop", "status": "planned", "date": "2026-11-27", "start": "16:00",
        "locality": "Zmyślona", "participants": {"pwd": {"f": 5, "m": 4}},
        "topics": [{"topic": "T1", "depth": "presented", "audience": ["employer", "ngo_staff"]},
                   {"topic": "T2", "audience": ["employer"]}],
        "agenda": [{"time": "09:00", "item": "Powitanie"}], "accessibility": [{"item": "parking", "answer": "yes"}],
    }  # fmt: skip
    return records.save(ws, "event", None, {**given, **values}).id


def csv_file(folder: Path, text: str, encoding: str = "utf-8", name: str = "tabela.csv") -> Path:
    target = folder / name
    target.write_bytes(text.encode(encoding))
    return target


def xlsx_file(folder: Path, rows: Sequence[Sequence[Any]], name: str = "tabela.xlsx") -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in rows:
        book.active.append(row)
    book.save(folder / name)
    return folder / name


def exported(ws: Workspace, entity: str, folder: Path, ending: str = "xlsx") -> Path:
    target = folder / f"{entity}.{ending}"
    tables_out.export(ws, entity, View(), target)
    return target


def only(plan: Staging) -> StagedRow:
    assert len(plan.rows) == 1
    return plan.rows[0]


def edited(file: Path, head: str, value: Any, row: int = 2, sheet: int = 0) -> Path:
    """The workbook as another program saves it after one cell was changed."""
    book = openpyxl.load_workbook(file)
    page = book.worksheets[sheet]
    column = [cell.value for cell in page[1]].index(head) + 1
    page.cell(row, column).value = value
    target = file.with_name("zmieniony.xlsx")
    book.save(target)
    return target


# -- out --------------------------------------------------------------------------------------------------------


def test_a_workbook_has_typed_cells_a_frozen_head_and_rows_on_sheets_of_their_own(
    lone: Workspace, tmp_path: Path
) -> None:
    an_event(lone, title="=Warsztat")
    book = openpyxl.load_workbook(exported(lone, "event", tmp_path))
    page = book.worksheets[0]
    assert page.freeze_panes == "A2"
    head = [cell.value for cell in page[1]]
    row = dict(zip(head, [cell.value for cell in page[2]], strict=True))
    assert head[:2] == ["id", "version"]
    assert row["Data"] == datetime(2026, 11, 27)  # noqa: DTZ001 - a spreadsheet knows no zones
    assert row["Nazwa wydarzenia"] == "=Warsztat"
    assert page.cell(2, head.index("Nazwa wydarzenia") + 1).data_type == "s"
    matrix = [name for name in head if name and name.startswith("Role i płeć: ")]
    assert len(matrix) == 33
    assert sorted(value for name in matrix if (value := row[name]) is not None) == [4, 5]
    agenda = next(each for each in book.worksheets if each.title == "Agenda")
    assert [cell.value for cell in agenda[2]][3] == "Powitanie"


def test_a_table_as_text_has_a_bom_iso_dates_and_no_formulas(lone: Workspace, tmp_path: Path) -> None:
    an_event(lone, title="=Warsztat")
    target = exported(lone, "event", tmp_path, "csv")
    assert target.read_bytes().startswith(b"\xef\xbb\xbfid;version;")
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig")), delimiter=";"))
    values = list(rows[0].values())
    assert {"'=Warsztat", "2026-11-27", "16:00", "5", "4"} <= set(values)
    assert not any("Agenda" in head for head in rows[0])


def test_what_is_shown_goes_out_in_its_filter_and_order_with_its_columns_first(lone: Workspace, tmp_path: Path) -> None:
    for name in ("Żuraw", "Łąka", "Malwa"):
        a_partner(lone, name=f"KGW {name}", nip=None, phone=None)
    a_partner(lone, name="OSP Dąb", nip=None, phone=None)
    target = tmp_path / "p.csv"
    assert tables_out.export(lone, "partner", View(order="-name", text="kgw"), target, ("locality", "name")) == 3
    rows = list(csv.reader(io.StringIO(target.read_text("utf-8-sig")), delimiter=";"))
    assert rows[0][4:6] == ["Miejscowość", "Nazwa"]
    assert [row[5] for row in rows[1:]] == ["KGW Żuraw", "KGW Malwa", "KGW Łąka"]


def test_a_reader_takes_no_personal_data_out(lone: Workspace, tmp_path: Path) -> None:
    partner = a_partner(lone)
    records.save(lone, "contact", None, {"person": {"last_name": "Tajna"}, "partner": partner}, draft=False)
    reader = records.save(lone, "user", None, {"first_name": "Jan", "last_name": "C", "role": "reader"}, draft=False)
    workspaces.work_as(lone, reader.id)
    assert "Tajna" not in exported(lone, "contact", tmp_path, "csv").read_text("utf-8-sig")


def test_an_export_that_is_stopped_leaves_no_file(lone: Workspace, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(tables_out, "_TOLD", 1)
    a_partner(lone)

    def stop(_done: int, _every: int) -> None:
        raise CancelledError(Message(N_("Stopped. Nothing is half-done.")))

    with pytest.raises(CancelledError):
        tables_out.export(lone, "partner", View(), tmp_path / "p.xlsx", (), stop)
    assert list(tmp_path.glob("*.xlsx")) == []


# -- and in again ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["pl", "en"])
def test_what_was_exported_and_comes_back_says_nothing_new(
    lone: Workspace, tmp_path: Path, ending: str, language: str
) -> None:
    partner = a_partner(lone, gmina="3215052", relations=[{"stage": "talks"}], employs_pwd="yes")
    a_partner(lone, name="KGW „Malwa”", nip=None, parent=partner)
    an_event(lone, partners=[partner], host=partner, note="=1+1\nwiersz; drugi | trzeci")
    for entity in ("partner", "event"):
        with speaking(language):
            file = exported(lone, entity, tmp_path, ending)
        plan = tables_in.stage(lone, entity, file)
        assert {row.state for row in plan.rows} == {State.SAME}
        assert not any(row.remarks for row in plan.rows)


def test_an_edited_workbook_shows_exactly_the_changed_cell_and_one_undo_takes_it_back(
    lone: Workspace, tmp_path: Path
) -> None:
    event = an_event(lone)
    for head, value, name, was, becomes in (
        ("Do godziny", "18.30", "end", "", "18.30"),
        ("Role i płeć: ", 7, "participants.pwd.f", "5", "7"),
        ("Data", datetime(2026, 12, 1), "date", "2026-11-27", "2026-12-01"),  # noqa: DTZ001 - as above
        ("Data", "1 grudnia 2026", "date", "2026-11-27", "1 grudnia 2026"),
        ("Tematy: ", "wspomniano", "topics.T1", None, "wspomniano"),
        ("Miejscowość", "Łąka", "locality", "Zmyślona", "Łąka"),
    ):
        file = exported(lone, "event", tmp_path)
        heads = [cell.value for cell in openpyxl.load_workbook(file).worksheets[0][1]]
        head_found = next(each for each in heads if each and each.startswith(head))
        row = only(tables_in.stage(lone, "event", edited(file, head_found, value)))
        assert (row.state, row.record) == (State.CHANGED, event)
        assert [cell.column.name for cell in row.cells] == [name]
        assert row.cells[0].after == becomes
        assert was is None or row.cells[0].before == was
    before = query.get(lone, "event", event)
    plan = tables_in.stage(lone, "event", tmp_path / "zmieniony.xlsx")
    done = tables_in.apply(lone, plan, plan.rows)
    assert done is not None
    assert (done.kind, done.records) == ("table-import", (("event", event),))
    after = query.get(lone, "event", event)
    assert before is not None
    assert after is not None
    assert after.fields == {**before.fields, "locality": "Łąka"}
    undoing.undo(lone)
    back = query.get(lone, "event", event)
    assert back is not None
    assert back.fields == before.fields


def test_a_row_on_another_sheet_changes_or_adds_and_a_missing_one_is_never_removed(
    lone: Workspace, tmp_path: Path
) -> None:
    event = an_event(lone, agenda=[{"time": "09:00", "item": "Powitanie"}, {"item": "Praca w grupach"}])
    file = exported(lone, "event", tmp_path)
    book = openpyxl.load_workbook(file)
    page = book["Agenda"]
    page.cell(2, 4).value = "Otwarcie"
    page.delete_rows(3)
    page.append([event, None, None, "Zakończenie"])
    book.save(file)
    plan = tables_in.stage(lone, "event", file)
    assert [cell.after for cell in only(plan).cells] == ["Otwarcie", "Zakończenie"]
    tables_in.apply(lone, plan, plan.rows)
    found = query.get(lone, "event", event)
    assert found is not None
    assert [row["item"] for row in found.fields["agenda"]] == ["Otwarcie", "Praca w grupach", "Zakończenie"]


def test_missing_columns_and_rows_remove_nothing_but_an_emptied_cell_clears(lone: Workspace, tmp_path: Path) -> None:
    one, _other = a_partner(lone), a_partner(lone, name="OSP Dąb", nip=None, phone=None)
    plan = tables_in.stage(lone, "partner", csv_file(tmp_path, f"id;Telefon\n{one};\n"))
    row = only(plan)
    assert [(cell.column.name, cell.before, cell.after) for cell in row.cells] == [("phone", "94 374 00 00", "")]
    tables_in.apply(lone, plan, plan.rows)
    found = query.get(lone, "partner", one)
    assert found is not None
    assert "phone" not in found.fields
    assert found.fields["nip"] == KGW["nip"]
    assert query.total(lone, "partner", View()) == 2


def test_a_record_that_moved_on_since_the_export_makes_its_changed_cells_doubtful(
    lone: Workspace, tmp_path: Path
) -> None:
    partner = a_partner(lone)
    file = exported(lone, "partner", tmp_path)
    records.save(lone, "partner", partner, {"www": "https://krokus.example"})
    plan = tables_in.stage(lone, "partner", edited(file, "Telefon", "94 374 00 99"))
    assert only(plan).state is State.DOUBTFUL
    assert {cell.column.name for cell in only(plan).cells} == {"phone", "www"}


def test_a_record_that_moves_on_between_reading_and_writing_stops_the_import(lone: Workspace, tmp_path: Path) -> None:
    partner = a_partner(lone)
    plan = tables_in.stage(lone, "partner", csv_file(tmp_path, f"id;Telefon\n{partner};94 374 00 77\n"))
    records.save(lone, "partner", partner, {"phone": "94 374 00 88"})
    with pytest.raises(ConflictError):
        tables_in.apply(lone, plan, plan.rows)


def test_old_tables_are_read_forgivingly(lone: Workspace, tmp_path: Path) -> None:
    text = (
        "Partnerzy 2025;;;;;;\r\n"
        "nazwa organizacji;MIEJSC.;Tel.;regon;Kind;Liczba członków;Data pierwszego kontaktu\r\n"
        "OSP Łąka;Źródła;943741111;1583;rural housewives' circle (KGW);1 240,00;10 marca 2026\r\n"
        "KGW Żuraw;Święte;94 374-11-12;;stow. zwykłe;12;46000\r\n"
    )
    plan = tables_in.stage(lone, "partner", csv_file(tmp_path, text, "cp1250"))
    assert [row.state for row in plan.rows] == [State.NEW, State.NEW]
    assert plan.rows[0].values == {
        "name": "OSP Łąka", "locality": "Źródła", "phone": "943741111", "regon": "000001583", "kind": "kgw",
        "members": 1240, "first_contact": "2026-03-10",
    }  # fmt: skip
    assert plan.rows[1].values["kind"] == "simple_association"
    assert plan.rows[1].values["first_contact"] == "2025-12-09"
    tables_in.apply(lone, plan, plan.rows)
    again = tables_in.stage(lone, "partner", tmp_path / "tabela.csv")
    assert {row.state for row in again.rows} == {State.SAME}


@pytest.mark.parametrize(
    ("head", "cell", "word"),
    [
        ("Data pierwszego kontaktu", "31.02.2026", "28 dni"),
        ("Data pierwszego kontaktu", "10.03", "Brakuje roku"),
        ("Data pierwszego kontaktu", "+7", "data"),
        ("NIP", "1234567890", "NIP"),
        ("Telefon", "12", "9 cyfr"),
        ("Rodzaj organizacji", "coś", "Wybierz"),
        ("Liczba członków", "-5", "mniejsza"),
        ("Jednostka nadrzędna", "Nieznana", "Nieznana"),
    ],
)
def test_a_cell_that_cannot_be_read_makes_its_row_wrong_and_says_why(
    lone: Workspace, tmp_path: Path, head: str, cell: str, word: str
) -> None:
    plan = tables_in.stage(lone, "partner", csv_file(tmp_path, f"Nazwa;{head}\nOSP Łąka;{cell}\n"))
    assert only(plan).state is State.WRONG
    assert word in " ".join(str(each) for each in only(plan).reasons)
    assert tables_in.apply(lone, plan, plan.rows) is None


def test_doubled_organisations_are_doubtful_and_a_sure_one_is_completed(lone: Workspace, tmp_path: Path) -> None:
    partner = a_partner(lone)
    text = (
        "Nazwa;Miejscowość;NIP;E-mail\nKoło Malwa;Zmyślona;856-734-62-15;malwa@kgw.example\n"
        "Koło Gospodyń Wiejskich Malwa;Zmyślona;;\nOSP Dąb;Wzorów;;\nOchotnicza Straż Pożarna Dąb;Wzorów;;\n"
    )
    plan = tables_in.stage(lone, "partner", csv_file(tmp_path, text))
    assert [row.state for row in plan.rows] == [State.DOUBTFUL, State.DOUBTFUL, State.NEW, State.DOUBTFUL]
    assert [row.record for row in plan.rows] == [partner, "", "", ""]
    assert "wiersz 4" in " ".join(str(each) for each in plan.rows[3].reasons)
    tables_in.apply(lone, plan, plan.rows[:1])
    found = query.get(lone, "partner", partner)
    assert found is not None
    assert found.fields["email"] == "malwa@kgw.example"
    assert query.total(lone, "partner", View()) == 1


def test_references_are_names_codes_or_new_persons(lone: Workspace, tmp_path: Path) -> None:
    partner = a_partner(lone)
    code = records.save(lone, "partner", None, {"name": "OSP Dąb", "kind": "osp", "locality": "Wzorów"}).code
    text = f"Osoba kontaktowa;Partner;Funkcja\nAnna Nowa;kgw „malwa”;prezeska\nAnna Nowa;{code};sekretarz\n"
    plan = tables_in.stage(lone, "contact", csv_file(tmp_path, text))
    assert [row.state for row in plan.rows] == [State.NEW, State.NEW]
    assert plan.rows[0].values["partner"] == partner
    tables_in.apply(lone, plan, plan.rows)
    assert query.total(lone, "person", View()) == 1
    assert query.total(lone, "contact", View()) == 2
    undoing.undo(lone)
    assert query.total(lone, "person", View()) == 0


def test_an_import_makes_ready_what_is_whole_and_drafts_of_the_rest(lone: Workspace, tmp_path: Path) -> None:
    text = "Nazwa;Rodzaj organizacji;Miejscowość\nOSP Dąb;OSP;Wzorów\nOSP Buk;;\n"
    plan = tables_in.stage(lone, "partner", csv_file(tmp_path, text))
    assert plan.rows[1].remarks
    tables_in.apply(lone, plan, plan.rows)
    states = {row.values["name"]: row.values["entry"] for row in query.window(lone, "partner", View(), 0)}
    assert states == {"OSP Dąb": "ready", "OSP Buk": "draft"}
    partner = next(row.id for row in query.window(lone, "partner", View(), 0) if row.values["name"] == "OSP Dąb")
    plan = tables_in.stage(lone, "partner", csv_file(tmp_path, f"id;Miejscowość\n{partner};\n"))
    assert only(plan).state is State.DOUBTFUL


def test_what_is_in_the_bin_is_not_changed(lone: Workspace, tmp_path: Path) -> None:
    partner = a_partner(lone)
    records.remove(lone, "partner", partner)
    plan = tables_in.stage(lone, "partner", csv_file(tmp_path, f"id;Telefon\n{partner};94 374 00 77\n"))
    assert only(plan).state is State.WRONG


def test_a_reader_imports_nothing(lone: Workspace, tmp_path: Path) -> None:
    reader = records.save(lone, "user", None, {"first_name": "Jan", "last_name": "C", "role": "reader"}, draft=False)
    workspaces.work_as(lone, reader.id)
    plan = tables_in.stage(lone, "partner", csv_file(tmp_path, "Nazwa\nOSP Dąb\n"))
    assert only(plan).state is State.WRONG
    plan.rows[0].state, plan.rows[0].values = State.NEW, {"name": "OSP Dąb"}
    with pytest.raises(AccessError):
        tables_in.apply(lone, plan, plan.rows)


def test_a_table_without_a_known_column_is_refused(lone: Workspace, tmp_path: Path) -> None:
    with pytest.raises(DamagedError) as refused:
        tables_in.stage(lone, "partner", csv_file(tmp_path, "Kolor;Smak\nczerwony;słodki\n"))
    assert "Nazwa" in str(refused.value)


def test_cells_typed_by_a_spreadsheet_are_read_by_their_type(lone: Workspace, tmp_path: Path) -> None:
    rows = [["Nazwa", "NIP", "KRS", "Data pierwszego kontaktu", "Lider lub tester projektu", "Liczba członków"],
            ["OSP Dąb", 8567346215, 24777, date(2026, 3, 10), True, 12.0]]  # fmt: skip
    values = only(tables_in.stage(lone, "partner", xlsx_file(tmp_path, rows))).values
    assert values["nip"] == "8567346215"
    assert values["krs"] == "0000024777"
    assert (values["first_contact"], values["members"]) == ("2026-03-10", 12)


def test_an_import_that_is_stopped_writes_nothing(lone: Workspace, tmp_path: Path) -> None:
    plan = tables_in.stage(lone, "partner", csv_file(tmp_path, "Nazwa\nOSP Dąb\nOSP Buk\n"))

    def stop(_done: int, _every: int) -> None:
        raise CancelledError(Message(N_("Stopped. Nothing is half-done.")))

    with pytest.raises(CancelledError):
        tables_in.apply(lone, plan, plan.rows, stop)
    assert query.total(lone, "partner", View()) == 0

"""Reports made from a real encrypted workspace: what is in the records is on the paper, and nothing else."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from progressus_desktop import words
from progressus_desktop.clock import FixedClock
from progressus_desktop.domain import codelists, task
from progressus_desktop.errors import DamagedError, NotFoundError, StorageError, UsageError
from progressus_desktop.services import photos, records, reporting, workspaces
from progressus_desktop.store.workspace import Workspace
from tests.reports import reading

EVENT = {
    "title": "Warsztat: od jednej organizacji do klastra",
    "kind": "workshop",
    "status": "held",
    "date": "2026-11-12",
    "start": "10:00",
    "end": "14:00",
    "place_name": "Świetlica wiejska",
    "locality": "Lipniki Wzorcowe",
    "gmina": "3215052",
    "participants": {"pwd": {"f": 5, "m": 4}, "ngo_staff": {"f": 6, "m": 3}, "employer": {"m": 3, "x": 1}},
    "of_which": {"pwd": {"f": 5, "m": 4}},
    "counted_by": "list",
    "signatures_count": 20,
    "difference_note": "Dwie osoby wyszły wcześniej.",
    "topics": [{"topic": "T1", "depth": "presented", "audience": ["ngo_staff"], "aspects": ["use"]}],
    "course": "Uczestnicy ułożyli mapę zasobów gminy.\n\n- powstała mapa;\n- jest list intencyjny.",
    "arrangements": [{"what": "Zebrać rozkłady kursów", "who": "Krokus", "due": "2026-11-29"}],
    "accessibility": [{"item": "parking", "answer": "yes"}, {"item": "captions", "answer": "no"}],
    "requested_arrangements": [{"item": "large_print", "count": 3}],
}
PROJECT = {
    "name": "Przykładowy projekt",
    "short_code": "PROG",
    "date_from": "2026-01-01",
    "date_to": "2027-12-31",
    "controller": "Fundacja „Przykład”",
    "office_email": "biuro@projekt.example",
}


@pytest.fixture(scope="module")
def ws(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    patch = pytest.MonkeyPatch()
    patch.setenv("PROGRESSUS_HOME", str(tmp_path_factory.mktemp("home")))
    clock = FixedClock(datetime.fromisoformat("2026-11-23T11:48:00+01:00"))
    folder = tmp_path_factory.mktemp("reports") / "ws"
    made = workspaces.create(
        folder, "długie hasło z kilku słów", clock, role="tester", project=PROJECT, org="Stowarzyszenie „Krokus”",
        user="Anna Przykładowa",
    )  # fmt: skip
    yield made
    made.close()
    patch.undo()


@pytest.fixture(scope="module")
def partner(ws: Workspace) -> str:
    stages = [{"stage": "talks", "date": "2026-10-01"}, {"stage": "declared", "date": "2026-11-10"}]
    values = {"name": "KGW „Malwa”", "kind": "kgw", "locality": "Lipniki", "gmina": "3215052", "relations": stages}
    return records.save(ws, "partner", None, values).id


@pytest.fixture(scope="module")
def event(ws: Workspace, partner: str) -> str:
    saved = records.save(ws, "event", None, {**EVENT, "lead_organiser": partner, "partners": [partner]})
    records.mark_ready(ws, "event", saved.id)
    jpeg = io.BytesIO()
    Image.new("RGB", (400, 300), "#cddccd").save(jpeg, "JPEG")
    shown = {"people_shown": "crowd"}
    photos.add(ws, saved.id, jpeg.getvalue(), "Ludzie przy mapie gminy", caption="Praca nad mapą", further=shown)
    for colour, alt, people in (("#111111", "Twarz z bliska", "recognisable"), ("#222222", "", "crowd")):
        other = io.BytesIO()
        Image.new("RGB", (400, 300), colour).save(other, "JPEG")
        photos.add(ws, saved.id, other.getvalue(), alt, further={"people_shown": people})
    return saved.id


@pytest.fixture(scope="module")
def cluster(ws: Workspace, partner: str) -> str:
    saved = records.save(ws, "cluster", None, {"name": "Nad Strugą", "stage": "idea", "area": ["3215052"]}).id
    records.save(ws, "membership", None, {"cluster": saved, "partner": partner, "date_from": "2026-06-01"})
    return saved


@pytest.fixture(scope="module")
def contact(ws: Workspace, partner: str) -> str:
    values = {
        "date": "2026-11-05", "channel": "visit", "partners": [partner], "subject": "Staże od września",
        "result": "agreed", "topics": [{"topic": "T4"}],
    }  # fmt: skip
    return records.save(ws, "interaction", None, values).id


def _card(ws: Workspace, event: str, folder: Path, lang: str = "pl") -> reading.Tagged:
    return reading.Tagged(
        reporting.export(ws, "event-card", folder / "karta.pdf", record_id=event, lang=lang).read_bytes()
    )


def _cells(read: reading.Tagged) -> list[list[str]]:
    return [[read.words(cell) for cell in reading._kids(row)] for row in read.elements("TR")]


def test_the_card_has_what_the_record_has(ws: Workspace, event: str, tmp_path: Path) -> None:
    read = _card(ws, event, tmp_path)
    rows = _cells(read)
    assert read.words(next(read.elements("H1"))) == EVENT["title"]
    with words.speaking("pl"):
        label = codelists.word("participant_role", "pwd")
    assert [label.capitalize(), "5", "4", "–", "9"] in rows
    assert any(row[1:] == ["11", "10", "1", "22"] for row in rows)
    assert ["Zebrać rozkłady kursów", "Krokus", "29.11.2026"] in rows
    assert [read.words(each) for each in read.elements("LBody")] == ["powstała mapa;", "jest list intencyjny."]
    assert any("Lipniki Wzorcowe" in cell for row in rows for cell in row)
    assert any("Grzmiąca" in cell for row in rows for cell in row)


def test_an_arrangement_is_as_its_task_says_once_it_has_one(ws: Workspace, partner: str, tmp_path: Path) -> None:
    rows = [{"what": "Wysłać mapę", "who": "Ola", "due": "2026-11-29"}, {"what": "Zamówić bus", "due": "2026-12-01"}]
    values = {"title": "Narada", "date": "2026-11-13", "partners": [partner], "arrangements": rows}
    saved = records.save(ws, "event", None, values).id
    later, done = [task.source_id(saved, row["key"]) for row in records.get(ws, "event", saved).fields["arrangements"]]
    records.save(ws, "task", later, {"due": "2026-12-15", "who": "Jan"})
    records.save(ws, "task", done, {"state": "done"})
    cells = _cells(_card(ws, saved, tmp_path, "en"))
    card = reporting.export(ws, "partner-card", tmp_path / "p.pdf", record_id=partner, lang="en")
    records.remove(ws, "event", saved)
    assert ["Wysłać mapę", "Jan", "15.12.2026"] in cells
    assert ["Zamówić bus", "–", "01.12.2026 · done"] in cells
    open_matters = _cells(reading.Tagged(card.read_bytes()))
    assert ["Wysłać mapę", "Jan", "15.12.2026"] in open_matters
    assert not any("Zamówić bus" in row for row in open_matters)


def test_photos_without_permission_or_description_are_left_out_and_counted(
    ws: Workspace, event: str, tmp_path: Path
) -> None:
    read = _card(ws, event, tmp_path, "en")
    assert [str(figure.Alt) for figure in read.elements("Figure")] == ["Ludzie przy mapie gminy"]
    notes = [read.words(each) for each in read.elements("P")]
    assert "Left out: 1 photo without permission. Left out: 1 photo without a description." in notes


def test_a_recognisable_person_s_consent_lets_the_photo_in_and_its_withdrawal_out(
    ws: Workspace, tmp_path: Path
) -> None:
    consent = {"purpose": "image:all", "state": "given", "date": "2026-11-12"}
    person = records.save(ws, "person", None, {"last_name": "Przykładowa", "consents": [consent]}).id
    draft = records.save(ws, "event", None, {"title": "Ze zdjęciem"}).id
    jpeg = io.BytesIO()
    Image.new("RGB", (300, 400), "#445566").save(jpeg, "JPEG")
    further = {"people_shown": "recognisable", "persons": [person], "people_count": 1}
    photos.add(ws, draft, jpeg.getvalue(), "Jedna osoba przy stole", further=further)
    with_consent = _card(ws, draft, tmp_path, "en")
    records.save(ws, "person", person, {"consents": [{**consent, "state": "withdrawn"}]})
    without = _card(ws, draft, tmp_path, "en")
    records.remove(ws, "event", draft)
    assert [str(each.Alt) for each in with_consent.elements("Figure")] == ["Jedna osoba przy stole"]
    assert not list(without.elements("Figure"))
    assert "Left out: 1 photo without permission." in [without.words(each) for each in without.elements("P")]


@pytest.mark.parametrize("lang", words.LANGUAGES)
@pytest.mark.parametrize("kind", reporting.KINDS)
def test_every_report_from_the_workspace_passes_every_gate(
    ws: Workspace, event: str, partner: str, cluster: str, contact: str, kind: str, lang: str, tmp_path: Path
) -> None:
    target = tmp_path / "raport.pdf"
    of = reporting.known(kind)
    month = "2026-11" if of.span == "month" else ""
    about = {"event": event, "partner": partner, "cluster": cluster}.get(of.about, "")
    reporting.export(ws, kind, target, record_id=about, month=month, lang=lang)
    assert reading.validators(target.read_bytes(), tmp_path) == []
    with reading.pikepdf.open(target) as pdf:
        assert str(pdf.Root.Lang) == {"pl": "pl-PL", "en": "en-GB"}[lang]


def test_the_month_counts_events_contacts_topics_and_stages(
    ws: Workspace, event: str, contact: str, tmp_path: Path
) -> None:
    target = reporting.export(ws, "monthly", tmp_path / "m.pdf", month="2026-11", lang="en")
    read = reading.Tagged(target.read_bytes())
    rows = _cells(read)
    assert any(row[0] == "12.11" and row[4:] == ["11", "10", "1", "9"] for row in rows)
    assert any(row[0] == "05.11" and row[2] == "KGW „Malwa”" for row in rows)
    with words.speaking("en"):
        stages = {code: codelists.word("stage", code).capitalize() for code in ("talks", "declared")}
    assert [stages["declared"], "1", "0", "+1"] in rows
    assert [stages["talks"], "0", "1", "−1"] in rows
    audience = next(row for row in rows if row[0] == "NGO staff")
    assert (audience[1], audience[4]) == ("1", "1")


def test_a_draft_is_left_out_of_the_month_and_counted(ws: Workspace, event: str, tmp_path: Path) -> None:
    draft = records.save(ws, "event", None, {"title": "Szkic wydarzenia", "date": "2026-11-20"}).id
    target = reporting.export(ws, "monthly", tmp_path / "m.pdf", month="2026-11", lang="en")
    records.remove(ws, "event", draft)
    text = reading.text(target.read_bytes())
    assert "Szkic wydarzenia" not in text
    assert "1 draft of an event" in text


def test_an_empty_month_is_a_report_too(ws: Workspace, tmp_path: Path) -> None:
    target = reporting.export(ws, "monthly", tmp_path / "m.pdf", month="2027-02", lang="en")
    assert reading.validators(target.read_bytes(), tmp_path) == []
    assert "No events in this time." in reading.text(target.read_bytes())


def test_a_card_of_an_almost_empty_draft_can_be_made(ws: Workspace, tmp_path: Path) -> None:
    draft = records.save(ws, "event", None, {"note": "x"}).id
    target = reporting.export(ws, "event-card", tmp_path / "c.pdf", record_id=draft, lang="en")
    records.remove(ws, "event", draft)
    assert reading.validators(target.read_bytes(), tmp_path) == []


def test_the_note_for_own_use_is_on_no_report(ws: Workspace, event: str, tmp_path: Path) -> None:
    records.save(ws, "event", event, {"note": "Tylko dla mnie"})
    for kind in ("event-card", "attendance-sheet"):
        path = reporting.export(ws, kind, tmp_path / "x.pdf", record_id=event)
        assert "Tylko dla mnie" not in reading.text(path.read_bytes())


def test_the_same_data_give_the_same_file_on_another_day(ws: Workspace, event: str, tmp_path: Path) -> None:
    first = reporting.export(ws, "event-card", tmp_path / "a.pdf", record_id=event).read_bytes()
    before = ws.clock
    try:
        ws.clock = FixedClock(datetime.fromisoformat("2027-03-01T08:00:00+01:00"))
        second = reporting.export(ws, "event-card", tmp_path / "b" / "ą.pdf", record_id=event).read_bytes()
    finally:
        ws.clock = before
    assert first == second


def test_the_large_print_sheet_has_higher_rows_and_the_same_names(ws: Workspace, event: str, tmp_path: Path) -> None:
    plain = reporting.export(ws, "attendance-sheet", tmp_path / "a.pdf", record_id=event)
    large = reporting.export(ws, "attendance-sheet", tmp_path / "b.pdf", record_id=event, large_print=True)
    with reading.pikepdf.open(plain) as one, reading.pikepdf.open(large) as other:
        assert len(other.pages) > len(one.pages)


def test_the_event_is_found_by_its_code(ws: Workspace, event: str, tmp_path: Path) -> None:
    from progressus_desktop.store import query

    record = query.get(ws, "event", event)
    assert record is not None
    by_code = reporting.export(ws, "event-card", tmp_path / "a.pdf", record_id=record.code).read_bytes()
    assert by_code == reporting.export(ws, "event-card", tmp_path / "b.pdf", record_id=event).read_bytes()


def test_wrong_requests_are_refused_and_nothing_is_written(ws: Workspace, tmp_path: Path) -> None:
    target = tmp_path / "x.pdf"
    for kind, given in (
        ("novel", {}),
        ("event-card", {}),
        ("monthly", {}),
        ("monthly", {"month": "2026-13"}),
        ("monthly", {"month": "listopad"}),
        ("event-card", {"record_id": "PROA-2026-9999"}),
    ):
        with pytest.raises(UsageError):
            reporting.export(ws, kind, target, **given)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_export_keeps_the_older_file_and_leaves_no_rest(
    ws: Workspace, event: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "karta.pdf"
    target.write_bytes(b"older")

    def full(_descriptor: int) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(StorageError):
        reporting.export(ws, "event-card", target, record_id=event)
    assert target.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_in_the_way_is_a_named_error(ws: Workspace, event: str, tmp_path: Path) -> None:
    (tmp_path / "karta.pdf").mkdir()
    with pytest.raises(StorageError):
        reporting.export(ws, "event-card", tmp_path / "karta.pdf", record_id=event)


def test_checking_what_is_no_pdf_is_a_named_error(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        reporting.check_file(tmp_path / "nic.pdf")
    for name, data in (("a.pdf", b""), ("b.pdf", b"\x89PNG"), ("c.pdf", b"%PDF-1.7\n" + b"x" * 400)):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(DamagedError):
            reporting.check_file(tmp_path / name)


def test_a_pdf_of_another_program_gives_findings(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    path = tmp_path / "inny.pdf"
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, "Bez znaczników")
    canvas.save()
    codes = {finding.code for finding in reporting.check_file(path)}
    assert {"no-tags", "no-language", "no-claim"} <= codes

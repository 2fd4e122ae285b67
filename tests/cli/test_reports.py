"""``report``: every kind of the interface by its own name and options, with what is missing told beside the file."""

from __future__ import annotations

from pathlib import Path

import pytest

from progressus_desktop.services import reporting_kinds
from tests.cli.conftest import Run

KINDS = [
    "event-card",
    "attendance-sheet",
    "monthly",
    "final",
    "partner-card",
    "cluster",
    "gallery",
    "control-folder",
    "office-summary",
    "observations",
    "schedule",
    "publication",
    "form-image-permission",
    "form-agenda",
    "form-minutes",
    "form-letter-of-intent",
    "form-certificate",
]
"""As design/interface.md lists them."""


@pytest.fixture
def records(base: Path, run: Run) -> dict[str, str]:
    event = {"title": "Warsztat", "kind": "workshop", "status": "planned", "date": "2026-11-27", "locality": "Zmyślona"}
    partner = {"name": "KGW „Malwa”", "kind": "kgw", "locality": "Lipniki"}
    cluster = {"name": "Nad Strugą", "stage": "idea", "area": ["3215052"]}
    given = {"event": event, "partner": partner, "cluster": cluster}
    return {name: run("records", name, "add", "--json", given=values).json["ids"][0] for name, values in given.items()}


def _asked(kind: reporting_kinds.Kind, records: dict[str, str]) -> list[str]:
    if kind.about:
        return ["--id", records[kind.about]]
    return {"month": ["--month", "2026-11"], "period": ["--from", "2026-11-01", "--to", "2026-11-30"]}.get(
        kind.span, []
    )


def test_every_kind_is_written_and_passes_the_program_s_own_check(
    run: Run, records: dict[str, str], tmp_path: Path
) -> None:
    for kind in reporting_kinds.KINDS:
        target = tmp_path / f"{kind.name}.pdf"
        answer = run("report", kind.name, *_asked(kind, records), "--out", str(target), "--json")
        assert answer.code == 0, (kind.name, answer.err)
        assert answer.json["file"] == str(target)
        assert all({"message", "level", "entity", "id", "field"} == set(each) for each in answer.json["problems"])
        assert run("report", "check", str(target)).code == 0


def test_the_names_are_those_of_the_interface(run: Run) -> None:
    assert set(reporting_kinds.NAMES) <= set(KINDS)
    assert list(reporting_kinds.NAMES) == [name for name in KINDS if name in reporting_kinds.NAMES]
    assert run("report", "novel", "--out", "x.pdf").code == 2


def test_what_is_missing_is_told_on_standard_error(run: Run, records: dict[str, str], tmp_path: Path) -> None:
    answer = run("report", "form-agenda", "--id", records["event"], "--out", str(tmp_path / "a.pdf"))
    assert "! Agenda jest pusta; wydrukują się wiersze do wpisania." in answer.err
    assert "Agenda jest pusta" not in answer.out


@pytest.mark.parametrize(
    "given",
    [
        ("event-card",), ("event-card", "--id", "nobody"), ("monthly",), ("monthly", "--month", "2026-13"),
        ("gallery",), ("gallery", "--from", "2026-11-01"), ("gallery", "--from", "x", "--to", "2026-11-30"),
        ("control-folder", "--from", "2026-12-01", "--to", "2026-11-01"), ("partner-card",),
    ],
)  # fmt: skip
def test_a_request_that_says_too_little_is_refused_and_writes_nothing(
    run: Run, records: dict[str, str], given: tuple[str, ...], tmp_path: Path
) -> None:
    before = sorted(tmp_path.iterdir())
    assert run("report", *given, "--out", str(tmp_path / "x.pdf")).code == 2
    assert sorted(tmp_path.iterdir()) == before


def test_a_note_is_a_page_or_text_if_its_file_is(run: Run, records: dict[str, str], tmp_path: Path) -> None:
    for name, start in (("n.html", b"<!doctype html>"), ("n.txt", b"Warsztat")):
        assert run("report", "publication", "--id", records["event"], "--out", str(tmp_path / name)).code == 0
        assert (tmp_path / name).read_bytes().startswith(start)


def test_the_register_of_observations_is_a_workbook_if_its_file_is(
    run: Run, records: dict[str, str], tmp_path: Path
) -> None:
    target = tmp_path / "o.xlsx"
    assert run("report", "observations", "--out", str(target)).code == 0
    assert target.read_bytes().startswith(b"PK")


def test_a_report_can_be_in_english_from_a_polish_program(run: Run, records: dict[str, str], tmp_path: Path) -> None:
    import pikepdf

    for lang, wanted in (("en", "en-GB"), ("pl", "pl-PL")):
        target = tmp_path / f"{lang}.pdf"
        run("report", "schedule", "--lang", lang, "--out", str(target))
        with pikepdf.open(target) as pdf:
            assert str(pdf.Root.Lang) == wanted

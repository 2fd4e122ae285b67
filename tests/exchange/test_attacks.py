"""What a member of the project with its own keys could try against others, and that it fails."""

from __future__ import annotations

import json
import uuid
from pathlib import Path

import pytest

from progressus_desktop.domain import code_text, monthly_report
from progressus_desktop.errors import AccessError, DamagedError
from progressus_desktop.exchange import container
from progressus_desktop.services import consents, counterparts, leaving, packing, photos, records, standing, tables_in
from progressus_desktop.store import query
from progressus_desktop.store.workspace import Workspace
from tests.exchange.laptops import a_tester, send, swap
from tests.exchange.trips import a_change, a_partner, a_picture, an_event, forge, pack, refused, take

ATTACKER = b"\x07" * 6


@pytest.fixture
def known(office: Workspace, tester: Workspace, tmp_path: Path) -> Workspace:
    """The tester after it has introduced itself."""
    swap(tester, office, tmp_path / "first")
    return tester


def test_what_is_still_to_be_written_cannot_be_erased_beforehand(
    office: Workspace, known: Workspace, tmp_path: Path
) -> None:
    victim = str(uuid.uuid4())
    report = monthly_report.identity({"tester": victim, "kind": "monthly", "period": "2026-12"})
    text = code_text.identity({"list": "topic", "item": "T1"})
    changes = [
        a_change(ATTACKER, 1, "monthly_report", report, {}, "erase"),
        a_change(ATTACKER, 2, "code_text", text, {}, "erase"),
    ]
    done = take(office, [forge(known, office, tmp_path / "f.progressus", changes)])
    assert done.packages[0].waiting == 2
    made = records.save(office, "code_text", None, {"list": "topic", "item": "T1", "text_pl": "Nasz temat"})
    found = query.get(office, "code_text", made.id)
    assert found is not None
    assert found.fields["text_pl"] == "Nasz temat"


def test_nobody_writes_the_report_of_another_tester_first(office: Workspace, known: Workspace, tmp_path: Path) -> None:
    victim = a_tester(office, tmp_path / "victim", "KGW Inne")
    report = monthly_report.identity({"tester": victim.space, "kind": "monthly", "period": "2026-12"})
    words = {"tester": victim.space, "kind": "monthly", "period": "2026-12", "summary": "Nie nasze", "entry": "ready"}
    forged = a_change(ATTACKER, 1, "monthly_report", report, words | {"space": known.space})
    assert take(office, [forge(known, office, tmp_path / "f.progressus", [forged])]).packages[0].waiting == 1
    mine = {"period": "2026-12", "summary": "Nasze słowa"}
    made = records.save(victim, "monthly_report", None, mine, draft=False).id
    assert made == report
    records.mark_ready(victim, "monthly_report", report)
    send(victim, office, tmp_path / "stick")
    found = query.get(office, "monthly_report", report)
    assert found is not None
    assert found.fields["summary"] == "Nasze słowa"
    victim.close()


def test_the_label_of_a_laptop_leads_no_file_elsewhere(office: Workspace, known: Workspace, tmp_path: Path) -> None:
    for number, label in enumerate((("KRO", "/../../x"), ("..", "A"), ("KRO", ""), ("KRO", "A" * 4), ("kro", "A"))):
        file = forge(known, office, tmp_path / f"{number}.progressus", [], label)
        assert isinstance(refused(office, file).failure, DamagedError), label


def test_a_moment_that_no_calendar_has_is_refused(office: Workspace, known: Workspace, tmp_path: Path) -> None:
    keys = {"name": "KGW Późne", "space": known.space}
    for at in (2**62, -(2**62)):
        change = a_change(ATTACKER, 1, "partner", str(uuid.uuid4()), keys, at=at)
        file = forge(known, office, tmp_path / f"{at}.progressus", [change])
        assert isinstance(refused(office, file).failure, DamagedError), at


def test_a_great_number_of_missing_packages_is_named_in_part(
    office: Workspace, known: Workspace, tmp_path: Path
) -> None:
    take(office, [forge(known, office, tmp_path / "f.progressus", [], number=2**60)])
    (found,) = [each for each in standing.standings(office) if each.peer.space == known.space]
    assert len(found.missing_numbers) == 1000


def test_a_picture_stays_at_home_when_consent_is_withdrawn_before_it_arrived(
    office: Workspace, known: Workspace, tmp_path: Path
) -> None:
    event = an_event(known)
    person = records.save(known, "person", None, {"last_name": "Zgodna"}, draft=False).id
    consents.answer(known, person, "given")
    shown = {"people_shown": "recognisable", "people_count": 1, "persons": [person]}
    photo = photos.add(known, event, a_picture(3), "Dwie osoby", further=shown)
    records.mark_ready(known, "photo", photo)
    pack(known, office, tmp_path / "lost")
    consents.answer(known, person, "withdrawn")
    files = pack(known, office, tmp_path / "next")
    secret = counterparts.my_keys(office).age_secret
    assert [container.read(file, identities=[secret]).blob_index() for file in files] == [[]]
    take(office, files)
    send(office, known, tmp_path / "asks")
    (again,) = pack(known, office, tmp_path / "again")
    assert container.read(again, identities=[secret]).blob_index() == []
    assert query.get(office, "photo", photo) is not None


def test_who_joined_a_project_makes_nobody_an_office_and_decides_nothing_by_a_table(
    office: Workspace, known: Workspace, tmp_path: Path
) -> None:
    with pytest.raises(AccessError):
        records.save(known, "user", None, {"first_name": "Jan", "last_name": "Nowy", "role": "office"}, draft=False)
    records.save(known, "user", None, {"first_name": "Jan", "last_name": "Nowy", "role": "tester"}, draft=False)
    fields = {"date": "2026-05-10", "kind": "works", "text": "Działa", "size": "small", "reach": "gmina"}
    observation = records.save(known, "observation", None, fields, draft=False).id
    table = tmp_path / "t.csv"
    table.write_text(f"id;text;decision\n{observation};Działa dobrze;accepted\n", encoding="utf-8")
    plan = tables_in.stage(known, "observation", table)
    tables_in.apply(known, plan, plan.rows)
    found = query.get(known, "observation", observation)
    assert found is not None
    assert (found.fields["text"], found.fields.get("decision")) == ("Działa dobrze", None)
    table = tmp_path / "u.csv"
    table.write_text("first_name;last_name;role\nEwa;Nowa;office\n", encoding="utf-8")
    plan = tables_in.stage(known, "user", table)
    with pytest.raises(AccessError):
        tables_in.apply(known, plan, plan.rows)


def test_nothing_goes_to_a_laptop_that_was_taken_out_and_nothing_of_it_is_read(
    office: Workspace, known: Workspace, tmp_path: Path
) -> None:
    same = a_tester(office, tmp_path / "same")
    swap(same, office, tmp_path / "second")
    stolen = f"{known.replica.prefix}{known.replica.letter}"
    with pytest.raises(AccessError):
        leaving.take_out(same, stolen)
    leaving.take_out(office, stolen)
    send(office, same, tmp_path / "roster")
    a_partner(known, "KGW Złodziej")
    for target in (office, same):
        assert isinstance(refused(target, forge(known, target, tmp_path / "f.progressus", [])).failure, AccessError)
        assert stolen not in {each.label for each in packing.counterparts_of(target)}
    leaving.take_in(office, stolen)
    assert send(known, office, tmp_path / "back").packages[0].new == 1
    same.close()


def test_a_key_that_is_none_introduces_nobody(office: Workspace, tmp_path: Path) -> None:
    newcomer = a_tester(office, tmp_path / "newcomer")
    secret = bytes.fromhex(json.loads(newcomer.get_setting("intro"))["secret"])
    file = forge(newcomer, office, tmp_path / "f.progressus", [], intro={"secret": secret, "age": "age1" + "é" * 58})
    assert isinstance(refused(office, file).failure, AccessError)
    assert packing.counterparts_of(office) == []
    newcomer.close()

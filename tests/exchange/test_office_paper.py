"""The office's key on paper opens real packages, and of them a new office is made (exchange.md, section 4)."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from progressus_desktop.clock import FixedClock
from progressus_desktop.errors import AccessError, NotFoundError
from progressus_desktop.exchange import container, keys
from progressus_desktop.services import (
    counterparts,
    erasure,
    inviting,
    office_paper,
    packing,
    reporting,
    rescuing,
    workspaces,
)
from progressus_desktop.store import check, query, search
from progressus_desktop.store.workspace import Workspace
from tests.builders import write
from tests.exchange.laptops import NOW, PASSWORD, a_tester, send, swap
from tests.exchange.trips import a_partner
from tests.reports import reading

PRINTED = re.compile(r"[A-Z0-9]{1,5}")


def printed(ws: Workspace, file: Path) -> str:
    """Print the sheet and read its key off the page, as a person does."""
    return typed_from(office_paper.sheet(ws, file))


def typed_from(file: Path) -> str:
    """The key as it stands on the sheet."""
    lines = reading.text(file.read_bytes()).splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith("AGESE"))
    taken = [line for line in lines[start:] if line and all(PRINTED.fullmatch(part) for part in line.split())]
    return " ".join(taken)


def the_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.progressus"))


def test_the_sheet_is_accessible_and_its_secret_is_nowhere_else(office: Workspace, tmp_path: Path) -> None:
    typed = printed(office, tmp_path / "klucz.pdf")
    assert reporting.check_file(tmp_path / "klucz.pdf") == []
    secret = office_paper.read_secret(typed.lower())
    assert keys.age_public(secret) == counterparts.paper_key(office)
    kept = [str(row[0]) for row in office.connection.exec_driver_sql("SELECT value FROM setting")]
    assert not any(secret in each for each in kept)
    with pytest.raises(AccessError):
        office_paper.read_secret(typed[:-1])


def test_packages_to_and_from_the_office_open_with_the_paper_and_others_do_not(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    second = a_tester(office, tmp_path / "second")
    a_partner(tester)
    swap(tester, office, tmp_path / "before")
    swap(second, office, tmp_path / "before")
    secret = office_paper.read_secret(printed(office, tmp_path / "klucz.pdf"))
    for file in the_files(tmp_path / "before"):
        with pytest.raises(AccessError):
            container.read(file, identities=[secret])
    send(office, tester, tmp_path / "told")  # brings the public half
    a_partner(tester, "OSP Po wydruku")
    for made in packing.pack(tester, tmp_path / "after"):
        if made.to == counterparts.my_name(office):
            package = container.read(made.file, identities=[secret])
            assert len(package.manifest.recipients) == 3
        else:
            with pytest.raises(AccessError):
                container.read(made.file, identities=[secret])
    assert container.read(the_files(tmp_path / "told")[0], identities=[secret]).manifest.sender == office.replica.id
    second.close()


def test_a_laptop_that_joins_later_knows_the_paper_from_its_setup_file(office: Workspace, tmp_path: Path) -> None:
    secret = office_paper.read_secret(printed(office, tmp_path / "klucz.pdf"))
    late = a_tester(office, tmp_path / "late", "KGW Późne")
    (made,) = packing.pack(late, tmp_path / "first")
    assert container.read(made.file, identities=[secret]).manifest.sender == late.replica.id
    late.close()


def test_a_newer_sheet_ends_the_older_and_an_old_package_brings_it_not_back(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    swap(tester, office, tmp_path / "a")
    old = office_paper.read_secret(printed(office, tmp_path / "first.pdf"))
    (late,) = packing.pack(office, tmp_path / "late")
    new = office_paper.read_secret(printed(office, tmp_path / "second.pdf"))
    send(office, tester, tmp_path / "b")
    from progressus_desktop.services import applying

    applying.apply(tester, [late.file])
    (made,) = packing.pack(tester, tmp_path / "c")
    assert container.read(made.file, identities=[new])
    with pytest.raises(AccessError):
        container.read(made.file, identities=[old])


def test_of_the_packages_that_are_left_a_new_office_is_made(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    typed = printed(office, tmp_path / "klucz.pdf")
    send(tester, office, tmp_path / "hello")
    send(office, tester, tmp_path / "left")
    partner = a_partner(tester, "OSP Ocalona")
    gone = write(tester, "person", {"entry": "ready", "last_name": "Kanarkowska"})
    send(tester, office, tmp_path / "left")
    erasure.erase(office, "person", gone, "prośba")
    task = write(office, "task", {"entry": "ready", "what": "Zadzwonić", "due": "2026-06-01", "space": tester.space})
    send(office, tester, tmp_path / "left")
    (tmp_path / "left" / "cudza.progressus").write_bytes(b"nic")
    name, words = counterparts.my_name(office), keys.words(counterparts.my_keys(office).sign_public, "pl")
    office.close()

    clock = FixedClock(NOW)
    made = rescuing.rescue(the_files(tmp_path / "left"), typed, "Ola Biurowa", tmp_path / "new", PASSWORD, clock)
    ws = made.workspace
    try:
        assert made.words == words, "as they stand on the sheet"
        assert [each.file.name for each in made.files if each.failure is not None] == ["cudza.progressus"]
        assert ws.name == name
        assert workspaces.info(ws)["role"] == "office"
        for entity, record in (("partner", partner), ("task", task)):
            assert query.get(ws, entity, record) is not None
        assert workspaces.info(ws)["project"]["short_code"] == "PRG"
        assert query.get(ws, "person", gone) is None
        assert not search.everywhere(ws, "Kanarkowska")
        assert check.check(ws).ok
        again = inviting.invite(ws, "Stowarzyszenie Krokus", tmp_path / "again.setup")
        joined = inviting.join(again.file, again.code, "Anna", tmp_path / "joined", PASSWORD, clock)
        assert joined.space == tester.space, "the organisation is the same, so its records are its own again"
        joined.close()
    finally:
        ws.close()


def test_without_a_package_of_the_office_nothing_is_made(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    typed = printed(office, tmp_path / "klucz.pdf")
    send(tester, office, tmp_path / "hello")
    send(office, tester, tmp_path / "told")
    a_partner(tester)
    packing.pack(tester, tmp_path / "left")
    with pytest.raises(NotFoundError):
        rescuing.rescue(the_files(tmp_path / "left"), typed, "Ola", tmp_path / "new", PASSWORD, FixedClock(NOW))
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(shutil.which("age") is None, reason="the age command is not installed")
def test_the_age_command_opens_a_package_with_the_key_as_printed(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    secret = office_paper.read_secret(printed(office, tmp_path / "klucz.pdf"))
    send(tester, office, tmp_path / "hello")
    (made,) = packing.pack(office, tmp_path / "left")
    identity = tmp_path / "key.txt"
    identity.write_text(secret + "\n")
    done = subprocess.run(["age", "--decrypt", "-i", str(identity), str(made.file)], capture_output=True, check=True)  # noqa: S607
    assert done.stdout.startswith(b"PRGX")

"""Erased values are gone: from tables, log, index, files, backups, and from every other laptop (exchange.md, 3)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from progressus_desktop.clock import FixedClock
from progressus_desktop.errors import AccessError, UsageError
from progressus_desktop.exchange import container
from progressus_desktop.services import applying, counterparts, erasure, keeping, packing, records
from progressus_desktop.store import backup, check, drafts, keys, query, search
from progressus_desktop.store.cipher import PAGE_SIZE
from progressus_desktop.store.workspace import Workspace
from tests.builders import a_partner
from tests.exchange.laptops import NOW, PASSWORD, a_tester, an_office, send, swap

CANARY, EDITED_AWAY = "Kanarkowska", "Dawniejsza"
RESERVED, SALT, WAL_HEAD, FRAME_HEAD = 80, 16, 32, 24


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    ws = an_office(tmp_path / "office")
    yield ws
    ws.close()


@pytest.fixture
def tester(office: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    ws = a_tester(office, tmp_path / "tester")
    yield ws
    ws.close()


def a_contact(ws: Workspace, last_name: str = EDITED_AWAY) -> str:
    """A person with a contact, whose name was corrected once; gives the person's id."""
    partner = a_partner(ws, name="Gmina Wzorów", kind="gmina", locality="Wzorów")
    person = {"last_name": last_name, "first_name": "Zyta"}
    saved = records.save(ws, "contact", None, {"person": person, "partner": partner}, draft=False)
    contact = query.get(ws, "contact", saved.id)
    assert contact is not None
    person_id = str(contact.fields["person"])
    records.save(ws, "person", person_id, {"last_name": CANARY}, draft=False)
    return person_id


def plain_page(page: bytes, key: bytes, *, first: bool) -> bytes:
    body = page[SALT if first else 0 : PAGE_SIZE - RESERVED]
    vector = page[PAGE_SIZE - RESERVED : PAGE_SIZE - RESERVED + 16]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return decryptor.update(body) + decryptor.finalize()


def plain_pages(file: Path, key: bytes) -> bytes:
    """Every page of an SQLCipher file decrypted, free pages and shadow tables included."""
    data = file.read_bytes()
    starts = range(0, len(data), PAGE_SIZE)
    return b"".join(plain_page(data[start : start + PAGE_SIZE], key, first=start == 0) for start in starts)


def plain_frames(file: Path, key: bytes) -> bytes:
    """Every page in a WAL decrypted, those of older rounds included."""
    data = file.read_bytes() if file.exists() else b""
    out = []
    for start in range(WAL_HEAD, len(data), FRAME_HEAD + PAGE_SIZE):
        number = int.from_bytes(data[start : start + 4], "big")
        page = data[start + FRAME_HEAD : start + FRAME_HEAD + PAGE_SIZE]
        out.append(plain_page(page, key, first=number == 1))
    return b"".join(out)


def folded(word: str) -> tuple[bytes, ...]:
    """A word as a value and as the search index writes it."""
    return word.encode(), word.lower().encode()


def all_bytes(ws: Workspace) -> bytes:
    """Everything the workspace's folder says once decrypted: database, WAL, backups."""
    databases = [ws.folder / "workspace.db", *ws.folder.glob("backups/*/workspace.db")]
    frames = plain_frames(ws.folder / "workspace.db-wal", ws.data_key)
    return frames + b"".join(plain_pages(file, ws.data_key) for file in databases)


def says(data: bytes, word: str) -> bool:
    return any(each in data for each in folded(word))


def test_the_raw_bytes_say_a_value_before_the_erasure_and_nothing_of_it_afterwards(office: Workspace) -> None:
    person = a_contact(office)
    keeping.backup(office, office.folder / "backups")
    office.connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    before = all_bytes(office)
    assert says(before, CANARY), "otherwise this test could not fail"
    assert says(before, EDITED_AWAY)
    done = erasure.erase(office, "person", person, "prośba osoby")
    assert [entity for entity, _id in done.records] == ["person", "contact"]
    after = all_bytes(office)
    assert not says(after, CANARY)
    assert not says(after, EDITED_AWAY), "also a value that was edited away before"
    assert query.get(office, "person", person) is None
    assert not search.everywhere(office, CANARY)
    assert len(backup.listed(office.folder / "backups")) == 1, "a new backup, and no old one"
    assert check.check(office).ok


def test_a_contact_in_the_bin_and_what_was_typed_about_the_person_go_too(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    gmina = {"name": "Gmina Wzorów", "kind": "gmina", "locality": "Wzorów"}
    partner = records.save(tester, "partner", None, gmina, draft=False).id
    person = records.save(tester, "person", None, {"last_name": "Zwykła"}, draft=False).id
    given = {"person": person, "partner": partner, "function": CANARY}
    contact = records.save(tester, "contact", None, given, draft=False).id
    send(tester, office, tmp_path / "stick")
    for ws in (office, tester):
        records.remove(ws, "contact", contact)
        begun = records.new_id(ws)
        drafts.keep(ws, "contact", begun, "person", person)
        drafts.keep(ws, "contact", begun, "function", EDITED_AWAY)
    erasure.erase(office, "person", person, "prośba osoby")
    assert not says(all_bytes(office), CANARY)
    assert not says(all_bytes(office), EDITED_AWAY)
    send(office, tester, tmp_path / "stick")
    assert not says(all_bytes(tester), CANARY)
    assert not says(all_bytes(tester), EDITED_AWAY)


def test_an_erasure_travels_first_and_is_acknowledged_and_an_old_stick_brings_nothing_back(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    person = a_contact(tester)
    old = packing.pack(tester, tmp_path / "old")
    send(tester, office, tmp_path / "stick")
    assert search.everywhere(office, CANARY)
    erasure.erase(office, "person", person, "prośba osoby")
    (before,) = {each.waiting for each in erasure.progress(office)}
    assert len(before) == 1
    send(office, tester, tmp_path / "stick")
    assert not says(all_bytes(tester), CANARY)
    assert query.get(tester, "person", person) is None
    send(tester, office, tmp_path / "stick")
    assert {each.waiting for each in erasure.progress(office)} == {()}
    applying.apply(office, [each.file for each in old])
    assert not search.everywhere(office, CANARY)
    assert not says(all_bytes(office), CANARY)
    (again,) = packing.pack(tester, tmp_path / "late")
    package = container.read(again.file, identities=[counterparts.my_keys(office).age_secret])
    assert not any(says(body, CANARY) for _id, body in package.changes(frozenset()))


def test_a_late_edit_of_an_erased_record_stays_without_its_value(
    office: Workspace, tester: Workspace, tmp_path: Path
) -> None:
    person = a_contact(tester, "Pierwsza")
    swap(tester, office, tmp_path / "stick")
    erasure.erase(office, "person", person, "prośba osoby")
    records.save(tester, "person", person, {"first_name": "Kanarkowska-Zyta"}, draft=False)
    send(tester, office, tmp_path / "stick")
    assert not says(all_bytes(office), CANARY)
    send(office, tester, tmp_path / "stick")
    assert not says(all_bytes(tester), CANARY)
    assert check.check(office).ok
    assert check.check(tester).ok


def test_a_tester_erases_only_what_was_never_sent(office: Workspace, tester: Workspace, tmp_path: Path) -> None:
    mine = a_contact(tester)
    erasure.erase(tester, "person", mine, "pomyłka")
    assert not says(all_bytes(tester), CANARY)
    sent = a_contact(tester)
    send(tester, office, tmp_path / "stick")
    with pytest.raises(AccessError):
        erasure.erase(tester, "person", sent, "pomyłka")
    assert query.get(tester, "person", sent) is not None


def test_an_erasure_needs_a_reason_and_cannot_be_undone(office: Workspace) -> None:
    from progressus_desktop.services import undoing

    person = a_contact(office)
    with pytest.raises(UsageError):
        erasure.erase(office, "person", person, "  ")
    erasure.erase(office, "person", person, "prośba osoby")
    before = undoing.next_words(office)[0]
    assert "person" not in before
    undoing.undo(office)
    assert query.get(office, "person", person) is None


def test_a_backup_from_before_the_erasure_forgets_it_again_when_restored(office: Workspace, tmp_path: Path) -> None:
    person = a_contact(office)
    old = keeping.backup(office, tmp_path / "shelf")
    erasure.erase(office, "person", person, "prośba osoby")
    restored = keeping.restore(old, tmp_path / "restored", FixedClock(NOW), PASSWORD)
    try:
        assert query.get(restored, "person", person) is None
        assert not says(all_bytes(restored), CANARY)
    finally:
        restored.close()


def test_the_key_that_decrypts_pages_is_the_data_key() -> None:
    assert len(keys.new_data_key()) == 32, "plain_pages relies on a raw AES-256 key"

"""Keys, opening, backups, identity: nothing opens without a key and a refusal changes nothing."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from progressus_desktop.clock import FixedClock
from progressus_desktop.errors import (
    AccessError,
    DamagedError,
    NewerVersionError,
    NotFoundError,
    ProgressusError,
    StorageError,
)
from progressus_desktop.services import keeping, recovery, workspaces
from progressus_desktop.store import (
    access,
    backup,
    check,
    cipher,
    keys,
    media,
    migrations,
    places,
    query,
    receiving,
    schema,
    workspace,
)
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace
from tests.builders import an_event
from tests.conftest import LIGHT


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file but the lock, with a hash of its bytes."""
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(folder.rglob("*"))
        if file.is_file() and not file.name.startswith("lock")
    }


@pytest.fixture
def closed(ws: Workspace) -> Path:
    """A workspace with one event, closed; its password is "haslo"."""
    an_event(ws, title="Tajny tytuł")
    media.add(ws, b"tajne zdjecie" * 50)
    ws.close()
    return ws.folder


def refused(
    folder: Path,
    clock: FixedClock,
    kind: type[ProgressusError],
    password: str = "haslo",  # noqa: S107 - the fixture's
) -> ProgressusError:
    before = fingerprint(folder)
    with pytest.raises(kind) as caught:
        workspace.open_(folder, clock, password=password)
    assert fingerprint(folder) == before
    assert type(caught.value) is kind
    assert str(caught.value.message)
    assert caught.value.hint is not None
    return caught.value


def test_a_wrong_password_is_refused_and_changes_nothing(closed: Path, clock: FixedClock) -> None:
    refused(closed, clock, AccessError, "Haslo")
    refused(closed, clock, AccessError, "")


def test_a_foreign_folder_a_photo_and_an_empty_folder_are_no_workspaces(tmp_path: Path, clock: FixedClock) -> None:
    empty = tmp_path / "pusty"
    empty.mkdir()
    refused(empty, clock, DamagedError)
    photo = tmp_path / "zdjecie"
    photo.mkdir()
    (photo / "workspace.json").write_bytes(b"\xff\xd8\xff\xe0JFIF" + os.urandom(2000))
    refused(photo, clock, DamagedError)
    with pytest.raises(DamagedError):
        workspace.open_(photo / "workspace.json", clock, password="haslo")


@pytest.mark.unchecked
@pytest.mark.parametrize("cut", [0, 1, 100, 4095, 4096, 5000])
def test_a_truncated_database_is_damaged_and_stays_as_it_is(closed: Path, clock: FixedClock, cut: int) -> None:
    file = closed / "workspace.db"
    file.write_bytes(file.read_bytes()[:cut])
    refused(closed, clock, DamagedError)


@pytest.mark.unchecked
def test_a_damaged_first_page_and_a_foreign_database_are_refused(closed: Path, clock: FixedClock) -> None:
    file = closed / "workspace.db"
    data = bytearray(file.read_bytes())
    data[200] ^= 1
    file.write_bytes(bytes(data))
    refused(closed, clock, DamagedError)
    file.write_bytes(b"SQLite format 3\0" + bytes(4096 * 3 - 16))
    refused(closed, clock, DamagedError)


@pytest.mark.unchecked
def test_missing_or_broken_key_files_are_refused(closed: Path, clock: FixedClock) -> None:
    file = closed / "keys.json"
    good = file.read_text()
    for bad in ("", "{}", "[]", '{"slots": 5}', '{"slots": [1]}', '{"slots": [{"kind": "password"}]}', "x" * 100_000):
        file.write_text(bad)
        refused(closed, clock, DamagedError)
    greedy = json.loads(good)
    greedy["slots"][0]["memory_kib"] = 2**40
    file.write_text(json.dumps(greedy))
    refused(closed, clock, DamagedError)
    file.unlink()
    refused(closed, clock, DamagedError)


def test_a_newer_format_is_refused_or_opened_for_reading_only(closed: Path, clock: FixedClock) -> None:
    card = json.loads((closed / "workspace.json").read_text())
    (closed / "workspace.json").write_text(json.dumps(card | {"format": 9, "min_reader": 9}))
    refused(closed, clock, NewerVersionError)
    (closed / "workspace.json").write_text(json.dumps(card | {"format": 9}))
    opened = workspace.open_(closed, clock, password="haslo")
    assert opened.read_only
    assert query.total(opened, "event", query.View()) == 1
    with pytest.raises(NewerVersionError):
        an_event(opened)
    opened.close()


@pytest.mark.unchecked
def test_tables_of_a_newer_program_open_for_reading_only(ws: Workspace, clock: FixedClock) -> None:
    an_event(ws)
    ws.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    ws.close()
    opened = workspace.open_(ws.folder, clock, password="haslo")
    with pytest.raises(NewerVersionError):
        an_event(opened)
    opened.close()


def test_a_second_program_is_told_who_holds_the_workspace(ws: Workspace) -> None:
    program = (
        "import sys; from pathlib import Path; from progressus_desktop.clock import SystemClock\n"
        "from progressus_desktop.store import workspace; from progressus_desktop.errors import InUseError\n"
        "try: workspace.open_(Path(sys.argv[1]), SystemClock(), password='haslo')\n"
        "except InUseError as error: print(error); sys.exit(7)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(ws.folder)], capture_output=True, text=True, check=False)
    assert done.returncode == 7, done.stderr
    assert str(os.getpid()) in done.stdout
    an_event(ws)


def test_a_program_waits_until_what_it_saves_is_on_the_disk(closed: Path) -> None:
    """The tests themselves do not wait (tests/conftest.py), so a program of its own is asked."""
    program = (
        "import os, sys; from pathlib import Path; from progressus_desktop.clock import SystemClock\n"
        "from progressus_desktop.store import places, workspace\n"
        "ws = workspace.open_(Path(sys.argv[1]), SystemClock(), password='haslo')\n"
        "full = ws.connection.exec_driver_sql('PRAGMA synchronous').scalar()\n"
        "really, heard = os.fsync, []\n"
        "os.fsync = lambda file: heard.append(really(file))\n"
        "places.write_safely(Path(sys.argv[2]), b'x')\n"
        "print(full, len(heard))\n"
    )
    argv = [sys.executable, "-c", program, str(closed), str(closed / "file")]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    full, heard = map(int, done.stdout.split())
    assert full == 2, "FULL"
    assert heard >= 1


def test_a_lock_left_by_a_dead_program_does_not_block(ws: Workspace, clock: FixedClock) -> None:
    ws.close()
    (ws.folder / "lock").touch()
    (ws.folder / "lock.holder").write_text('{"process": 1, "host": "inny"}')
    workspace.open_(ws.folder, clock, password="haslo").close()


def test_an_unwritable_folder_opens_for_reading_only(closed: Path, clock: FixedClock) -> None:
    opened = workspace.open_(closed, clock, password="haslo", read_only=True)
    assert query.total(opened, "event", query.View()) == 1
    with pytest.raises(StorageError):
        an_event(opened)
    with pytest.raises(StorageError):
        media.add(opened, b"x")
    opened.close()


def test_a_new_workspace_never_goes_into_a_folder_that_holds_something(tmp_path: Path, clock: FixedClock) -> None:
    (tmp_path / "list.txt").write_text("ważne")
    with pytest.raises(StorageError):
        workspace.create(tmp_path, "haslo", clock, prefix="DLA", work=LIGHT)
    assert [each.name for each in tmp_path.iterdir()] == ["list.txt"]


def test_nothing_typed_lies_on_the_disk_in_clear(closed: Path) -> None:
    for file in closed.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert b"Tajny" not in data, file
            assert b"tajne zdjecie" not in data, file
            assert not data.startswith(b"SQLite format 3")


def test_a_changed_password_opens_and_the_old_one_does_not(ws: Workspace, clock: FixedClock) -> None:
    with pytest.raises(AccessError):
        access.change_password(ws, "zle", "nowe", LIGHT)
    access.change_password(ws, "haslo", "nowe", LIGHT)
    ws.close()
    refused(ws.folder, clock, AccessError)
    workspace.open_(ws.folder, clock, password="nowe").close()


def test_the_recovery_code_opens_however_it_is_typed_and_a_new_sheet_voids_it(ws: Workspace, clock: FixedClock) -> None:
    first = access.new_recovery_code(ws, LIGHT)
    ws.close()
    typed = first.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    again = workspace.open_(ws.folder, clock, recovery_code=typed)
    access.new_recovery_code(again, LIGHT)
    again.close()
    with pytest.raises(AccessError):
        workspace.open_(ws.folder, clock, recovery_code=first)


def test_every_single_mistyped_letter_of_a_recovery_code_is_noticed() -> None:
    code = keys.new_recovery_code()
    letters = code.replace("-", "")
    assert keys.read_recovery_code(code) == letters[:24]
    for place, letter in enumerate(letters):
        other = "Z" if letter != "Z" else "Y"
        with pytest.raises(AccessError):
            keys.read_recovery_code(letters[:place] + other + letters[place + 1 :])


def test_attachments_are_kept_once_and_a_changed_byte_is_noticed(ws: Workspace) -> None:
    sha = media.add(ws, b"zdjecie")
    assert media.add(ws, b"zdjecie") == sha
    (file,) = [each for each in (ws.folder / "attachments").rglob("*") if each.is_file()]
    assert media.read(ws, sha) == b"zdjecie"
    data = bytearray(file.read_bytes())
    data[-1] ^= 1
    file.write_bytes(bytes(data))
    with pytest.raises(DamagedError):
        media.read(ws, sha)
    file.unlink()
    with pytest.raises(NotFoundError):
        media.read(ws, sha)


def test_a_backup_restores_everything_under_a_new_laptop_letter(
    ws: Workspace, tmp_path: Path, clock: FixedClock
) -> None:
    event = an_event(ws, title="W kopii")
    sha = media.add(ws, b"zdjecie")
    made = backup.make(ws, tmp_path / "kopie")
    an_event(ws, title="Po kopii")
    restored = backup.restore(made, tmp_path / "nowy", clock, password="haslo")
    assert restored.replica.letter == "B"
    assert restored.replica.id != ws.replica.id
    assert media.read(restored, sha) == b"zdjecie"
    assert query.total(restored, "event", query.View()) == 1
    record = query.get(restored, "event", an_event(restored))
    assert record is not None
    assert record.code == "DLAB-2026-0002"
    assert query.get(restored, "event", event) is not None
    restored.close()


def test_a_backup_that_cannot_be_opened_leaves_nothing_behind(ws: Workspace, tmp_path: Path, clock: FixedClock) -> None:
    made = backup.make(ws, tmp_path / "kopie")
    with pytest.raises(AccessError):
        backup.restore(made, tmp_path / "nowy", clock, password="zle")
    assert not (tmp_path / "nowy").exists()


def test_backups_are_made_once_a_day_and_kept_in_rotation(ws: Workspace) -> None:
    an_event(ws)
    assert backup.automatic(ws) is not None
    assert backup.automatic(ws) is None
    day = 24 * 3600 * 1000
    have = [backup.BackupInfo(Path(f"k{n}"), ws.clock.now_ms() - n * day) for n in range(200)]
    kept = {info.path.name for info in have} - {info.path.name for info in backup.outdated(have)}
    assert {f"k{n}" for n in range(7)} <= kept
    assert 10 <= len(kept) <= 7 + 4 + 6


def test_a_copied_workspace_gets_a_new_letter_before_its_first_save(
    ws: Workspace, tmp_path: Path, clock: FixedClock
) -> None:
    an_event(ws)
    ws.close()
    shutil.copytree(ws.folder, tmp_path / "kopia")
    copied = workspace.open_(tmp_path / "kopia", clock, password="haslo")
    assert copied.copied
    assert copied.replica.letter == "A"
    record = query.get(copied, "event", an_event(copied))
    assert record is not None
    assert record.code.startswith("DLAB-")
    copied.close()
    original = workspace.open_(ws.folder, clock, password="haslo")
    assert not original.copied
    original.close()


def test_an_older_state_put_back_in_place_counts_as_a_copy(ws: Workspace, clock: FixedClock, tmp_path: Path) -> None:
    an_event(ws)
    ws.close()
    shutil.copytree(ws.folder, tmp_path / "wczoraj")
    again = workspace.open_(ws.folder, clock, password="haslo")
    an_event(again)
    again.close()
    shutil.rmtree(ws.folder)
    shutil.copytree(tmp_path / "wczoraj", ws.folder)
    back = workspace.open_(ws.folder, clock, password="haslo")
    assert back.copied
    back.close()


def test_migrations_make_the_same_tables_as_the_declarations(tmp_path: Path) -> None:
    key = keys.new_data_key()
    made = cipher.engine(tmp_path / "a.db", key, cipher.WritingFlag())
    with made.connect() as connection:
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        migrations.run(connection)
        connection.exec_driver_sql("COMMIT")
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        found = sa.inspect(connection)
        names = set(found.get_table_names()) - {"alembic_version"}
        columns = {
            name: [(c["name"], str(c["type"]), c["nullable"], c["primary_key"]) for c in found.get_columns(name)]
            for name in names
        }
        indexes = {name: {(i["name"], tuple(i["column_names"])) for i in found.get_indexes(name)} for name in names}
    assert version == schema.VERSION
    other = cipher.engine(tmp_path / "b.db", key, cipher.WritingFlag())
    with other.connect() as connection:
        schema.LOG.create_all(connection)
        declared = sa.inspect(connection)
        assert set(declared.get_table_names()) == names
        for name in names:
            assert columns[name] == [
                (c["name"], str(c["type"]), c["nullable"], c["primary_key"]) for c in declared.get_columns(name)
            ]
            assert indexes[name] == {(i["name"], tuple(i["column_names"])) for i in declared.get_indexes(name)}


def test_settings_survive_and_a_damaged_file_means_the_defaults() -> None:
    places.save_settings(places.Settings(theme="dark", text_scale=150))
    assert places.load_settings().theme == "dark"
    places.settings_file().write_text('theme = 5\ntext_scale = 9000\nother = "x"\n')
    found = places.load_settings()
    assert (found.theme, found.text_scale) == ("auto", 200)
    places.settings_file().write_text('# by hand\ntheme = \'dark\' # at night\n"language" = "en"\ntext_scale = 1_50\n')
    found = places.load_settings()
    assert (found.theme, found.language, found.text_scale) == ("dark", "en", 150)
    places.settings_file().write_bytes(b"\xff\xfe\x00")
    assert places.load_settings() == places.Settings()


def test_the_real_cost_of_a_password_is_paid_and_bearable() -> None:
    data_key = keys.new_data_key()
    made = keys.slot("password", "haslo", data_key, "id")
    assert made["memory_kib"] >= 64 * 1024
    assert keys.unwrap([made], "password", "haslo", "id") == data_key
    with pytest.raises(AccessError):
        keys.unwrap([made], "password", "haslo", "other workspace")


def test_what_is_read_beside_a_preview_of_another_thread_is_not_cut_off(ws: Workspace) -> None:
    """A preview ends with a rollback on the connection that all threads share."""
    an_event(ws, title="Warsztat")

    def preview() -> None:
        for _time in range(400):
            with receiving.transaction(ws, keep=False) as connection:
                connection.exec_driver_sql("CREATE TEMP TABLE passing (number)")
            time.sleep(0.001)  # the lock is not fair: the other thread must get its turn

    with ThreadPoolExecutor(1) as pool:
        busy = pool.submit(preview)
        while not busy.done():
            assert ws.replica.letter == "A"
            assert query.lookup(ws).project() is not None
        busy.result()


def test_a_change_saved_while_the_backup_is_checked_makes_it_no_bad_backup(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = places.write_safely

    def written(file: Path, data: bytes) -> None:
        if file.name == "keys.json":  # the pages are copied, the check is yet to come
            an_event(ws, title="Zapisane w międzyczasie")
        real(file, data)

    monkeypatch.setattr(places, "write_safely", written)
    assert backup.make(ws, tmp_path / "copies").exists()


def test_a_person_reads_and_saves_while_the_backup_is_copied_which_holds_one_moment(
    ws: Workspace, clock: FixedClock, tmp_path: Path
) -> None:
    an_event(ws, title="Przed kopią")
    saved: list[str] = []

    def save() -> str:
        assert query.lookup(ws).project() is not None
        return an_event(ws, title="W trakcie kopii")

    with ThreadPoolExecutor(1) as window:
        made = backup.make(ws, tmp_path / "copies", lambda _done, _of: saved.append(window.submit(save).result(60)))
    assert saved
    assert len(query.window(ws, "event", View(), 0, 9)) == 1 + len(saved)
    restored = backup.restore(made, tmp_path / "again", clock, password="haslo")
    assert [row.values["title"] for row in query.window(restored, "event", View(), 0, 9)] == ["Przed kopią"]
    restored.close()


def test_the_code_of_the_sheet_stands_for_a_forgotten_password(
    ws: Workspace, clock: FixedClock, tmp_path: Path
) -> None:
    """A dead laptop and a forgotten password: the last backup and the paper are enough, and a new password follows."""
    code = access.new_recovery_code(ws, LIGHT)
    made = keeping.backup(ws, tmp_path)
    with pytest.raises(AccessError):
        keeping.restore(made, tmp_path / "nowy", clock, code[:-1] + ("Y" if code[-1] != "Y" else "Z"))
    assert not (tmp_path / "nowy").exists()
    keeping.restore(made, tmp_path / "nowy", clock, code.lower()).close()
    again = workspaces.open_with(tmp_path / "nowy", clock, code)
    with pytest.raises(AccessError):
        recovery.change_password(again, keys.new_recovery_code(), "nowe")
    recovery.change_password(again, code, "nowe")
    again.close()
    workspaces.open_with(tmp_path / "nowy", clock, "nowe").close()


def test_a_backup_before_an_import_leaves_the_daily_one_under_way_alone(ws: Workspace) -> None:
    an_event(ws)
    with ThreadPoolExecutor(2) as pool:
        under_way = [pool.submit(backup.before_risk, ws) for _each in range(4)]
    made = {each.result() for each in under_way}
    assert {each.path for each in backup.listed(ws.folder / "backups")} <= made


def test_indexes_of_another_version_are_made_anew_without_a_replay(ws: Workspace, clock: FixedClock) -> None:
    with ws.reading() as connection:
        wanted = set(connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'index'").all())
    with ws.writing() as connection:
        connection.exec_driver_sql('DROP INDEX "event_by_date"')
        connection.exec_driver_sql('DROP INDEX "event_is_host"')
        connection.exec_driver_sql('CREATE INDEX "event_is_host" ON "event" (host)')
        connection.exec_driver_sql("CREATE INDEX event_of_old ON event (note)")
        roots = connection.exec_driver_sql("SELECT name, rootpage FROM sqlite_master WHERE type = 'table'").all()
    ws.close()
    again = workspace.open_(ws.folder, clock, password="haslo")
    with again.reading() as connection:
        sql = "SELECT name, sql FROM sqlite_master WHERE type = 'index'"
        assert set(connection.exec_driver_sql(sql).all()) == wanted
        sql = "SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"
        assert connection.exec_driver_sql(sql).all() == roots, "the tables are the same ones"
    assert check.check(again).ok
    again.close()

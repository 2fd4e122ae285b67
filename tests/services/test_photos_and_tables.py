"""Photos and tables through the services."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from pdfminer.high_level import extract_text
from PIL import Image

from progressus_desktop.errors import DamagedError, NotFoundError
from progressus_desktop.services import photos, records, recovery, workspaces
from progressus_desktop.services.tables_out import neutral
from progressus_desktop.store import media, query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace


def a_picture(kind: str = "JPEG", size: tuple[int, int] = (2000, 1000)) -> bytes:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Aparat Anny"
    Image.new("RGB", size, "navy").save(out, kind, exif=exif)
    return out.getvalue()


def an_event(ws: Workspace) -> str:
    return records.save(ws, "event", None, {"title": "Warsztat", "date": "2026-11-18"}).id


def test_a_photo_gets_an_upright_copy_without_metadata(lone: Workspace) -> None:
    photo = query.get(lone, "photo", photos.add(lone, an_event(lone), a_picture(), "Opis", caption="Podpis"))
    assert photo is not None
    copy = Image.open(io.BytesIO(media.read(lone, photo.fields["shared_copy"])))
    assert copy.size == (800, 1600)
    assert not copy.getexif()
    assert b"Aparat" not in media.read(lone, photo.fields["shared_copy"])
    assert photo.fields["taken_at"] == "2026-11-18"


@pytest.mark.parametrize("data", [b"", b"not a picture", a_picture()[:3000], b"GIF89a" + bytes(99)])
def test_what_is_no_whole_photo_is_refused(lone: Workspace, data: bytes) -> None:
    event = an_event(lone)
    with pytest.raises(DamagedError):
        photos.add(lone, event, data)
    assert query.total(lone, "photo", View()) == 0


def test_a_decompression_bomb_is_refused(lone: Workspace) -> None:
    out = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    with pytest.raises(DamagedError):
        photos.add(lone, an_event(lone), out.getvalue())


def test_of_several_photos_all_or_none_are_added(lone: Workspace, tmp_path: Path) -> None:
    event = an_event(lone)
    with pytest.raises(NotFoundError):
        photos.add_many(lone, event, [a_picture(), tmp_path / "missing.jpg"])
    assert query.total(lone, "photo", View()) == 0


@pytest.mark.parametrize("text", ["=1+1", "+SUM(A1)", "-2+3*cmd|' /C calc'!A0", "@SUM(1)", "\t=1"])
def test_formulas_are_neutralised(text: str) -> None:
    assert neutral(text) == f"'{text}"


@pytest.mark.parametrize("text", ["+48 94 374 00 00", "-5", "Zwykły tekst", "", "a=b"])
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert neutral(text) == text


def test_password_and_recovery_code_open_the_workspace(lone: Workspace, tmp_path: Path) -> None:
    sheet = recovery.sheet(lone, tmp_path / "kartka.pdf")
    text = extract_text(sheet)
    code = re.search(r"[0-9A-Z]{5}(-[0-9A-Z]{1,5}){5}", text)
    assert code
    folder, clock = lone.folder, lone.clock
    lone.close()
    recovery.recover(folder, code[0], "nowe haslo", clock)
    workspaces.open_(folder, clock, password="nowe haslo").close()

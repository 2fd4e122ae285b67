"""PDF reports: the data from one snapshot of the workspace, the file written aside, checked and moved into place."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from progressus_desktop import words
from progressus_desktop.errors import StorageError, UsageError
from progressus_desktop.services import reporting_kinds as kinds
from progressus_desktop.services.reporting_source import Asked, Render, Snapshot
from progressus_desktop.words import N_, Message

if TYPE_CHECKING:
    from progressus_desktop.reports.check import Finding
    from progressus_desktop.store.workspace import Workspace

KINDS = kinds.NAMES


def export(
    ws: Workspace,
    kind: str,
    target: Path,
    *,
    record_id: str = "",
    month: str = "",
    date_from: str = "",
    date_to: str = "",
    lang: str = "",
    large_print: bool = False,
    landscape: bool = False,
    plain: bool = False,
    name: str = "",
) -> Path:
    """Write the report ``kind`` (one of :data:`KINDS`) to ``target`` and give its path.

    ``record_id`` names the record it is about (id, part of it, or code); ``month`` is ``YYYY-MM``; ``lang`` is
    ``pl`` or ``en``, by default the program's. An existing file is replaced only by a checked one. A report that can
    be text, a web page or a table becomes one if the name of the file says so.

    Raises:
        UsageError: unknown kind, nothing to make it about, or a month or day that is none.
        NotFoundError: there is no such record.
        StorageError: the file cannot be written.
    """
    asked = Asked(
        record_id, month, date_from, date_to, "", large_print, landscape, plain, name,
    )  # fmt: skip
    return write(ws, kind, target, asked, lang)


def write(ws: Workspace, kind: str, target: Path, asked: Asked, lang: str = "") -> Path:
    """:func:`export` of what was put together before; ``asked.form`` follows from the name of the file.

    Raises:
        UsageError: unknown kind, nothing to make it about, or a month or day that is none.
        NotFoundError: there is no such record.
        StorageError: the file cannot be written.
    """
    suffix = target.suffix.lower().lstrip(".")
    form = kinds.HTML if suffix == "htm" else suffix
    asked = replace(asked, form=form if form in known(kind).forms else kinds.PDF)
    return put(target, made(ws, kind, asked, lang), asked.form)


def known(kind: str) -> kinds.Kind:
    """The report called ``kind``.

    Raises:
        UsageError: there is none.
    """
    found = kinds.kind(kind)
    if found is None:
        message = Message(
            N_("There is no report called {kind}. Choose one of: {kinds}."), {"kind": kind, "kinds": ", ".join(KINDS)}
        )
        raise UsageError(message)
    return found


def made(ws: Workspace, kind: str, asked: Asked, lang: str = "") -> bytes:
    """The report ``kind`` as the content of a file.

    Raises:
        UsageError: unknown kind, nothing to make it about, or a month or day that is none.
        NotFoundError: there is no such record.
    """
    module, _colon, function = known(kind).maker.partition(":")
    maker = getattr(import_module(f"progressus_desktop.services.{module}"), function)
    return drawn(ws, lambda snapshot: maker(snapshot, asked), lang)


def drawn(ws: Workspace, gather: Callable[[Snapshot], Render], lang: str = "") -> bytes:
    """A report whose data ``gather`` puts together from one snapshot, as the content of a file."""
    with words.speaking(lang or words.language()):
        with ws.reader() as connection:
            snapshot = Snapshot(ws, connection)
            render = gather(snapshot)
            setting = snapshot.setting()
        return render(setting)


def check_file(path: Path) -> list[Finding]:
    """The accessibility findings in a PDF; none means that it is as it must be.

    Raises:
        NotFoundError: there is no such file.
        DamagedError: it is no PDF.
    """
    from progressus_desktop.reports import check

    return check.check_file(path)


def put(target: Path, data: bytes, form: str) -> Path:
    """Write aside, read back, check, and only then take the place of an older file.

    Raises:
        StorageError: the folder cannot be written, the disk is full, or the file read back differs.
    """
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _checked(aside, data, form)
        aside.replace(target)
    except OSError as error:
        message = Message(N_("The file {name} could not be written. Your data are safe."), {"name": target.name})
        hint = Message(N_("Free some space, close the file if it is open, or choose another folder."))
        raise StorageError(message, hint=hint) from error
    finally:
        aside.unlink(missing_ok=True)
    return target


def _checked(aside: Path, data: bytes, form: str) -> None:
    if aside.read_bytes() != data:
        raise OSError
    if form != kinds.PDF:
        return
    import pikepdf

    try:
        with pikepdf.open(aside) as pdf:
            readable = len(pdf.pages) > 0 and "/StructTreeRoot" in pdf.Root
    except pikepdf.PdfError as error:
        raise OSError from error
    if not readable:
        raise OSError


def this_month(today: date) -> str:
    """The month of ``today`` as ``YYYY-MM``."""
    return f"{today:%Y-%m}"

"""The project's strip of logos: the office's own picture, taken once, printed at the head of every document."""

from __future__ import annotations

from pathlib import Path

from progressus_desktop.errors import DamagedError, NotFoundError, ValidationError
from progressus_desktop.services import imaging, permission, records
from progressus_desktop.store import media, query
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message, _


def take(ws: Workspace, file: Path) -> str:
    """Take a picture as the strip of the project; gives the id of its record.

    Raises:
        AccessError: only the project office may.
        DamagedError: it cannot be read, or unpacks to too many pixels; nothing was written.
        NotFoundError: there is no such file, or the workspace has no project.
        ValidationError: it is too large, or no picture; nothing was written.
    """
    project = query.lookup(ws).project()
    chosen = str(project.get("id") or "")
    if not chosen:
        raise NotFoundError(Message(N_("This workspace has no project yet.")))
    permission.must_write(ws, "project", permission.OFFICE, chosen)
    data = _read(file)
    prepared = imaging.prepare(data)
    if prepared.copy is None or prepared.copy.startswith(b"%PDF-"):
        hint = Message(N_("Nothing was changed. Take a PNG or JPEG at least 1,500 pixels wide."))
        raise ValidationError(
            Message(N_("The strip of logos has to be a picture.")), hint=hint, field="visibility_strip"
        )
    values = {
        "kind": "material",
        "partner": project.get("leader"),
        "caption": _("Strip of logos"),
        "decorative": True,
        "people_shown": "nobody",
        "original": media.add(ws, data),
        "shared_copy": media.add(ws, prepared.copy),
        **prepared.about,
    }
    made = records.add_many(ws, "photo", [values], draft=True)[0]
    records.save(ws, "project", chosen, {"visibility_strip": made})
    return made


def picture(ws: Workspace) -> bytes:
    """The strip that is printed, empty if the project has none or it is not on this laptop."""
    lookup = query.lookup(ws)
    chosen = lookup.record("photo", str(lookup.project().get("visibility_strip") or "")) or {}
    sha = str(chosen.get("shared_copy") or chosen.get("original") or "")
    try:
        return media.read(ws, sha) if sha else b""
    except (DamagedError, NotFoundError):
        return b""


def _read(file: Path) -> bytes:
    try:
        if file.stat().st_size > imaging.MOST_BYTES:
            raise imaging.too_large()
        return file.read_bytes()
    except OSError as error:
        message = Message(N_("The file “{name}” could not be read."), {"name": file.name})
        raise NotFoundError(message) from error

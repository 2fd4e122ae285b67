"""From what a report lacks to the field where it can be mended."""

from __future__ import annotations

from progressus_desktop.domain.completeness import FILES
from progressus_desktop.gui.context import Context
from progressus_desktop.services.reporting_lacks import Lack
from progressus_desktop.store import query

_SHOWN_AT = {"photo": ("event", FILES), "interaction": ("partner", "log"), "contact": ("partner", "contacts")}
"""Record types without a page of their own: on whose form they are, and in which section."""


def mend(context: Context, lack: Lack) -> None:
    """Open the record and go to the field; a photo or contact is mended on the form it belongs to."""
    if lack.entity == "project":
        context.navigate("project", lack.record_id, lack.field)
        return
    open_record(context, lack.entity, lack.record_id, lack.field)


def open_record(context: Context, kind: str, record_id: str, field: str = "") -> None:
    """Open a record, at a field if one is named; a photo or contact on the form it belongs to."""
    if kind not in _SHOWN_AT:
        context.navigate(kind, record_id, field or FILES)
        return
    entity, section = _SHOWN_AT[kind]
    record = query.get(context.ws, kind, record_id)
    if record is None:
        return
    if kind == "photo" and not record.fields.get(entity):
        entity, section = "partner", "documents"
    value = record.fields.get(entity) or record.fields.get(f"{entity}s")
    owner = value[0] if isinstance(value, list) and value else value
    if isinstance(owner, str):
        context.navigate(entity, owner, section)

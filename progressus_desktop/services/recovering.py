"""After an unclean end: what was kept field by field becomes changes of kind ``recovered``, and is listed."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.errors import ProgressusError
from progressus_desktop.services import records
from progressus_desktop.store import drafts, query
from progressus_desktop.store.workspace import Workspace

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recovered:
    """A record with the fields that came back."""

    entity: str
    id: str
    fields: tuple[str, ...]


def recover(ws: Workspace) -> list[Recovered]:
    """Commit every kept field, record by record. What cannot be committed stays kept for the next time."""
    if ws.read_only:
        return []
    out = []
    for (entity, record_id), kept in drafts.pending(ws).items():
        if entity not in ENTITIES:
            continue
        known = {name: value for name, value in kept.items() if ENTITIES[entity].has(name)}
        start = {} if query.get(ws, entity, record_id) else records.defaults(ws, entity)
        try:
            saved = records.save(ws, entity, record_id, {**start, **known}, kind="recovered")
        except ProgressusError as failure:
            _log.warning("a draft of %s could not be recovered: %s", entity, type(failure).__name__)
            continue
        if saved.committed is not None:
            out.append(Recovered(entity, record_id, tuple(known)))
    return out

"""The office's own texts: words of code lists, expected audiences, and what to say about a topic."""

from __future__ import annotations

from dataclasses import dataclass

from progressus_desktop import words
from progressus_desktop.domain import codelists
from progressus_desktop.domain.codelists import OwnText
from progressus_desktop.domain.records import Committed
from progressus_desktop.store import query
from progressus_desktop.store.query import View
from progressus_desktop.store.workspace import Workspace

_MOST = 2000
_WORDS = ("text_pl", "text_en", "short_pl", "short_en")


@dataclass(frozen=True, slots=True)
class Talking:
    """What to say about a topic to an audience; ``changed_ms`` is when the office wrote it (UTC milliseconds)."""

    id: str
    text: str
    changed_ms: int


def follow(ws: Workspace) -> None:
    """Use the words of this workspace from now on, and follow their changes."""
    load(ws)

    def committed(done: Committed) -> None:
        if any(entity == "code_text" for entity, _id in done.records):
            load(ws)

    ws.subscribe(committed)


def load(ws: Workspace) -> None:
    """Use the words of code lists as the office wrote them."""
    texts = {}
    for row in query.window(ws, "code_text", View(), 0, _MOST):
        record = query.get(ws, "code_text", row.id)
        if record is None:
            continue
        fields = record.fields
        name, code = fields.get("list"), fields.get("item")
        if isinstance(name, str) and isinstance(code, str):
            own = {each: str(fields[each]) for each in _WORDS if fields.get(each)}
            texts[name, code] = OwnText(own, tuple(fields.get("expected_audiences") or ()))
    codelists.use_texts(texts)


def talking_point(ws: Workspace, topic: str, audience: str) -> Talking | None:
    """What the office wrote for a topic and an audience, in the language in force; None if it wrote nothing."""
    where = (("topic", topic), ("audience", audience))
    for row in query.window(ws, "talking_point", View(where=where), 0, 1):
        record = query.get(ws, "talking_point", row.id)
        if record is None:
            continue
        chosen = record.fields.get(f"text_{words.language()}") or record.fields.get("text_pl") or ""
        return Talking(record.id, str(chosen), record.changed_ms)
    return None

"""Text of a code list, where the office uses another than the program ships (domain.md, opening section).

The codes themselves stay; there is one record for each list and code, on every laptop the same.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import (
    Entity,
    Field,
    Level,
    ListWords,
    Lookup,
    Problem,
    Section,
    Type,
    Values,
)
from progressus_desktop.words import N_, NN_, Message

NAMESPACE = uuid.UUID("6f6ef5b4-2f0a-5c5e-9c2b-7d1e0a4b8c11")
"""Under which the id of a text is made of its list and code; never to be changed."""

_FIELDS = (
    Field(
        "list", Type.CODE, N_("Code list"), required=True, codes="editable_list", section="basics", office_only=True,
        column=1,
    ),
    Field(
        "item", Type.TEXT, N_("Code in the list"), required=True, section="basics", office_only=True, searchable=True,
        column=2, example="T1",
    ),
    Field(
        "text_pl", Type.TEXT, N_("Word in Polish"), section="basics", office_only=True, searchable=True, column=3
    ),
    Field("text_en", Type.TEXT, N_("Word in English"), section="basics", office_only=True, searchable=True),
    Field("short_pl", Type.TEXT, N_("Short word in Polish"), section="basics", office_only=True),
    Field("short_en", Type.TEXT, N_("Short word in English"), section="basics", office_only=True),
    Field(
        "expected_audiences", Type.CODES, N_("Expected audiences"), codes="participant_role", section="basics",
        office_only=True, help=N_("Of a topic: to whom it is meant to be told. Only these can be gaps."),
    ),
)  # fmt: skip


def identity(values: Values) -> str:
    """The id of the text of one code, empty while list or code are missing."""
    name, code = values.get("list"), values.get("item")
    if not (isinstance(name, str) and name and isinstance(code, str) and code):
        return ""
    return str(uuid.uuid5(NAMESPACE, f"{name}/{code}"))


def _rules(values: Values, _lookup: Lookup) -> Iterable[Problem]:
    name, code = values.get("list"), values.get("item")
    known = isinstance(name, str) and codelists.exists(name)
    if known and isinstance(code, str) and code and not codelists.has(str(name), code):
        some = ", ".join(codelists.codes(str(name))[:4])
        message = Message(N_("The list has no such code. Choose one of it, e.g. {some}."), {"some": some})
        yield Problem("item", Level.ERROR, "unknown_code", message)
    if values.get("expected_audiences") and name != "topic":
        message = Message(N_("Only topics have expected audiences."))
        yield Problem("expected_audiences", Level.WARNING, "not_a_topic", message)


ENTITY = Entity(
    name="code_text",
    label=N_("Text of a code list"),
    plural=N_("Texts of code lists"),
    fields=_FIELDS,
    title=("item", "text_pl"),
    sections=(Section("basics", N_("Text of a code list")),),
    rules=_rules,
    tags=("list",),
    order="list",
    icon="languages",
    words=ListWords(
        new=N_("&New text"),
        counted=NN_("{n} text", "{n} texts"),
        removed=N_("The program's own text is used again."),
        filter=N_("Filter: code, word"),
        empty=N_("All code lists have the program's own words"),
        what=N_("Here the office puts its own words in place of those of the program. The codes stay."),
    ),
    office=True,
    identity=identity,
)

"""Talking point (co powiedzieć?): the office's arguments for one topic and audience (domain.md, section 2)."""

from __future__ import annotations

from progressus_desktop.domain.fields import Entity, Field, ListWords, Section, Type
from progressus_desktop.words import N_, NN_

_FIELDS = (
    Field(
        "topic", Type.CODE, N_("Topic"), required=True, codes="topic", section="basics", office_only=True, column=1,
    ),
    Field(
        "audience", Type.CODE, N_("To whom (audience)"), required=True, codes="participant_role", section="basics",
        office_only=True, column=2,
    ),
    Field(
        "text_pl", Type.LONG_TEXT, N_("What to say, in Polish"), required=True, section="basics", office_only=True,
        searchable=True, column=3, help=N_("A line that begins with “- ” is a point, one that ends with “:” a head."),
    ),
    Field(
        "text_en", Type.LONG_TEXT, N_("What to say, in English"), section="basics", office_only=True, searchable=True
    ),
)  # fmt: skip

ENTITY = Entity(
    name="talking_point",
    label=N_("Talking point"),
    plural=N_("Talking points"),
    fields=_FIELDS,
    title=("topic", "audience"),
    sections=(Section("basics", N_("Talking point")),),
    tags=("topic", "audience"),
    order="topic",
    icon="message-square",
    words=ListWords(
        new=N_("&New talking point"),
        counted=NN_("{n} talking point", "{n} talking points"),
        removed=N_("Talking point moved to the bin."),
        filter=N_("Filter: topic, text"),
        empty=N_("There are no talking points yet"),
        what=N_("A talking point says what to tell one audience about one topic. The office writes it."),
    ),
    unique=(("topic", "audience"),),
    office=True,
)

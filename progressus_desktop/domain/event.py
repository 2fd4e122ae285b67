"""Event (wydarzenie): what was held, where, for whom, on which topics, and what came of it (domain.md, section 6)."""

from __future__ import annotations

from progressus_desktop.domain.event_rules import day, person_minutes, persons, place, rules, start
from progressus_desktop.domain.fields import Derived, Entity, Field, ListWords, PersonalData, Section, Type
from progressus_desktop.words import N_, NN_

_BASICS = (
    Field(
        "title", Type.TEXT, N_("Event title"), required=True, section="basics", searchable=True, column=2,
        example=N_("CV workshop with a career adviser"),
    ),
    Field("kind", Type.CODE, N_("Event kind"), required=True, codes="event_kind", section="basics"),
    Field("status", Type.CODE, N_("Status"), required=True, codes="event_status", section="basics"),
    Field("date", Type.DATE, N_("Date"), required=True, section="basics", column=1, example="27.11.2026"),
    Field("start", Type.TIME, N_("Start time"), section="basics", example="16:00"),
    Field("end", Type.TIME, N_("End time"), section="basics", example="18:30"),
    Field(
        "place_name", Type.TEXT, N_("Venue"), section="basics", searchable=True,
        example=N_("Public Library, room 2"),
    ),
    Field(
        "locality", Type.TEXT, N_("Locality"), required=True, section="basics", searchable=True, example="Zmyślona"
    ),
    Field("gmina", Type.GMINA, N_("Gmina (powiat)"), section="basics", example=N_("Grzmiąca, szczecinecki")),
    Field("lead_organiser", Type.REFERENCE, N_("Lead organiser"), required=True, target="partner", section="basics"),
    Field("host", Type.REFERENCE, N_("Venue host"), target="partner", section="basics"),
    Field(
        "status_reason", Type.TEXT, N_("Reason for cancelling or moving"), section="basics", more=True,
        example=N_("the speaker fell ill"),
    ),
    Field("street", Type.TEXT, N_("Street and number"), section="basics", more=True, example=N_("4 Lipowa Street")),
    Field("online_link", Type.URL, N_("Online link"), section="basics", more=True, example="spotkanie.example"),
    Field("parent_event", Type.REFERENCE, N_("Held within event"), target="event", section="basics", more=True),
    Field(
        "sessions", Type.ROWS, N_("Sessions"), section="basics", more=True,
        help=N_("Fill in when the event lasts several days."),
        parts=(
            Field("date", Type.DATE, N_("Date"), required=True, example="28.11.2026"),
            Field("start", Type.TIME, N_("Start time"), example="9:00"),
            Field("end", Type.TIME, N_("End time"), example="12:00"),
        ),
    ),
    Field(
        "accessibility", Type.MAP, N_("Accessibility"), codes="accessibility", key_name="item", section="basics",
        more=True, help=N_("arrows – item · T yes · N no · D does not apply"),
        parts=(Field("answer", Type.CODE, N_("Answer"), required=True, codes="answer"),),
    ),
    Field(
        "requested_arrangements", Type.MAP, N_("Arrangements asked for"), codes="requested_arrangement",
        key_name="item", section="basics", more=True, help=N_("Numbers only, never names."),
        parts=(Field("count", Type.INTEGER, N_("How many people"), required=True),),
    ),
)  # fmt: skip

_PARTNERS = (
    Field(
        "partners", Type.REFERENCES, N_("Organisations present"), target="partner", section="partners",
        searchable=True,
    ),
    Field("co_organisers", Type.REFERENCES, N_("Co-organisers"), target="partner", section="partners"),
    Field(
        "testers", Type.REFERENCES, N_("Worked out jointly by"), target="partner", section="partners", more=True,
        help=N_("Tester organisations that prepared this event together."),
    ),
    Field("cluster", Type.REFERENCE, N_("Cluster"), target="cluster", section="partners", more=True),
    Field("action", Type.REFERENCE, N_("Joint action"), target="action", section="partners", more=True),
    Field(
        "application_task", Type.TEXT, N_("Task of the application"), section="partners", more=True,
        example=N_("4. Testing the final product"),
    ),
)  # fmt: skip

_PARTICIPANTS = (
    Field(
        "participants", Type.MATRIX, N_("Roles and sex"), codes="participant_role", columns="sex",
        section="participants", help=N_("Type numbers as in a spreadsheet: arrows, Enter, Tab"),
    ),
    Field("of_which", Type.MATRIX, N_("Of which"), codes="of_which", columns="sex", section="participants"),
    Field("counted_by", Type.CODE, N_("Way of counting"), codes="counted_by", section="participants"),
    Field("signatures_count", Type.INTEGER, N_("Signatures on the sheet"), section="participants", example="24"),
    Field(
        "difference_note", Type.LONG_TEXT, N_("Explanation of the difference"), section="participants",
        help=N_("Once explained, the error becomes a warning."),
        example=N_("2 of the guests could not sign the sheet."),
    ),
)  # fmt: skip

_TOPICS = (
    Field(
        "topics", Type.MAP, N_("Topics"), codes="topic", key_name="topic", section="topics",
        help=N_("Choose only what there was. “Not raised” is an ordinary answer."),
        parts=(
            Field("depth", Type.CODE, N_("How it was raised"), required=True, codes="topic_depth"),
            Field("audience", Type.CODES, N_("To whom (audience)"), codes="participant_role"),
            Field("aspects", Type.CODES, N_("Which of these"), codes="topic_aspect"),
        ),
    ),
)  # fmt: skip

_COURSE = (
    Field(
        "course", Type.LONG_TEXT, N_("Course and results"), section="course", searchable=True,
        help=N_("What happened and what came of it. Without names and health data."),
        example=N_("The fire brigade showed the bus route. Nine people have a lift from 3 December."),
    ),
    Field(
        "arrangements", Type.ROWS, N_("Arrangements"), section="course", searchable=True,
        help=N_("Each with a date becomes a task."),
        parts=(
            Field("what", Type.TEXT, N_("What was arranged"), required=True, example=N_("Arrange a visit")),
            Field("who", Type.TEXT, N_("Who"), personal=PersonalData.PERSONAL, example="Anna P."),
            Field("due", Type.DATE, N_("Due"), example="+7"),
            Field("state", Type.CODE, N_("Task"), codes="task_state"),
        ),
    ),
    Field(
        "difficulties", Type.LONG_TEXT, N_("Difficulties"), section="course", searchable=True,
        example=N_("Three people cannot travel alone on the bus."),
    ),
    Field(
        "quotes", Type.LONG_TEXT, N_("Quotes without names"), section="course",
        example=N_("“For the first time I can get there by myself.”"),
    ),
    Field(
        "authorities", Type.ROWS, N_("Authorities and institutions present"), section="course", searchable=True,
        parts=(
            Field("institution", Type.TEXT, N_("Institution"), required=True, example=N_("Gmina Przykładów")),
            Field("function", Type.TEXT, N_("Function"), example=N_("mayor")),
        ),
    ),
    Field(
        "summary", Type.LONG_TEXT, N_("Summary for the public"), section="course", more=True, searchable=True,
        help=N_("One or two sentences."),
        example=N_("Nine organisations agreed on joint transport to work practice."),
    ),
    Field("aim", Type.LONG_TEXT, N_("Aim of the event"), section="course", more=True),
    Field(
        "agenda", Type.ROWS, N_("Agenda"), section="course", more=True,
        parts=(
            Field("time", Type.TIME, N_("Time"), example="16:00"),
            Field("item", Type.TEXT, N_("Agenda item"), required=True, example=N_("What a cluster gives")),
            Field("speaker", Type.TEXT, N_("Speaker"), personal=PersonalData.PERSONAL),
        ),
    ),
)  # fmt: skip

_DOCUMENTS = (
    Field(
        "visibility", Type.MAP, N_("Visibility check"), codes="visibility", key_name="item", section="documents",
        parts=(Field("answer", Type.CODE, N_("Answer"), required=True, codes="answer"),),
    ),
    Field(
        "materials", Type.ROWS, N_("Materials given"), section="documents",
        parts=(
            Field("what", Type.TEXT, N_("What was given"), required=True, example=N_("leaflet")),
            Field("count", Type.INTEGER, N_("How many items"), example="30"),
            Field("marked", Type.BOOLEAN, N_("Marked with logos")),
        ),
    ),
    Field(
        "media", Type.ROWS, N_("Media coverage"), section="documents",
        parts=(
            Field("title", Type.TEXT, N_("Headline"), required=True),
            Field("date", Type.DATE, N_("Date")),
            Field("link", Type.URL, N_("Link")),
            Field("scan", Type.REFERENCE, N_("Scan"), target="photo"),
        ),
    ),
    Field("schedule_sent_on", Type.DATE, N_("Schedule sent to the office on"), section="documents"),
    Field(
        "note", Type.LONG_TEXT, N_("Note"), section="documents", searchable=True,
        help=N_("For your own use. Without health data."),
    ),
)  # fmt: skip

ENTITY = Entity(
    name="event",
    label=N_("Event"),
    plural=N_("Events"),
    fields=_BASICS + _PARTNERS + _PARTICIPANTS + _TOPICS + _COURSE + _DOCUMENTS,
    title=("title",),
    sections=(
        Section("basics", N_("Basic data")),
        Section("partners", N_("Partners")),
        Section("participants", N_("Participants")),
        Section("topics", N_("Topics and observations")),
        Section("course", N_("Course and arrangements")),
        Section("photos", N_("Photos and consents")),
        Section("documents", N_("Documents and marking")),
    ),
    derived=(
        Derived("place", Type.TEXT, N_("Place"), place, column=3),
        Derived("persons", Type.INTEGER, N_("People"), persons, needs=("participant.event",), column=4),
        Derived("person_minutes", Type.INTEGER, N_("Person-minutes"), person_minutes, needs=("participant.event",)),
    ),
    coded=True,
    ready_by_person=True,
    rules=rules,
    day=day,
    tags=("kind", "status", "topics"),
    order="-date",
    icon="calendar-days",
    words=ListWords(
        new=N_("&New event"),
        counted=NN_("{n} event", "{n} events"),
        removed=N_("Event moved to the bin."),
        filter=N_("Filter: title, place, partner"),
        empty=N_("There are no events yet"),
        what=N_("An event is a meeting, workshop or fair: with its date, place, participants and topics."),
        gain=N_("What you gain when you add the first event"),
        gains=(
            N_("An attendance sheet to print"),
            N_("An event card for the office as PDF"),
            N_("Numbers of participants and topics counted by themselves"),
        ),
    ),
    start=start,
    assumed=("lead_organiser",),
)

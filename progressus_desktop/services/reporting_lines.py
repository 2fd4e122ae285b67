"""Events, contacts and topics of a time as lines and figures of reports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from progressus_desktop.domain import codelists, event_rules
from progressus_desktop.domain.coverage import Coverage
from progressus_desktop.domain.fields import Lookup, Values
from progressus_desktop.reports.blocks import Tile
from progressus_desktop.reports.periodical_lines import GAP, Audience, ContactLine, EventLine, ObservationLine
from progressus_desktop.reports.setting import number
from progressus_desktop.services import reporting_words as say
from progressus_desktop.services.reporting_tasks import OPEN
from progressus_desktop.words import _, ngettext

_WEIGHT = ("agreed", "to_continue", "interested", "informed", "refused", "no_answer")
_MOST_PLANNED = 15
_FIRST_WORDS = 300


def held_of(events: Iterable[Values]) -> list[Values]:
    """The events that were held."""
    return [event for event in events if say.text(event, "status") == "held"]


def people(events: Iterable[Values], role: str = "") -> tuple[int, int, int]:
    """Women, men, not given; of one role or of all."""
    found = [0, 0, 0]
    for event in events:
        matrix = event.get("participants")
        if isinstance(matrix, dict):
            chosen = {role: matrix.get(role)} if role else matrix
            rows = {key: row for key, row in chosen.items() if isinstance(row, dict)}
            for at, sex in enumerate(("f", "m", "x")):
                found[at] += event_rules.column_total(rows, sex)
    return found[0], found[1], found[2]


def sexes(women: int, men: int, unknown: int) -> str:
    """``K 24, M 18`` and how many were not given."""
    words = _("W\u00a0{women}, M\u00a0{men}", women=number(women), men=number(men))
    more = [_("not given\u00a0{count}", count=number(unknown))] if unknown else []
    return ", ".join([words, *more])


def informed(events: Iterable[Values], talks: Iterable[Values]) -> set[str]:
    """Ids of the organisations met at held events or in contacts."""
    found = {each for event in held_of(events) for each in say.ids(event, "partners")}
    return found | {each for talk in talks for each in say.ids(talk, "partners")}


def tiles(events: Sequence[Values], talks: Sequence[Values]) -> list[Tile]:
    """The key figures of a time."""
    held = held_of(events)
    everyone, recipients, users = people(held), people(held, "pwd"), people(held, "ngo_staff")
    states = Counter(say.text(event, "status") for event in events)
    notes = [
        f"{codelists.word('event_status', code)}: {states[code]}" for code in ("moved", "cancelled") if states[code]
    ]
    return [
        Tile(_("Events"), number(len(held)), ", ".join(notes) or ngettext("was held", "were held", len(held))),
        Tile(_("Participations"), number(sum(everyone)), sexes(*everyone)),
        Tile(_("Recipients"), number(sum(recipients)), _("PwD: {sexes}", sexes=sexes(*recipients))),
        Tile(_("Users"), number(sum(users)), _("NGO: {sexes}", sexes=sexes(*users))),
        Tile(_("Organisations"), number(len(informed(events, talks))), _("informed")),
    ]


def audience_of(told: Coverage, code: str) -> Audience:
    """A row of the table of topics and audiences."""
    counts = {topic: row.get(code, 0) for topic, row in told.counts.items()}
    for topic, audience in told.gaps:
        if audience == code:
            counts[topic] = GAP
    label = say.capital(codelists.word("participant_role", code))
    short = _("PwD")
    return Audience(f"{label} ({short})" if code == "pwd" else label, counts)


def gaps_of(told: Coverage) -> list[tuple[str, str]]:
    """Per topic the audiences it did not reach."""
    missed: dict[str, list[str]] = {}
    for topic, audience in told.gaps:
        missed.setdefault(topic, []).append(codelists.word("participant_role", audience))
    return [(topic, _("not presented: {audiences}", audiences=", ".join(each))) for topic, each in missed.items()]


def event_line(event: Values, *, years: bool = False) -> EventLine:
    """One event in a list; ``years`` writes whole dates."""
    held = say.text(event, "status") == "held"
    women, men, unknown = people([event]) if held else (0, 0, 0)
    status = say.text(event, "status")
    remark = "" if held else codelists.word("event_status", status) if status else _("no status")
    topics = sorted(say.text(item, "topic") for item in say.rows(event, "topics"))
    of_which = event.get("of_which")
    row = of_which.get("pwd") if isinstance(of_which, dict) else None
    counted = {"pwd": row} if isinstance(row, dict) else None
    with_disabilities = event_rules.total(counted) if counted else sum(people([event], "pwd"))
    day = say.text(event, "date")
    return EventLine(
        say.day(day) if years else say.short_day(day),
        say.text(event, "title") or _("Event without a title"),
        say.text(event, "locality"),
        ", ".join(topics),
        women,
        men,
        unknown,
        with_disabilities if held else 0,
        remark,
    )


def events_total(events: Sequence[Values]) -> str:
    """How many events there are in each state."""
    states = Counter(say.text(event, "status") for event in events)
    parts = [
        f"{codelists.word('event_status', code)} {states[code]}"
        for code in codelists.codes("event_status")
        if states[code]
    ]
    return _("Total: {parts}", parts=", ".join(parts))


def contact_line(talk: Values, lookup: Lookup, *, years: bool = False) -> ContactLine:
    """One contact in a list; ``years`` writes whole dates."""
    channel, result = say.text(talk, "channel"), say.text(talk, "result")
    shown = say.day if years else say.short_day
    return ContactLine(
        shown(say.text(talk, "date")),
        codelists.word("channel", channel) if channel else "",
        ", ".join(say.names(lookup, "partner", say.ids(talk, "partners"))),
        say.text(talk, "subject"),
        ", ".join(sorted(say.text(item, "topic") for item in say.rows(talk, "topics"))),
        codelists.word("interaction_result", result) if result else "",
        shown(say.text(talk, "next_step_due")),
    )


def important(lines: Sequence[ContactLine], talks: Sequence[Values], most: int) -> list[ContactLine]:
    """The weightiest contacts by their result, the newest first among equals, in the order of their dates."""
    if len(lines) <= most:
        return list(lines)

    def weight(at: int) -> tuple[int, int]:
        result = say.text(talks[at], "result")
        return (_WEIGHT.index(result) if result in _WEIGHT else len(_WEIGHT)), -at

    chosen = sorted(range(len(lines)), key=weight)[:most]
    return [lines[at] for at in sorted(chosen)]


def difficulties(events: Iterable[Values]) -> list[tuple[str, str]]:
    """What was difficult at which event: its day and title, and the words of its record."""
    return [
        (
            " · ".join(part for part in (say.day(say.text(event, "date")), say.text(event, "title")) if part),
            say.text(event, "difficulties"),
        )
        for event in events
        if say.text(event, "difficulties").strip()
    ]


def plan(ahead: Iterable[Values], talks: Iterable[Values], after: str, until: str) -> list[tuple[str, str]]:
    """What is to come: events planned after a day, and next steps promised for then."""
    found = [
        (
            say.text(event, "date"),
            ", ".join(part for part in (say.text(event, "title"), say.text(event, "locality")) if part),
        )
        for event in ahead
        if say.text(event, "status") in {"planned", "confirmed"}
    ]
    for talk in talks:
        due = say.text(talk, "next_step_due")
        step = say.text(talk, "next_step") or say.text(talk, "subject")
        if after < due <= until and step and say.text(talk, "next_step_state") in {"", OPEN}:
            found.append((due, step))
    found.sort()
    lines = [(say.short_day(day), words[:_FIRST_WORDS]) for day, words in found[:_MOST_PLANNED]]
    rest = len(found) - len(lines)
    return [*lines, *([("", ngettext("and {n} more", "and {n} more", rest))] if rest > 0 else [])]


def observation_line(observation: Values, lookup: Lookup) -> ObservationLine:
    """One observation, with size and reach of the organisation it is about, or as they were typed."""
    partner = lookup.record("partner", say.text(observation, "partner")) or {}

    def word(name: str, codes: str, of: Values = observation) -> str:
        code = say.text(of, name)
        return codelists.word(codes, code) if code else ""

    return ObservationLine(
        word("kind", "observation_kind"),
        word("element", "product_element"),
        say.text(observation, "text"),
        word("size", "partner_size", partner) or word("size", "partner_size"),
        word("reach", "reach", partner) or word("reach", "reach"),
        say.text(observation, "adaptation"),
        word("decision", "observation_decision"),
    )


def paragraphs(words: Values, name: str) -> list[str]:
    """A long text line by line."""
    return [line.strip() for line in say.text(words, name).splitlines() if line.strip()]

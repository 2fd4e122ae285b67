"""What a monthly or final report says, as plain data: made once, printed or frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from progressus_desktop.reports.blocks import Tile

GAP = -1
"""A coverage cell that was expected and stayed empty."""


@dataclass(frozen=True, slots=True)
class Audience:
    """A row of the coverage table: how often each topic reached this audience, :data:`GAP` for a gap."""

    label: str
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class EventLine:
    """One event of the month; ``remark`` (moved, cancelled) follows its title."""

    date: str
    title: str
    locality: str
    topics: str
    f: int = 0
    m: int = 0
    x: int = 0
    pwd: int = 0
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One contact with a partner."""

    date: str
    channel: str
    partner: str
    subject: str
    topics: str
    result: str
    due: str


@dataclass(frozen=True, slots=True)
class StageLine:
    """Partners at a stage now and a month before; ``quiet`` stages are drawn in grey."""

    label: str
    now: int
    before: int
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class MonthLine:
    """What was done in one month of a longer time."""

    label: str
    short: str
    events: int
    participations: int
    recipients: int
    users: int
    contacts: int
    organisations: int

    @property
    def figures(self) -> tuple[int, ...]:
        """The counts in the order of the columns; the last has no sum over months."""
        return self.events, self.participations, self.recipients, self.users, self.contacts, self.organisations


@dataclass(frozen=True, slots=True)
class Figures:
    """A table of figures in words: what its rows are, heads, rows, and their sums."""

    what: str
    heads: Sequence[str]
    rows: Sequence[tuple[str, Sequence[str]]]
    total: Sequence[str]


@dataclass(frozen=True, slots=True)
class Annex:
    """What stands at the end in full: contacts, events or hours; ``total`` says how much it is."""

    name: str
    total: str
    contacts: Sequence[ContactLine] = ()
    events: Sequence[EventLine] = ()
    hours: Figures | None = None


@dataclass(frozen=True, slots=True)
class ClusterLine:
    """A cluster the organisation belongs to: its stage and members, and its joint actions of the time in words.

    ``together`` says how its members worked together before the project and how they do now.
    """

    name: str
    stage: str
    members: int
    actions: Sequence[str] = ()
    record: str = ""
    together: str = ""


@dataclass(frozen=True, slots=True)
class ObservationLine:
    """What was observed of the product, and of how large an organisation with what reach.

    ``adaptation`` says what was changed or simplified, ``decision`` what the office decided, both in words.
    """

    kind: str
    element: str
    text: str
    size: str
    reach: str
    adaptation: str = ""
    decision: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """An indicator of the time: its number in its unit, and in words which records it comes from."""

    code: str
    name: str
    value: int
    unit: str
    behind: str


@dataclass(slots=True)
class Periodical:
    """A month, or the whole testing, in words and figures ready to be printed, in the language of the report.

    ``now`` and ``then`` head the columns of the stages; ``months`` is filled where there are several, ``events``
    where there is one (else they stand in an annex). ``short``, ``troubles``, ``conclusions`` and ``intended`` are a
    person's own words; ``files`` names the photos, scans and lists that go with it; ``seal`` names the version of what
    was handed over and the hash of its data.
    """

    organisation: str
    code: str
    title: str
    state: str
    state_kind: str
    period: str
    tiles: Sequence[Tile]
    topics: Sequence[tuple[str, str]]
    audiences: Sequence[Audience]
    kind: str = ""
    now: str = ""
    then: str = ""
    short: Sequence[str] = ()
    percent: int = 0
    reached: int = 0
    expected: int = 0
    gaps: Sequence[tuple[str, str]] = ()
    months: Sequence[MonthLine] = ()
    events: Sequence[EventLine] = ()
    events_total: str = ""
    contacts: Sequence[ContactLine] = ()
    contacts_total: str = ""
    stages: Sequence[StageLine] = ()
    clusters: Sequence[ClusterLine] = ()
    observations: Sequence[ObservationLine] = ()
    troubles: Sequence[str] = ()
    difficulties: Sequence[tuple[str, str]] = ()
    conclusions: Sequence[str] = ()
    plan_title: str = ""
    intended: Sequence[str] = ()
    plan: Sequence[tuple[str, str]] = ()
    hours: Figures | None = None
    annexes: Sequence[Annex] = ()
    files: Sequence[str] = ()
    indicators: Sequence[IndicatorRow] = ()
    left_out: Sequence[str] = ()
    people: Sequence[str] = ()
    working: bool = False
    seal: str = ""

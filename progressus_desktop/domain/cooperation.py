"""What members of a cluster give and seek, who could be matched, what nobody covers, and before and now.

All of it is derived from offers, needs and joint actions (domain.md, section 8); nothing is typed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from progressus_desktop.domain import codelists
from progressus_desktop.domain.fields import Values

CATEGORIES = "offer_category"
STEADY_FROM = 2
"""From this many joint actions on, cooperation is steady."""


@dataclass(frozen=True, slots=True)
class Match:
    """Members who give something of a category and others who seek it; ids in the order of the members."""

    category: str
    givers: tuple[str, ...]
    seekers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sharing:
    """``gives`` and ``seeks`` hold the categories of each member; ``columns`` are those with anything in them.

    ``matches`` can be acted upon; ``gaps`` are sought and offered by nobody (their ``givers`` are empty);
    ``missing`` are neither offered nor sought.
    """

    members: tuple[str, ...]
    gives: Mapping[str, frozenset[str]]
    seeks: Mapping[str, frozenset[str]]
    columns: tuple[str, ...]
    matches: tuple[Match, ...]
    gaps: tuple[Match, ...]
    missing: tuple[str, ...]


def valid(offer: Values, day: date) -> bool:
    """Whether an offer still holds on ``day``; a partial date counts to its last day."""
    until = offer.get("valid_to")
    return not isinstance(until, str) or not until or day.isoformat()[: len(until)] <= until


def sharing(members: Sequence[str], offers: Iterable[Values], needs: Mapping[str, Iterable[str]], day: date) -> Sharing:
    """What ``members`` give by valid ``offers`` and seek by ``needs`` on ``day``."""
    given: dict[str, set[str]] = {member: set() for member in members}
    for offer in offers:
        partner, category = offer.get("partner"), offer.get("category")
        if isinstance(partner, str) and partner in given and isinstance(category, str) and valid(offer, day):
            given[partner].add(category)
    # what one can do oneself is not sought from others
    sought = {member: set(needs.get(member, ())) - given[member] for member in members}
    known = codelists.codes(CATEGORIES)
    found = [
        Match(
            category,
            tuple(each for each in members if category in given[each]),
            tuple(each for each in members if category in sought[each]),
        )
        for category in known
    ]
    return Sharing(
        members=tuple(members),
        gives={member: frozenset(each) for member, each in given.items()},
        seeks={member: frozenset(each) for member, each in sought.items()},
        columns=tuple(each.category for each in found if each.givers or each.seekers),
        matches=tuple(each for each in found if each.givers and each.seekers),
        gaps=tuple(each for each in found if each.seekers and not each.givers),
        missing=tuple(each.category for each in found if not each.seekers and not each.givers),
    )


def cooperation_now(partner: str, actions: Iterable[Values]) -> str:
    """How an organisation cooperates now, by the joint actions it takes part in with others.

    A code of the list ``cooperation_before``: none, occasional (one), steady (two or more). Planned and
    abandoned actions do not count.
    """
    joint = sum(partner in each and len(each) > 1 for each in map(_taking_part, actions))
    return "steady" if joint >= STEADY_FROM else "occasional" if joint else "none"


def _taking_part(action: Values) -> set[str]:
    if action.get("state") in {"planned", "abandoned"}:
        return set()
    named = [*(action.get("partners") or ()), *(action.get("employers") or ()), action.get("leader")]
    return {each for each in named if isinstance(each, str) and each}

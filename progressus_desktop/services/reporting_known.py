"""What the office summary counts, read once from one snapshot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from progressus_desktop.domain.fields import Values


@dataclass(frozen=True, slots=True)
class Known:
    """Ready records of the time and the partners, by what the summary asks of them."""

    first: str
    last: str
    events: Sequence[Values]
    talks: Sequence[Values]
    partners: Mapping[str, Values]
    drafts: Mapping[str, int]
    testers: Sequence[tuple[str, str]]

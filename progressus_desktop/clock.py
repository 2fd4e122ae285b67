"""Time as a value that is passed in, so that tests and reproducible PDFs can replace it."""

from __future__ import annotations

import os
import time
from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo


@cache
def warsaw() -> ZoneInfo:
    """The time zone of Poland, read when it is first asked for: the unlock window needs none."""
    from zoneinfo import ZoneInfo

    return ZoneInfo("Europe/Warsaw")


class Clock(Protocol):
    """Gives "now" as UTC milliseconds since 1970."""

    def now_ms(self) -> int:
        """Now, in milliseconds of UTC."""

    def ticked(self) -> None:
        """Tell the clock that a commit was made."""


class SystemClock:
    """The machine's own clock."""

    def now_ms(self) -> int:
        """Now, in milliseconds of UTC."""
        return time.time_ns() // 1_000_000

    def ticked(self) -> None:
        """Real time passes by itself."""


class FixedClock:
    """A clock that stands still and moves by one millisecond with each commit."""

    def __init__(self, start: datetime) -> None:
        self._ms = int(start.timestamp() * 1000)

    def now_ms(self) -> int:
        """The fixed instant plus the commits made."""
        return self._ms

    def ticked(self) -> None:
        """Move by one millisecond."""
        self._ms += 1


def from_environment() -> Clock:
    """The clock of ``PROGRESSUS_NOW`` (ISO 8601 with offset), else the machine's.

    Raises:
        ValueError: ``PROGRESSUS_NOW`` has no offset or is not a time.
    """
    text = os.environ.get("PROGRESSUS_NOW")
    if not text:
        return SystemClock()
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        msg = "PROGRESSUS_NOW needs an offset, for example 2026-11-23T11:48:00+01:00"
        raise ValueError(msg)
    return FixedClock(moment)


def local(ms: int) -> datetime:
    """``ms`` of UTC as a time in Poland."""
    return datetime.fromtimestamp(ms / 1000, UTC).astimezone(warsaw())


def today(clock: Clock) -> date:
    """The date in Poland."""
    return local(clock.now_ms()).date()

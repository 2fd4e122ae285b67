"""What every page is given: the workspace, its news, long work, the look, and ways to speak to people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from progressus_desktop.errors import ProgressusError
from progressus_desktop.gui.bus import ChangeBus
from progressus_desktop.gui.jobs import Jobs
from progressus_desktop.gui.settingshub import SettingsHub
from progressus_desktop.gui.theme import Theme
from progressus_desktop.store.workspace import Workspace

__all__ = ["Context", "Notify", "SettingsHub"]


class Notify(Protocol):
    """How a page speaks to the person: everything is also said to screen readers."""

    def banner(
        self,
        kind: str,
        title: str,
        text: str = "",
        action: str = "",
        act: Callable[[], None] | None = None,
        key: str = "",
    ) -> None:
        """Show a banner (kind ok, info, warn or err) above the page until it is dealt with; same ``key`` replaces."""

    def clear(self, key: str) -> None:
        """Take the banner of ``key`` away."""

    def undo_bar(self, text: str) -> None:
        """Offer to undo the last change ("Partner removed.") until the next one."""

    def announce(self, text: str) -> None:
        """Say something politely to a screen reader only."""

    def error(self, failure: ProgressusError) -> None:
        """Show an expected failure as a banner."""

    def saved(self, state: str, at: str = "") -> None:
        """Say in the status bar how saving stands: ``saving``, ``saved`` (with its time) or ``failed``."""


class Navigate(Protocol):
    """Goes to a page, to a record, to a field or section of its form."""

    def __call__(self, where: str, record_id: str | None = None, place: str = "") -> None:
        """Go there; ``where`` is a page or a record type."""


@dataclass(frozen=True)
class Context:
    """Handed to every page by the composition root."""

    ws: Workspace
    bus: ChangeBus
    jobs: Jobs
    theme: Theme
    settings: SettingsHub
    navigate: Navigate
    notify: Notify

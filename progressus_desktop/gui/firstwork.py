"""The work behind the steps of the first run, to be done beside the window: create, join, restore, renew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from progressus_desktop.clock import Clock
from progressus_desktop.gui.jobs import Progress
from progressus_desktop.services import placing

Work = Callable[[Progress], Any]


def creating(role: str, project: dict[str, Any], org: str, user: str, password: str, now: Clock) -> Work:
    """Make a workspace of an organisation's own; gives it open."""
    folder = placing.free_folder(org)

    def work(_progress: Progress) -> Any:
        from progressus_desktop.services import workspaces

        return workspaces.create(folder, password, now, role=role, project=project, org=org, user=user)

    return work


def joining(file: Path, code: str, user: str, organisation: str, password: str, now: Clock) -> Work:
    """Make a workspace of the office's setup file; gives it open."""
    folder = placing.free_folder(organisation)

    def work(_progress: Progress) -> Any:
        from progressus_desktop.services import inviting

        return inviting.join(file, code, user, folder, password, now)

    return work


def restoring(source: Path, secret: str, now: Clock) -> Work:
    """Make a workspace of a backup; gives a :class:`~progressus_desktop.services.restoring.Restored`."""
    folder = placing.free_folder(source.name)

    def work(_progress: Progress) -> Any:
        from progressus_desktop.services import restoring as backups

        return backups.restored(source, folder, now, secret)

    return work


def renewing(ws: Any, password: str) -> Work:
    """Give a workspace that the recovery sheet opened a new password; gives it again."""

    def work(_progress: Progress) -> Any:
        from progressus_desktop.services import recovery

        recovery.set_password(ws, password)
        return ws

    return work

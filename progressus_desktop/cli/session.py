"""Opening the workspace a command works on, as the person who works now."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from progressus_desktop import clock
from progressus_desktop.cli import passwords
from progressus_desktop.cli.output import tell
from progressus_desktop.clock import Clock
from progressus_desktop.errors import UsageError
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import N_, Message, _


def program_clock() -> Clock:
    """The machine's clock, or the one of PROGRESSUS_NOW.

    Raises:
        UsageError: PROGRESSUS_NOW is no time with offset.
    """
    try:
        return clock.from_environment()
    except ValueError as error:
        hint = Message(N_("Write for example 2026-11-23T11:48:00+01:00."))
        raise UsageError(Message(N_("PROGRESSUS_NOW is not a time with an offset.")), hint=hint) from error


def folder(options: Namespace) -> Path:
    """The workspace's folder: given, from the environment, or the last one opened.

    Raises:
        UsageError: there is none.
    """
    given = options.workspace or os.environ.get("PROGRESSUS_WORKSPACE")
    if not given:
        from progressus_desktop.services import settings

        given = settings.load().last_workspace
    if not given:
        hint = Message(N_("Use --workspace or PROGRESSUS_WORKSPACE."))
        raise UsageError(Message(N_("No workspace was named.")), hint=hint)
    return Path(given)


@contextmanager
def opened(options: Namespace, *, read_only: bool = False) -> Iterator[Workspace]:
    """The open workspace, closed again whatever happens.

    Raises:
        AccessError: wrong password.
        UsageError: no workspace, or nobody of the name given with --as.
    """
    from progressus_desktop.services import workspaces

    where = folder(options)
    ws = workspaces.open_(where, program_clock(), password=passwords.password(options), read_only=read_only)
    try:
        name = options.as_ or os.environ.get("PROGRESSUS_USER")
        if name:
            workspaces.work_as(ws, workspaces.find_person(ws, name).id)
        if ws.copied:
            tell(_("This workspace was moved or copied. It is treated as a copy and gets its own device number."))
        yield ws
    finally:
        ws.close()

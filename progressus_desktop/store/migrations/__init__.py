"""Alembic migrations of the log, exchange and settings tables: backup, migrate, check, only then open.

Everything happens in one explicit transaction, so a crash leaves the old file as it was.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from progressus_desktop.errors import DamagedError
from progressus_desktop.words import N_, Message

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from progressus_desktop.store.workspace import Workspace


def upgrade(ws: Workspace) -> None:
    """Bring an older file to this program's tables.

    Raises:
        DamagedError: the migrated file is not whole; the old one is untouched.
        StorageError: the disk is full; the old file is untouched.
    """
    from progressus_desktop.store import backup

    backup.make(ws, ws.folder / "backups")
    ws.flag.on = True
    try:
        with ws.writing() as connection:
            run(connection)
            if connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar() != "ok":
                hint = Message(N_("Nothing was changed. Restore the newest backup into a new folder."))
                raise DamagedError(Message(N_("The workspace could not be brought to this version.")), hint=hint)
    finally:
        ws.flag.on = False


def run(connection: Connection, target: str = "head") -> None:
    """Apply the migrations up to ``target`` on an open transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.attributes["connection"] = connection
    command.upgrade(config, target)

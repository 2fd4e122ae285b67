"""What a person chose for this laptop, kept outside the workspace and readable before unlocking."""

from __future__ import annotations

from progressus_desktop.errors import StorageError
from progressus_desktop.store import places
from progressus_desktop.store.places import Settings
from progressus_desktop.words import N_, Message

__all__ = ["Settings", "load", "save"]


def load() -> Settings:
    """The settings; the defaults where nothing was chosen yet."""
    return places.load_settings()


def save(settings: Settings) -> None:
    """Keep the settings.

    Raises:
        StorageError: the place cannot be written.
    """
    try:
        places.save_settings(settings)
    except OSError as error:
        hint = Message(N_("Your data are safe. Free some space and choose again."))
        raise StorageError(Message(N_("The settings were not saved.")), hint=hint) from error

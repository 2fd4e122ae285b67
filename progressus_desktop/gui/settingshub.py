"""The choices of this laptop as one object the window listens to. Light: the unlock window needs it at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from progressus_desktop.store.places import Settings, load_settings, save_settings


class SettingsHub(QObject):
    """The choices of this laptop: read them from ``value``, change them through ``change``."""

    changed = Signal()
    unsaved = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.value: Settings = load_settings()

    def change(self, **choices: object) -> None:
        """Keep new choices and tell everybody; a settings file that cannot be written keeps them for this run."""
        try:
            # another part may have written it meanwhile (last workspace)
            self.value = load_settings().with_(**choices)
            save_settings(self.value)
        except OSError:
            self.value = self.value.with_(**choices)
            self.unsaved.emit()
        self.changed.emit()

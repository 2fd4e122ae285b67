"""The page Clusters: the board of one cluster, and the forms opened from it."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from progressus_desktop.domain.catalog import ENTITIES
from progressus_desktop.gui.clusterboard import ClusterBoard
from progressus_desktop.gui.context import Context
from progressus_desktop.gui.recordpage import RecordPage


class ClustersPage(RecordPage):
    """A record page whose front is the board instead of a list."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "cluster", parent)
        self.list.open_asked.connect(self.show_over)
        self.list.offers_asked.connect(self._open_offers)

    def front(self) -> Any:
        """The board."""
        return ClusterBoard(self._context)

    def _open_offers(self, partner: str) -> None:
        """The offers and needs of a member, on its own form over the board."""
        if not partner:
            return
        self.show_over("partner", partner, {})
        names = [section.name for section in ENTITIES["partner"].sections]
        form = self.form("partner")
        form.show_section(names.index("offers"))
        form.first_focus().setFocus(Qt.FocusReason.OtherFocusReason)

    def filter_by(self, text: str) -> None:
        """Show the first cluster that the text finds."""
        self.stack.setCurrentWidget(self.list)
        self.list.find_name(text)

"""The window: Qt Widgets over services; no business rule lives here."""

"""Progressus Desktop: events and partners of a project, recorded where there is no internet."""

__version__ = "0.1.0"

"""Sections of reports, one module per entity or theme."""

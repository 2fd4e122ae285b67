"""Alembic migrations of the log, exchange and settings tables."""

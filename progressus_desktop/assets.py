"""The one place that knows where ``ui/``, ``resources/`` and the manual are: checkout, wheel or frozen program."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def _root() -> Path:
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen)
    package = Path(__file__).resolve().parent
    inside_wheel = package / "_data"
    return inside_wheel if inside_wheel.is_dir() else package.parent


def folder(name: str) -> Path:
    """The folder ``resources/<name>``."""
    return _root() / "resources" / name


def resource(name: str) -> Path:
    """The file ``resources/<name>``."""
    return _root() / "resources" / name


def form(name: str) -> Path:
    """The Qt Designer file ``ui/<name>.ui``."""
    return _root() / "ui" / f"{name}.ui"


def manual(language: str) -> Path:
    """The folder of the manual in a language, ``docs/manual/<language>``."""
    return _root() / "docs" / "manual" / language

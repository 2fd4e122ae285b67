"""Where the password comes from: environment, file, standard input or a prompt on a terminal. Never an argument."""

from __future__ import annotations

import getpass
import os
import sys
from argparse import Namespace
from pathlib import Path

from progressus_desktop.errors import AccessError, NotFoundError
from progressus_desktop.words import N_, Message, _

_MOST = 4096


def _first_line(name: str) -> str:
    """The first line of a file; ``-`` is standard input.

    Raises:
        NotFoundError: it cannot be read.
    """
    try:
        if name == "-":
            return sys.stdin.readline(_MOST).rstrip("\r\n")
        with Path(name).open(encoding="utf-8-sig") as file:
            return file.readline(_MOST).rstrip("\r\n")
    except (OSError, ValueError) as error:
        message = Message(N_("The password file “{name}” could not be read."), {"name": Path(name).name})
        hint = Message(N_("Nothing was changed. Check its name, and that it is a text in UTF-8."))
        raise NotFoundError(message, hint=hint) from error


def password(options: Namespace) -> str:
    """The password of the workspace.

    Raises:
        AccessError: none was given and there is no terminal to ask on.
        NotFoundError: the password file cannot be read.
    """
    if options.password_file:
        return _first_line(options.password_file)
    given = os.environ.get("PROGRESSUS_PASSWORD")
    if given is not None:
        return given
    if sys.stdin.isatty():
        return getpass.getpass(_("Password: "), stream=sys.stderr)
    hint = Message(N_("Set PROGRESSUS_PASSWORD or use --password-file."))
    raise AccessError(Message(N_("No password was given.")), hint=hint)


def new_password(options: Namespace) -> str:
    """The password a workspace is to have from now on.

    Raises:
        AccessError: none was given, or the two typed ones differ.
        NotFoundError: the password file cannot be read.
    """
    if options.new_password_file:
        return _first_line(options.new_password_file)
    given = os.environ.get("PROGRESSUS_NEW_PASSWORD")
    if given is not None:
        return given
    if not sys.stdin.isatty():
        hint = Message(N_("Set PROGRESSUS_NEW_PASSWORD or use --new-password-file."))
        raise AccessError(Message(N_("No new password was given.")), hint=hint)
    first = getpass.getpass(_("New password: "), stream=sys.stderr)
    if first != getpass.getpass(_("New password again: "), stream=sys.stderr):
        raise AccessError(Message(N_("The two passwords differ. Nothing was changed.")))
    return first

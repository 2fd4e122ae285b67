"""The office's second key, kept on paper alone: it opens packages to and from the office (exchange.md, section 4)."""

from __future__ import annotations

from pathlib import Path

from progressus_desktop import clock as times
from progressus_desktop.errors import AccessError, StorageError
from progressus_desktop.exchange import keys
from progressus_desktop.services import counterparts
from progressus_desktop.store import places
from progressus_desktop.store.workspace import Workspace
from progressus_desktop.words import LANGUAGES, N_, Message

_PREFIX = "AGE-SECRET-KEY-1"
_LOOK_ALIKES = str.maketrans("BIO1", "8L0L")
"""The letters after the prefix are those of bech32, which has neither of these."""


def printed(ws: Workspace) -> bool:
    """Whether there is a sheet that newer packages open with."""
    return bool(counterparts.paper_key(ws))


def sheet(ws: Workspace, target: Path) -> Path:
    """Make a new key and write its sheet as PDF; packages written from then on open with it, no longer with an older.

    The secret half stands on the sheet only.

    Raises:
        AccessError: this is not the office.
        StorageError: the file cannot be written; then the older sheet stays valid.
    """
    from progressus_desktop.reports import paper_key_sheet

    counterparts.must_be_office(ws)
    ws.must_be_writable()
    made = keys.new_keys()
    own = counterparts.my_keys(ws).sign_public
    words = [" ".join(keys.words(own, each)) for each in LANGUAGES]
    moment = times.local(ws.clock.now_ms())
    data = paper_key_sheet.build(counterparts.my_name(ws), made.age_secret, words, moment)
    try:
        places.write_safely(target, data)
    except OSError as error:
        hint = Message(N_("The older sheet stays valid. Free some space or choose another folder."))
        raise StorageError(Message(N_("The sheet with the office's key was not written.")), hint=hint) from error
    counterparts.keep_paper_key(ws, made.age_public)
    return target


def read_secret(text: str) -> str:
    """A key as it was typed from paper: blanks, small letters, groups and look-alike letters do not matter.

    Raises:
        AccessError: it is none; a letter is missing or mistyped.
    """
    plain = "".join(char for char in text.upper() if char.isalnum())
    bare = plain.removeprefix(_PREFIX.replace("-", "")).translate(_LOOK_ALIKES)
    secret = _PREFIX + bare
    if not keys.is_age_secret(secret):
        hint = Message(N_("Nothing was changed. Compare it with the sheet, group by group."))
        raise AccessError(Message(N_("This is not the key from the office's sheet.")), hint=hint)
    return secret

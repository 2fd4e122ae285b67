"""Who this laptop is in the log, and whether the workspace was copied or restored (exchange.md, section 2).

The install token lies outside the workspace. A workspace whose token, path or highest number does not
match what this machine remembers was moved or copied; before its first save a copy gets a new replica
id and the next code letter, so that two laptops can never use one number twice.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from progressus_desktop.store import cipher, places

_REPLACES = "replaces"


@dataclass(frozen=True, slots=True)
class Replica:
    """A laptop in the log: 6-byte id, prefix of human codes and its letter."""

    id: bytes
    prefix: str
    letter: str


def new_id() -> bytes:
    """A random replica id."""
    return secrets.token_bytes(6)


def next_letter(letters: set[str]) -> str:
    """The letter after the highest given: A, B to Z, then AA, AB."""
    if not letters:
        return "A"
    highest = max(letters, key=lambda text: (len(text), text))
    number = 0
    for char in highest:
        number = number * 26 + ord(char) - 64
    number += 1
    text = ""
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def own(connection: Connection) -> Replica:
    """The replica that writes here now."""
    row = cipher.raw(connection).execute("SELECT id, prefix, letter FROM replica WHERE own = 1").fetchone()
    return Replica(bytes(row[0]), row[1], row[2])


def add_own(connection: Connection, prefix: str, letter: str) -> Replica:
    """Make a new replica the one that writes here; earlier ones stay known."""
    made = Replica(new_id(), prefix, letter)
    hlc = connection.exec_driver_sql("SELECT coalesce(max(last_hlc), 0) FROM replica").scalar()
    code = connection.exec_driver_sql("SELECT coalesce(max(last_code), 0) FROM replica WHERE own = 1").scalar()
    connection.exec_driver_sql("UPDATE replica SET own = 0")
    connection.exec_driver_sql(
        "INSERT INTO replica (id, prefix, letter, own, last_seq, last_hlc, last_action, last_code, token)"
        " VALUES (?, ?, ?, 1, 0, ?, 0, ?, ?)",
        (made.id, prefix, letter, hlc, code, secrets.token_hex(16)),
    )
    return made


def letters(connection: Connection, prefix: str) -> set[str]:
    """The letters that laptops with this prefix have, as far as this one knows."""
    sql = "SELECT letter FROM replica WHERE prefix = ? UNION SELECT letter FROM peer WHERE prefix = ?"
    return {row[0] for row in connection.exec_driver_sql(sql, (prefix, prefix))}


def add_known(connection: Connection, replica: bytes, prefix: str, letter: str) -> None:
    """Know another laptop's prefix and letter, so that neither is given twice."""
    connection.exec_driver_sql(
        "INSERT INTO replica (id, prefix, letter, own, last_seq, last_hlc, last_action, last_code, token)"
        " VALUES (?, ?, ?, 0, 0, 0, 0, 0, '')"
        " ON CONFLICT (id) DO UPDATE SET prefix = excluded.prefix, letter = excluded.letter"
        " WHERE own = 0 AND token = ''",
        (replica, prefix, letter),
    )


def taken(connection: Connection, prefix: str, letter: str, replica: bytes, peer: int) -> bool:
    """Whether another laptop than this ``replica`` (a peer of that number, 0 for none yet) has prefix and letter."""
    sql = (
        "SELECT 1 FROM peer WHERE prefix = ? AND letter = ? AND number <> ? UNION ALL"
        " SELECT 1 FROM replica WHERE prefix = ? AND letter = ? AND id <> ? LIMIT 1"
    )
    return connection.exec_driver_sql(sql, (prefix, letter, peer, prefix, letter, replica)).first() is not None


def take_letter(connection: Connection, letter: str) -> None:
    """From now on codes made here bear this letter; those given before stay, and the counter goes on."""
    connection.exec_driver_sql("UPDATE replica SET letter = ? WHERE own = 1", (letter,))


def renew(connection: Connection) -> Replica:
    """A new replica with the next letter of the same prefix, for a copy or a restored backup; says whom it replaces.

    Its packages are numbered from the first: a counterpart that meets it would miss the numbers of the one before.
    """
    present = own(connection)
    value = json.dumps([*replaced(connection), present.id.hex()])
    connection.exec_driver_sql("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", (_REPLACES, value))
    connection.exec_driver_sql("UPDATE peer SET file_no = 0, last_file = x''")
    return add_own(connection, present.prefix, next_letter(letters(connection, present.prefix)))


def replaced(connection: Connection) -> list[str]:
    """Replica ids (hex) that this workspace had before it was copied or restored, in order."""
    row = connection.exec_driver_sql("SELECT value FROM setting WHERE name = ?", (_REPLACES,)).first()
    found: list[str] = json.loads(row[0]) if row else []
    return found


def _known() -> dict[str, dict[str, object]]:
    try:
        found = json.loads(places.tokens_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def matches(connection: Connection, folder: Path) -> bool:
    """Whether this machine made the replica, at this place, and has seen nothing newer of it."""
    row = connection.exec_driver_sql("SELECT id, token, last_seq FROM replica WHERE own = 1").one()
    entry = _known().get(bytes(row[0]).hex())
    if not isinstance(entry, dict):
        return False
    seq = entry.get("seq")
    same = entry.get("token") == row[1] and entry.get("path") == str(folder.resolve())
    return same and isinstance(seq, int) and seq <= row[2]


def remember(connection: Connection, folder: Path) -> None:
    """Note on this machine what :func:`matches` will ask for.

    Raises:
        OSError: the place for program data cannot be written.
    """
    row = connection.exec_driver_sql("SELECT id, token, last_seq FROM replica WHERE own = 1").one()
    known = _known()
    entry = {"token": row[1], "path": str(folder.resolve()), "seq": row[2]}
    if known.get(bytes(row[0]).hex()) != entry:
        known[bytes(row[0]).hex()] = entry
        places.write_safely(places.tokens_file(), json.dumps(known, indent=1).encode())

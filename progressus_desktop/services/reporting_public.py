"""What leaves the project: texts without the names, addresses and telephones of the people we know."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from progressus_desktop.domain.naming import Names
from progressus_desktop.services.reporting_source import Snapshot
from progressus_desktop.words import _

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_TELEPHONE = re.compile(r"\+?\d(?:[ -]?\d){6,14}")
_NATIONAL = 9
"""A Polish number without its country has nine digits."""


class Public:
    """Makes texts public and counts what it left out."""

    def __init__(self, snapshot: Snapshot) -> None:
        run = snapshot.connection.exec_driver_sql
        people = [
            (row[0] or "", row[1] or "")
            for table in ("person", "user")
            for row in run(f'SELECT first_name, last_name FROM "{table}" WHERE deleted = 0')
        ]
        self._names = Names(people)
        self._addresses = {
            str(row[0]).lower()
            for sql in ("SELECT email FROM contact_emails", 'SELECT email FROM "user" WHERE deleted = 0')
            for row in run(sql)
            if row[0]
        }
        self._telephones = {
            _digits(str(row[0]))
            for sql in ("SELECT phone FROM contact_phones", 'SELECT phone FROM "user" WHERE deleted = 0')
            for row in run(sql)
            if row[0]
        }
        self.left_out = 0

    def text(self, text: str) -> str:
        """``text`` without names, addresses and telephones of known people; signs in brackets stand for them."""
        found, number = self._names.without(text, _("[name]"))
        self.left_out += number
        found = "".join(self._parts(found, _ADDRESS, _("[e-mail]"), lambda each: each.lower() in self._addresses))
        return "".join(self._parts(found, _TELEPHONE, _("[telephone]"), lambda each: _digits(each) in self._telephones))

    def _parts(self, text: str, wanted: re.Pattern[str], instead: str, known: Callable[[str], bool]) -> Iterator[str]:
        end = 0
        for match in wanted.finditer(text):
            if known(match.group()):
                self.left_out += 1
                yield text[end : match.start()]
                yield instead
                end = match.end()
        yield text[end:]


def _digits(number: str) -> str:
    return "".join(each for each in number if each.isdigit())[-_NATIONAL:]

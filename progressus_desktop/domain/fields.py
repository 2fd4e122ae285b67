"""The vocabulary in which every record type is declared once.

Forms, tables, CSV, PDF, help, validation, storage and merge are all derived from these
declarations. Labels are English messages; the Polish words are in the catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol

from progressus_desktop.words import N_, NN_, Message

ANY = "any"
"""The target of a reference that may name a record of any type."""

Values = Mapping[str, Any]
"""A record's fields in their one form above the log, which is the JSON form of the command line.

text, date, time, code, gmina, reference: ``str`` · integer: ``int`` · boolean: ``bool`` ·
set: sorted ``list[str]`` · matrix: ``{row: {column: int}}`` · map: list of objects holding their
key under ``Field.key_name`` · rows: list of objects in order, each with ``key`` (8 hex digits).
Nothing entered: the name is absent. Text that could not be read as its type: ``{"?": text}``.
"""


class Type(StrEnum):
    """Kinds of value. The merge kind follows from it (exchange.md, section 1)."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    PARTIAL_DATE = "partial_date"
    TIME = "time"
    CODE = "code"
    REFERENCE = "reference"
    GMINA = "gmina"
    NIP = "nip"
    REGON = "regon"
    KRS = "krs"
    POSTAL_CODE = "postal_code"
    PHONE = "phone"
    EMAIL = "email"
    URL = "url"
    HASH = "hash"
    CODES = "codes"
    REFERENCES = "references"
    MATRIX = "matrix"
    MAP = "map"
    ROWS = "rows"


class Merge(StrEnum):
    """How concurrent values of a field meet."""

    SCALAR = "scalar"
    MATRIX = "matrix"
    SET = "set"
    MAP = "map"
    ROWS = "rows"


_MERGE = {
    Type.CODES: Merge.SET,
    Type.REFERENCES: Merge.SET,
    Type.MATRIX: Merge.MATRIX,
    Type.MAP: Merge.MAP,
    Type.ROWS: Merge.ROWS,
}


class PersonalData(StrEnum):
    """Class of personal data a field holds."""

    NONE = "-"
    ORGANISATION = "O"
    PERSONAL = "P"
    SPECIAL = "S"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record type.

    ``codes`` names the code list of a CODE or CODES field, of a MAP's key or of a MATRIX's rows;
    ``columns`` that of a matrix's columns; ``target`` the entity a reference names; ``parts``
    the fields of a map item or a row; ``key_name`` the name under which a map item carries its
    key; ``section`` the page of the form (``section_basics`` is ``"basics"``); ``more`` puts the field
    under "Więcej pól"; ``column`` is its place among table columns (0: not a column). Nobody types what is
    ``by_program``: a verb of its own writes it. Where the codes of a map's first part are ``strict``, mildest first,
    the strictest of concurrent items holds until a person decides, whoever wrote last.
    """

    name: str
    type: Type
    label: str
    help: str = ""
    required: bool = False
    codes: str = ""
    columns: str = ""
    target: str = ""
    parts: tuple[Field, ...] = ()
    key_name: str = ""
    section: str = ""
    more: bool = False
    personal: PersonalData = PersonalData.NONE
    office_only: bool = False
    by_program: bool = False
    strict: tuple[str, ...] = ()
    searchable: bool = False
    column: int = 0
    example: str = ""
    merge: Merge = field(init=False, repr=False, compare=False)
    """The merge kind of its type."""

    def __post_init__(self) -> None:
        """Look the merge kind up once."""
        object.__setattr__(self, "merge", _MERGE.get(self.type, Merge.SCALAR))


class Level(StrEnum):
    """Errors block ready; warnings do not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something about a record that a person should see, bound to one field; ``record`` may be the same as this one."""

    field: str
    level: Level
    code: str
    message: Message
    record: str = ""


class Lookup(Protocol):
    """Read access to other live records, given to rules and derived values."""

    def record(self, entity: str, record_id: str) -> Values | None:
        """Fields of that record (with ``id``, ``code``, ``entry``), or None if absent or deleted.

        Of the type ``ANY`` the record is looked for among all types and says its own as ``entity``.
        """

    def linked(self, entity: str, name: str, record_id: str, only: Sequence[str] = ()) -> Iterable[Values]:
        """Live records of ``entity`` whose reference field ``name`` holds ``record_id``.

        ``only`` names the fields that are wanted: a partner may be named by thousands of events.
        """

    def newest(self, entity: str, name: str, record_id: str, where: tuple[str, str] | None = None) -> str | None:
        """The newest full ``date`` of live records of ``entity`` whose field ``name`` holds ``record_id``.

        ``where`` is a field and the code that it must hold.
        """

    def project(self) -> Values:
        """Fields of the workspace's project, empty if there is none."""

    def own_organisation(self) -> str:
        """Id of the organisation this workspace belongs to, empty if none."""


@dataclass(frozen=True, slots=True)
class Derived:
    """A value computed from a record, kept as a column because lists sort or filter by it.

    ``needs`` names what else it is computed from, as ``"entity.field"`` of the records that refer
    to this one; ``follows`` names its own reference fields, when it is computed from the records they
    name. Either way it is computed again in the same transaction. It must not depend on today.
    ``codes`` names the code list of a CODE (its own name if there is one of that name).
    """

    name: str
    type: Type
    label: str
    compute: Callable[[Values, Lookup], Any]
    needs: tuple[str, ...] = ()
    follows: tuple[str, ...] = ()
    codes: str = ""
    column: int = 0

    def as_field(self) -> Field:
        """The same as a field, for whoever shows values."""
        codes = self.codes or (self.name if self.type is Type.CODE else "")
        return Field(self.name, self.type, self.label, codes=codes, column=self.column)


@dataclass(frozen=True, slots=True)
class ListWords:
    """What lists and buttons say of a record type.

    ``counted`` is one and many; ``filter`` stands in the empty filter; ``empty``, ``what`` and ``gains``
    make the page that has no record yet (``gain`` is the head of ``gains``).
    """

    new: str = N_("&New")
    counted: tuple[str, str] = NN_("{n} entry", "{n} entries")
    removed: str = N_("Moved to the bin.")
    filter: str = N_("Filter")
    empty: str = N_("There is nothing here yet")
    what: str = ""
    gain: str = ""
    gains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A page of the form."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Through:
    """A filter by what other records say: those of ``entity`` name a record in ``by`` and the value in ``name``.

    Where ``since`` and ``until`` name dates they count on the days between the two only.
    """

    name: str
    entity: str
    by: str
    since: str = ""
    until: str = ""


def _no_rules(_values: Values, _lookup: Lookup) -> Iterable[Problem]:
    return ()


def _no_day(_values: Values) -> date | None:
    return None


def _nothing(_today: date, _organisation: str) -> Values:
    return {}


@dataclass(frozen=True, slots=True)
class Entity:
    """A record type.

    ``title`` names the fields that make its name on screen, in order; ``coded`` gives it human
    codes; ``ready_by_person`` keeps it a draft until a person marks it ready; ``rules`` checks
    across fields; ``day`` gives the date by which search orders it; ``tags`` gives the tokens
    of low-cardinality filters (``"kind:workshop"``); ``order`` is the default sort column
    (``"-date"`` falls); ``icon`` is a Lucide name; ``required`` are the fields that a ready record needs.
    ``start`` gives what a new record begins with in a
    form, from today and the own organisation's id; those of ``assumed`` are taken for a script too.
    ``unique`` names fields that together should name one record: a second one is hinted at.
    ``office`` records belong to the project office whoever writes them. ``identity`` gives the id that
    follows from a record's values, empty while they do not say it yet, so that two laptops make one record.
    Marking a ``frozen`` one as ready keeps a version of it that never changes.
    ``within`` names the reference whose record's space a new one takes; without it that of the person who writes.
    ``through`` are filters by records that name it.
    """

    name: str
    label: str
    plural: str
    fields: tuple[Field, ...]
    title: tuple[str, ...]
    sections: tuple[Section, ...] = ()
    derived: tuple[Derived, ...] = ()
    coded: bool = False
    ready_by_person: bool = False
    rules: Callable[[Values, Lookup], Iterable[Problem]] = _no_rules
    day: Callable[[Values], date | None] = _no_day
    tags: tuple[str, ...] = ()
    order: str = ""
    icon: str = "file-text"
    words: ListWords = ListWords()
    start: Callable[[date, str], Values] = _nothing
    assumed: tuple[str, ...] = ()
    unique: tuple[tuple[str, ...], ...] = ()
    office: bool = False
    identity: Callable[[Values], str] | None = None
    frozen: bool = False
    within: str = ""
    through: tuple[Through, ...] = ()
    required: tuple[Field, ...] = field(init=False, repr=False, compare=False)
    named: Mapping[str, Field] = field(init=False, repr=False, compare=False)
    """Its fields by name."""

    def __post_init__(self) -> None:
        """Index the fields by name once."""
        object.__setattr__(self, "named", {f.name: f for f in self.fields})
        object.__setattr__(self, "required", tuple(f for f in self.fields if f.required))

    def field(self, name: str) -> Field:
        """The field called ``name``.

        Raises:
            KeyError: there is no such field.
        """
        return self.named[name]

    def has(self, name: str) -> bool:
        """Whether there is a field called ``name``."""
        return name in self.named

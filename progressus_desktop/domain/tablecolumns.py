"""The columns of a record type as a table for a spreadsheet: heads when written, recognised again when read.

A scalar or a set is one column, a matrix one a cell, a map with fixed keys one a key (domain.md, section 12).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from progressus_desktop.domain import catalog, codelists
from progressus_desktop.domain.fields import ANY, Derived, Entity, Field, Merge, PersonalData, Type
from progressus_desktop.domain.sorting import fold
from progressus_desktop.words import LANGUAGES, N_, _, speaking

_PEOPLE = frozenset({PersonalData.PERSONAL, PersonalData.SPECIAL})
_ALSO = {"note": ("uwagi", "komentarz", "remarks")}
"""Heads that old tables give a field, beside its label."""
SHORTEST = 3
"""Letters of a head that are enough to recognise a column by its beginning."""


class Kind(StrEnum):
    """What a column is: about the record itself, a value, or something worked out, which is only read."""

    ID = "id"
    VERSION = "version"
    CODE = "code"
    ENTRY = "entry"
    VALUE = "value"
    CELL = "cell"
    ITEM = "item"
    PART = "part"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column. ``row`` and ``cell`` name the place in a matrix, ``row`` alone the key of a map or a row's part.

    Columns are told apart as objects: one table has each of its columns once.
    """

    kind: Kind
    field: Field
    row: str = ""
    cell: str = ""

    @property
    def name(self) -> str:
        """Its name for scripts: ``title``, ``participants.pwd.f``, ``topics.T1``."""
        return ".".join(part for part in (self.field.name, self.row, self.cell) if part)

    @property
    def head(self) -> str:
        """Its head in the language in force; ``id`` and ``version`` are the same in each."""
        if self.kind in {Kind.ID, Kind.VERSION}:
            return self.field.name
        label = _(self.field.label)
        if self.kind is Kind.CELL:
            place = f"{codelists.word(self.field.codes, self.row)}, {codelists.word(self.field.columns, self.cell)}"
            return f"{label}: {place}"
        if self.kind is Kind.PART:
            return f"{label}: {_(next(part.label for part in self.field.parts if part.name == self.row))}"
        return f"{label}: {codelists.word(self.field.codes, self.row)}" if self.kind is Kind.ITEM else label

    @property
    def is_read(self) -> bool:
        """Whether an import takes what stands in it."""
        return self.kind in {Kind.VALUE, Kind.CELL, Kind.ITEM}


ID = Column(Kind.ID, Field("id", Type.TEXT, "id"))
VERSION = Column(Kind.VERSION, Field("version", Type.TEXT, "version"))
CODE = Column(Kind.CODE, Field("code", Type.TEXT, N_("Code")))
ENTRY = Column(Kind.ENTRY, Field("entry", Type.CODE, N_("Entry state"), codes="entry"))
KEY = Column(Kind.ID, Field("key", Type.TEXT, "key"))


def columns(of: Entity, *, personal: bool = True, first: Sequence[str] = ()) -> tuple[Column, ...]:
    """All columns of a record type; the fields ``first`` lead in their order. A reader gets no personal data."""
    found = [ID, VERSION, *([CODE] if of.coded else []), ENTRY]
    fields = [each for each in of.fields if personal or not is_personal(each)]
    computed = [each for each in of.derived if personal or not _computed_of_people(of, each)]
    by_name: dict[str, Field | Derived] = {each.name: each for each in computed}
    by_name |= {each.name: each for each in fields}
    leading = [by_name[name] for name in first if name in by_name]
    others: list[Field | Derived] = [*fields, *computed]
    for each in leading + [other for other in others if other not in leading]:
        found += _of_field(each) if isinstance(each, Field) else [Column(Kind.DERIVED, _as_field(each))]
    return tuple(found)


def is_personal(of: Field) -> bool:
    """Whether a reader may not take this field out: personal data, or what shows somebody's name."""
    return of.personal in _PEOPLE or _names_people(of.target)


def _names_people(target: str) -> bool:
    """Whether the name of such a record may be somebody's name."""
    if target == ANY:
        return True
    titles = [catalog.ENTITIES[target].field(name) for name in catalog.ENTITIES[target].title] if target else []
    return any(each.personal in _PEOPLE for each in titles)


def _computed_of_people(of: Entity, derived: Derived) -> bool:
    return any(is_personal(of.field(name)) for name in derived.follows)


def _as_field(derived: Derived) -> Field:
    codes = derived.name if derived.type is Type.CODE and codelists.exists(derived.name) else ""
    return Field(derived.name, derived.type, derived.label, codes=codes)


def _of_field(of: Field) -> list[Column]:
    if of.merge is Merge.ROWS:
        return []
    if of.merge is Merge.MATRIX:
        rows, cells = codelists.codes(of.codes), codelists.codes(of.columns)
        return [Column(Kind.CELL, of, row, cell) for row in rows for cell in cells]
    if of.merge is Merge.MAP:
        return [Column(Kind.ITEM, of, key) for key in codelists.codes(of.codes)] if of.codes else []
    # What a file's content is called is no value that a spreadsheet could change.
    return [Column(Kind.DERIVED if of.type is Type.HASH else Kind.VALUE, of)]


def sheets(of: Entity, *, personal: bool = True) -> tuple[Field, ...]:
    """The fields whose rows are a sheet of their own."""
    return tuple(f for f in of.fields if f.merge is Merge.ROWS and (personal or not is_personal(f)))


def row_columns(of: Field, *, personal: bool = True) -> tuple[Column, ...]:
    """The columns of a sheet of rows: the record, the row's key, its parts."""
    parts = (part for part in of.parts if personal or not is_personal(part))
    return (ID, KEY, *(Column(Kind.VALUE, part) for part in parts))


def plain(text: str) -> str:
    """A head as heads are compared: letters and digits only, case and Polish marks forgiven."""
    return "".join(char for char in fold(text) if char.isalnum())


def _spellings(column: Column) -> Iterator[str]:
    yield column.name
    if column.kind is Kind.VALUE:
        yield column.field.name.replace("_", " ")
        yield from _ALSO.get(column.field.name, ())
    for language in LANGUAGES:
        with speaking(language):
            yield column.head
            if "(" in column.head:
                yield column.head.partition("(")[0]


def recognised(every: Sequence[Column], heads: Sequence[str]) -> list[Column | None]:
    """The column of each head, by Polish or English label, by name, or by how it begins; None for a strange one."""
    known: dict[str, Column] = {}
    for column in sorted(every, key=lambda each: not each.is_read):
        for spelling in _spellings(column):
            known.setdefault(plain(spelling), column)
    found = [known.get(plain(head)) for head in heads]
    taken = {column for column in found if column is not None}
    for place, head in enumerate(heads):
        if found[place] is None:
            guess = _by_beginning(known, plain(head))
            if guess is not None and guess not in taken:
                found[place] = guess
                taken.add(guess)
    return _without_repeats(found)


def _by_beginning(known: Mapping[str, Column], head: str) -> Column | None:
    """The one column whose label begins with the head ("tel"), else the longest that the head begins with."""
    if len(head) < SHORTEST:
        return None
    longer = {column for spelling, column in known.items() if spelling.startswith(head)}
    if len(longer) == 1:
        return longer.pop()
    shorter = [spelling for spelling in known if len(spelling) >= SHORTEST and head.startswith(spelling)]
    return known[max(shorter, key=len)] if shorter else None


def _without_repeats(found: list[Column | None]) -> list[Column | None]:
    """The first of two equal heads counts."""
    seen: set[Column] = set()
    out: list[Column | None] = []
    for column in found:
        out.append(None if column in seen else column)
        if column is not None:
            seen.add(column)
    return out

"""What erasing records for good would take along, what would stay, and who would have to be told: said before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from progressus_desktop.domain import catalog
from progressus_desktop.exchange import peers
from progressus_desktop.services import erasure
from progressus_desktop.store import media, query
from progressus_desktop.store.workspace import Workspace

_NAMES_PERSON = ("contact", "participant")
"""Record types whose personal data stand in the person they name."""

_MOST_LISTED = 1_000


@dataclass(frozen=True, slots=True)
class Outlook:
    """Before an erasure. ``goes`` counts by record type what is erased, ``files`` the pictures and papers among it.

    ``listed`` are rows of attendance lists that stay without a name, ``published`` the places where a photo was
    published, ``laptops`` those that have to be told by a package.
    """

    entity: str
    ids: tuple[str, ...]
    titles: tuple[str, ...]
    goes: tuple[tuple[str, int], ...]
    files: int
    listed: int
    published: tuple[str, ...]
    laptops: int

    @property
    def records(self) -> int:
        """How many records are erased."""
        return sum(count for _entity, count in self.goes)


def subject(ws: Workspace, entity: str, record_id: str) -> tuple[str, str]:
    """What is erased when a person asks at this record: of a contact or a row of an attendance list, its person."""
    record = query.get(ws, entity, record_id) if entity in _NAMES_PERSON else None
    person = record.fields.get("person") if record is not None else None
    if isinstance(person, str) and query.get(ws, "person", person) is not None:
        return "person", person
    return entity, record_id


def of(ws: Workspace, entity: str, ids: Iterable[str]) -> Outlook:
    """What erasing these records of one type would do; writes nothing.

    Raises:
        AccessError: the role does not allow it, or a tester's record was sent already.
        NotFoundError: there is no such record.
    """
    chosen = tuple(dict.fromkeys(ids))
    titles = tuple(query.title(ws, entity, each) for each in chosen)
    pairs = dict.fromkeys(pair for each in chosen for pair in erasure.affected(ws, entity, each))
    records = [erasure.allowed(ws, *pair) for pair in pairs]
    counts = Counter(each.entity for each in records)
    files = {str(sha) for each in records for name in media.fields_of(each.entity) if (sha := each.fields.get(name))}
    listed = {
        row.id for each in records if each.entity == "person"
        for row in query.linked(ws, "participant", "person", each.id, _MOST_LISTED)
    }  # fmt: skip
    published = dict.fromkeys(
        str(row["link"]) for each in records if each.entity == "photo"
        for row in each.fields.get("published") or () if row.get("link")
    )  # fmt: skip
    with ws.reading() as connection:
        laptops = sum(bool(each.sign_key) for each in peers.every(connection))
    order = [name for name in catalog.ENTITIES if name in counts]
    goes = tuple((name, counts[name]) for name in order)
    return Outlook(entity, chosen, titles, goes, len(files), len(listed), tuple(published), laptops)

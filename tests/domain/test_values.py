"""Values and log keys: there and back, and only what changed is written."""

from __future__ import annotations

from itertools import count
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from progressus_desktop.domain import catalog, codelists
from progressus_desktop.domain.fields import Field, Merge, Type
from progressus_desktop.domain.values import diff, from_keys, is_unread, normal, same, to_keys, with_keys

EVENT = catalog.entity("event")
AGENDA = EVENT.field("agenda")
TOPICS = EVENT.field("topics")
PARTNERS = EVENT.field("partners")
PEOPLE = EVENT.field("participants")
ALL_FIELDS = [field for entity in catalog.ENTITIES.values() for field in entity.fields]
texts = st.text(min_size=1, max_size=12)
row_keys = st.text("0123456789abcdef", min_size=8, max_size=8)


def part_value(field: Field) -> st.SearchStrategy[Any]:
    if field.merge is Merge.SET:
        items = st.sampled_from(codelists.codes(field.codes)) if field.codes else texts
        return st.lists(items, min_size=1, unique=True).map(sorted)
    if field.type is Type.INTEGER:
        return st.integers(0, 10**6)
    if field.type is Type.BOOLEAN:
        return st.booleans()
    if field.type is Type.CODE:
        return st.sampled_from(codelists.codes(field.codes))
    return texts


def parts_of(field: Field) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional={part.name: part_value(part) for part in field.parts})


@st.composite
def value_of(draw: st.DrawFn, field: Field) -> Any:
    if draw(st.integers(0, 9)) == 0:
        return None
    if field.merge is Merge.MATRIX:
        cells = st.dictionaries(st.sampled_from(codelists.codes(field.columns)), st.integers(0, 10**6), min_size=1)
        return draw(st.dictionaries(st.sampled_from(codelists.codes(field.codes)), cells, min_size=1))
    if field.merge is Merge.MAP:
        order = codelists.codes(field.codes) if field.codes else ("image:all", "image:p1", "mailing:all")
        chosen = draw(st.lists(st.sampled_from(order), min_size=1, unique=True))
        return [{field.key_name: key, **draw(parts_of(field))} for key in order if key in chosen]
    if field.merge is Merge.ROWS:
        keys = draw(st.lists(row_keys, min_size=1, max_size=6, unique=True))
        return [{"key": key, **draw(parts_of(field))} for key in keys]
    return draw(part_value(field))


field_and_values = st.sampled_from(ALL_FIELDS).flatmap(
    lambda field: st.tuples(st.just(field), value_of(field), value_of(field))
)


@given(field_and_values)
def test_a_value_comes_back_from_its_keys(case: tuple[Field, Any, Any]) -> None:
    field, value, _ = case
    assert from_keys(field, to_keys(field, value)) == value


@given(field_and_values)
def test_writing_the_difference_gives_the_new_value(case: tuple[Field, Any, Any]) -> None:
    field, before, after = case
    keys = diff(field, {}, before)
    changes = diff(field, keys, after)
    assert from_keys(field, keys | changes) == after
    assert diff(field, keys | changes, after) == {}


@given(st.lists(st.permutations(list(range(6))), min_size=1, max_size=4))
def test_rows_keep_the_order_given_through_any_moves(orders: list[list[int]]) -> None:
    rows = [{"key": f"0000000{n}", "item": str(n)} for n in range(6)]
    keys: dict[str, Any] = {}
    for order in orders:
        wanted = [rows[n] for n in order]
        keys |= diff(AGENDA, keys, wanted)
        assert from_keys(AGENDA, keys) == wanted


def test_a_row_put_between_two_leaves_the_others_untouched() -> None:
    keys = diff(AGENDA, {}, [{"item": "a"}, {"item": "b"}])
    a, b = from_keys(AGENDA, keys)
    changes = diff(AGENDA, keys, [a, {"item": "c"}, b])
    assert [value["item"] for value in changes.values()] == ["c"]
    moved = diff(AGENDA, keys, [b, a])
    assert len(moved) == 1


def test_rows_between_neighbours_without_room_are_numbered_anew() -> None:
    numbers = count()
    rows: list[dict[str, Any]] = [{"key": "aaaaaaaa", "item": "first"}, {"key": "bbbbbbbb", "item": "last"}]
    keys = diff(AGENDA, {}, rows)
    for n in range(30):
        rows.insert(1, {"key": f"{n:08x}", "item": str(n)})
        keys |= diff(AGENDA, keys, rows, lambda: f"{next(numbers):08x}")
        assert from_keys(AGENDA, keys) == rows


def test_a_row_without_a_key_but_with_equal_content_keeps_its_key() -> None:
    before = [{"key": "11111111", "item": "wstęp"}, {"key": "22222222", "item": "praca w grupach"}]
    after = with_keys(AGENDA, [{"item": "praca w grupach"}, {"item": "nowe"}], before, lambda: "99999999")
    assert after == [{"key": "22222222", "item": "praca w grupach"}, {"key": "99999999", "item": "nowe"}]


def test_two_equal_rows_get_keys_of_their_own() -> None:
    fresh = (f"{n:08x}" for n in count())
    after = with_keys(AGENDA, [{"item": "przerwa"}, {"item": "przerwa"}], None, lambda: next(fresh))
    assert len({row["key"] for row in after}) == 2
    twice = with_keys(AGENDA, [{"key": "11111111", "item": "a"}, {"key": "11111111", "item": "b"}], None)
    assert len({row["key"] for row in twice}) == 2


def test_a_missing_row_item_and_map_key_is_taken_away() -> None:
    keys = diff(AGENDA, {}, [{"key": "11111111", "item": "a"}, {"key": "22222222", "item": "b"}])
    assert diff(AGENDA, keys, [{"key": "22222222", "item": "b"}]) == {"agenda/11111111": None}
    keys = diff(PARTNERS, {}, ["p1", "p2"])
    assert diff(PARTNERS, keys, ["p2", "p3"]) == {"partners/p1": None, "partners/p3": True}
    keys = diff(TOPICS, {}, [{"topic": "T1", "depth": "mentioned"}])
    assert diff(TOPICS, keys, None) == {"topics/T1": None}


def test_keys_are_those_of_the_exchange_format() -> None:
    assert to_keys(PEOPLE, {"pwd": {"f": 5}}) == {"participants": {"pwd": {"f": 5}}}
    assert to_keys(PARTNERS, ["b", "a", "b"]) == {"partners/a": True, "partners/b": True}
    topic = {"topic": "T1", "depth": "presented", "audience": ["pwd", "employer"]}
    assert to_keys(TOPICS, [topic]) == {"topics/T1": {"depth": "presented", "audience": ["employer", "pwd"]}}


def test_equal_values_in_other_clothes_are_no_change() -> None:
    keys = diff(TOPICS, {}, [{"topic": "T3", "audience": ["employer", "pwd"]}, {"topic": "T1", "depth": "workshop"}])
    again = [
        {"topic": "T1", "depth": "workshop", "aspects": []},
        {"topic": "T3", "audience": ["pwd", "employer", "pwd"]},
    ]
    assert diff(TOPICS, keys, again) == {}


def test_text_that_could_not_be_read_lives_under_the_fields_name() -> None:
    unread = {"?": "chyba trzech"}
    for field in (EVENT.field("date"), PEOPLE, PARTNERS, AGENDA):
        keys = diff(field, {}, unread)
        assert keys == {field.name: unread}
        assert is_unread(from_keys(field, keys))
        assert diff(field, keys, None) == {field.name: None}


def test_true_is_not_one_and_lists_compare_by_content() -> None:
    assert not same(True, 1)
    assert not same({"a": 0}, {"a": False})
    assert same({"a": [1, "x"]}, {"a": (1, "x")})


def test_normal_form_sorts_and_drops_what_is_empty() -> None:
    assert normal(PARTNERS, ["b", "a"]) == ["a", "b"]
    assert normal(PEOPLE, {"pwd": {"f": None}, "media": {}}) is None
    assert normal(AGENDA, [{"item": "a", "speaker": ""}]) == [{"item": "a"}]
    assert normal(EVENT.field("title"), "") is None

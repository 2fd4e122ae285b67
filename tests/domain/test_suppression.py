"""No published number, and no sum of published numbers, gives back how few people with disabilities there were."""

from __future__ import annotations

from itertools import product

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from progressus_desktop.domain.suppression import LARGEST_SMALL, TOTAL, Key, Published, published

SEXES = ("f", "m", "x")
Matrix = dict[str, dict[str, int]]


def cells(most: int) -> st.SearchStrategy[dict[str, int]]:
    return st.fixed_dictionaries({}, optional={sex: st.integers(0, most) for sex in SEXES})


def matrices(most: int) -> st.SearchStrategy[Matrix]:
    return st.fixed_dictionaries(
        {"pwd": cells(most)}, optional={"ngo_staff": cells(most), "employer": cells(most), "media": cells(most)}
    )


def small(found: Published) -> list[Key]:
    return [key for key, number in found.numbers.items() if key[0] == "pwd" and number <= LARGEST_SMALL]


def tables_that_agree(found: Published, most: int) -> list[dict[Key, int]]:
    """What a reader who adds and subtracts all day can find: every table with the published numbers."""
    inner = [key for key in found.numbers if TOTAL not in key]
    choices = [range(1, most + 1) if key in found.hidden else [found.numbers[key]] for key in inner]
    agreeing = []
    for values in product(*choices):
        table = dict(zip(inner, values, strict=True))
        for row, column in found.numbers:
            if TOTAL in {row, column}:
                table[row, column] = sum(
                    number for (r, c), number in table.items()
                    if TOTAL not in {r, c} and row in {TOTAL, r} and column in {TOTAL, c}
                )  # fmt: skip
        if all(table[key] == number for key, number in found.numbers.items() if key not in found.hidden):
            agreeing.append(table)
    return agreeing


@given(matrices(5))
@settings(max_examples=100, deadline=None)
@example({"pwd": {"f": 2}})
@example({"pwd": {"f": 1, "m": 1}, "ngo_staff": {"f": 1, "m": 1}})
@example({"pwd": {"f": 1}, "ngo_staff": {"f": 5, "m": 5, "x": 5}})
@example({"pwd": {"f": 4, "m": 5}, "ngo_staff": {"m": 3}})
def test_a_reader_who_tries_every_table_cannot_tell_a_small_number(matrix: Matrix) -> None:
    found = published(matrix)
    # more would be too many tables to try one by one; the rule does not depend on their number
    assume(len([key for key in found.hidden if TOTAL not in key]) <= 5)
    agreeing = tables_that_agree(found, 6)
    for key in small(found):
        assert len({table[key] for table in agreeing}) > 1, (key, found)


@given(matrices(400))
@settings(max_examples=300, deadline=None)
def test_small_numbers_are_never_published_and_the_rest_is_true(matrix: Matrix) -> None:
    found = published(matrix)
    assert all(found.shown(*key) is None for key in small(found))
    for row, numbers in matrix.items():
        shown = found.shown(row)
        assert shown in {None, sum(numbers.values())}
        assert all(found.shown(row, sex) in {None, number} for sex, number in numbers.items())
    assert found.shown() in {None, sum(sum(numbers.values()) for numbers in matrix.values())}


@given(matrices(400))
@settings(max_examples=100, deadline=None)
def test_where_no_number_is_small_all_is_published(matrix: Matrix) -> None:
    large = {role: {sex: number + 5 for sex, number in numbers.items() if number} for role, numbers in matrix.items()}
    assert published(large).whole


def test_one_more_row_is_enough_where_there_is_one() -> None:
    found = published({"pwd": {"f": 3, "m": 6}, "ngo_staff": {"f": 20, "m": 10}, "employer": {"f": 7, "m": 8}})
    assert found.shown() == 54
    assert found.shown("ngo_staff", "f") == 20
    assert (found.shown("pwd"), found.shown("employer")) == (9, 15)
    assert found.hidden == {("pwd", "f"), ("pwd", "m"), ("employer", "f"), ("employer", "m")}


def test_two_people_alone_are_not_even_counted() -> None:
    found = published({"pwd": {"f": 2}})
    assert found.shown() is None
    assert found.shown("pwd") is None


def test_nobody_is_nobody() -> None:
    assert published({}).shown() == 0
    assert published({"pwd": {"f": 0}}).whole

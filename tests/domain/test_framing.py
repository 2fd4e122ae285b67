"""Rectangles that cut and mask a photo: what they mean, what is wrong with them, when a copy is out of date."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progressus_desktop.domain import framing
from progressus_desktop.domain.framing import WHOLE, Box, Frame, Mask, frame_of

BOXES = st.tuples(*[st.integers(0, 990)] * 2).flatmap(
    lambda at: st.builds(
        Box, st.just(at[0]), st.just(at[1]), st.integers(10, WHOLE - at[0]), st.integers(10, WHOLE - at[1])
    )
)
FRAMES = st.builds(
    Frame, st.none() | BOXES, st.lists(st.builds(Mask, BOXES, st.sampled_from(["", "osoba"]))).map(tuple)
)


@given(FRAMES)
def test_a_frame_comes_back_from_the_record_as_it_was(frame: Frame) -> None:
    values = {name: value for name, value in frame.values().items() if value}
    assert frame_of(values) == frame
    assert not list(framing.problems(values))
    assert framing.current({**values, "copy_framing": frame.fingerprint()})


@given(BOXES, st.integers(-2000, 2000), st.integers(-2000, 2000))
def test_a_rectangle_never_leaves_the_photo(box: Box, right: int, down: int) -> None:
    assert box.moved(right, down).fits()
    assert box.grown(right, down).fits()


@given(FRAMES, st.randoms())
def test_a_copy_is_the_same_whatever_the_order_and_the_names_of_its_masks(frame: Frame, rnd: Any) -> None:
    masks = [Mask(each.box, "inna") for each in frame.masks]
    rnd.shuffle(masks)
    assert Frame(frame.crop, tuple(masks)).fingerprint() == frame.fingerprint()


def test_a_copy_without_a_mask_it_shall_have_is_out_of_date() -> None:
    row = {"key": "0000000a", "left": 1, "top": 1, "width": 100, "height": 100}
    assert framing.current({})
    assert not framing.current({"masks": [row]})
    assert not framing.current({"copy_framing": "abc"})


@pytest.mark.parametrize(
    "row",
    [
        {"left": 950, "top": 0, "width": 100, "height": 100},
        {"left": 0, "top": 0, "width": 5, "height": 100},
        {"left": 0, "top": 0, "width": {"?": "sto"}, "height": 100},
        {"left": -5, "top": 0, "width": 100, "height": 100},
    ],
)
def test_a_mask_that_cannot_be_read_is_told_and_hides_the_whole_photo(row: dict[str, Any]) -> None:
    assert [each.code for each in framing.problems({"masks": [row]})] == ["mask"]
    assert frame_of({"masks": [row]}).masks == (Mask(Box(0, 0, WHOLE, WHOLE)),)


@pytest.mark.parametrize("crop", ["0 0 1000", "0 0 1001 10", "a b c d", "990 0 20 20", "0 0 9 9"])
def test_a_part_that_cannot_be_read_is_told(crop: str) -> None:
    assert [each.code for each in framing.problems({"crop": crop})] == ["crop"]
    assert frame_of({"crop": crop}).crop is None

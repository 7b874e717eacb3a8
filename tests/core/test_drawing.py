from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from approvalsim.drawing import Box, Edge, Layout, Line, Spacing, arrange

Sizes = dict[str, tuple[float, float]]
ROUNDING = 1e-6


@st.composite
def networks(draw: st.DrawFn) -> tuple[Sizes, list[Edge]]:
    """Boxes of many sizes, edges from earlier to later ones, both in any order."""
    names = [f"n{index}" for index in range(draw(st.integers(0, 14)))]
    pairs = list(combinations(names, 2))
    edges = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=40)) if pairs else []
    length = st.integers(1, 200).map(float)
    sizes = {name: (draw(length), draw(length)) for name in draw(st.permutations(names))}
    return sizes, edges


def overlap(a: Box, b: Box) -> bool:
    return (
        a.x < b.x + b.width - ROUNDING
        and b.x < a.x + a.width - ROUNDING
        and a.y < b.y + b.height - ROUNDING
        and b.y < a.y + a.height - ROUNDING
    )


def passes_through(line: Line, box: Box) -> bool:
    """Whether any stretch comes into the box, however it curves between its two ends."""
    for (x, y), (next_x, next_y) in pairwise(line.points):
        stretch = Box("", x, min(y, next_y), next_x - x, abs(next_y - y))
        if overlap(stretch, box):
            return True
    return False


def columns(layout: Layout) -> list[float]:
    return sorted({box.x for box in layout.boxes.values()})


@given(networks())
def test_boxes_keep_their_size_and_never_overlap(network: tuple[Sizes, list[Edge]]) -> None:
    sizes, edges = network
    layout = arrange(sizes, edges)

    assert {name: (box.width, box.height) for name, box in layout.boxes.items()} == sizes
    assert not any(overlap(a, b) for a, b in combinations(layout.boxes.values(), 2))


@given(networks())
def test_edges_go_from_left_to_right_between_their_boxes(network: tuple[Sizes, list[Edge]]) -> None:
    sizes, edges = network
    layout = arrange(sizes, edges)

    assert [(line.source, line.target) for line in layout.lines] == edges
    for line in layout.lines:
        source, target = layout.boxes[line.source], layout.boxes[line.target]
        (first_x, first_y), (last_x, last_y) = line.points[0], line.points[-1]
        assert first_x == source.x + source.width
        assert last_x == target.x
        assert source.y - ROUNDING <= first_y <= source.y + source.height + ROUNDING
        assert target.y - ROUNDING <= last_y <= target.y + target.height + ROUNDING
        assert all(x <= next_x for (x, _), (next_x, _) in pairwise(line.points))


@given(networks())
def test_lines_pass_through_no_box(network: tuple[Sizes, list[Edge]]) -> None:
    layout = arrange(*network)

    for line in layout.lines:
        assert not any(passes_through(line, box) for box in layout.boxes.values())


@given(networks(), st.floats(0, 80))
def test_lines_are_straight_and_apart_where_words_may_stand(
    network: tuple[Sizes, list[Edge]], word: float
) -> None:
    sizes, edges = network
    sizes = {name: (width, max(height, 400)) for name, (width, height) in sizes.items()}
    spacing = Spacing(word=word)
    layout = arrange(sizes, edges, spacing)

    for x in columns(layout):
        heights = []
        for line in layout.lines:
            for (here_x, y), (next_x, next_y) in pairwise(line.points):
                if here_x <= x - word / 2 < next_x:
                    assert word == 0 or y == next_y
                    heights.append(next_y)
        if word:
            heights.sort()
            gaps = [below - above for above, below in pairwise(heights)]
            assert min(gaps, default=spacing.lanes) >= spacing.lanes - ROUNDING


@given(networks())
def test_everything_lies_inside_the_layout_and_the_same_input_gives_the_same_layout(
    network: tuple[Sizes, list[Edge]],
) -> None:
    layout = arrange(*network)

    assert arrange(*network) == layout
    for box in layout.boxes.values():
        assert -ROUNDING <= box.x <= layout.width - box.width + ROUNDING
        assert -ROUNDING <= box.y <= layout.height - box.height + ROUNDING
    for line in layout.lines:
        assert all(-ROUNDING <= y <= layout.height + ROUNDING for _, y in line.points)


def test_each_box_stands_one_column_after_the_last_it_waits_for() -> None:
    sizes = dict.fromkeys("abcd", (100.0, 40.0))
    layout = arrange(sizes, [("a", "b"), ("b", "c"), ("a", "c"), ("a", "d")])

    x = {name: columns(layout).index(box.x) for name, box in layout.boxes.items()}
    assert x == {"a": 0, "b": 1, "c": 2, "d": 1}


def test_a_chain_is_drawn_level() -> None:
    sizes = {"a": (100.0, 40.0), "b": (80.0, 90.0), "c": (100.0, 20.0)}
    layout = arrange(sizes, [("a", "b"), ("b", "c")])

    assert {y for line in layout.lines for _, y in line.points} == {45.0}


def test_lines_that_need_not_cross_do_not() -> None:
    sizes = dict.fromkeys(["a", "b", "c", "z", "y", "x"], (50.0, 30.0))
    layout = arrange(sizes, [("a", "x"), ("b", "y"), ("c", "z")])

    order = sorted("abc", key=lambda name: layout.boxes[name].y)
    ends = sorted("xyz", key=lambda name: layout.boxes[name].y)
    assert [{"a": "x", "b": "y", "c": "z"}[name] for name in order] == ends


def test_edges_that_name_nothing_or_come_twice_are_passed_over() -> None:
    sizes = {"a": (10.0, 10.0), "b": (10.0, 10.0)}
    layout = arrange(sizes, [("a", "b"), ("a", "b"), ("a", "nothing")])

    assert [(line.source, line.target) for line in layout.lines] == [("a", "b")]


@pytest.mark.parametrize("edges", [[("a", "b"), ("b", "a")], [("a", "a")]])
def test_edges_in_a_circle_are_refused(edges: list[Edge]) -> None:
    with pytest.raises(ValueError, match="circle"):
        arrange({"a": (1.0, 1.0), "b": (1.0, 1.0)}, edges)


def test_no_boxes_take_no_room() -> None:
    assert arrange({}, []) == Layout(0.0, 0.0, {}, ())

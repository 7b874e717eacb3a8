"""Edits of TOML texts: what changes, and everything that does not."""

import tomllib
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from approvalsim.toml_edit import aligned, edited, in_order, rendered, rewritten, same, written

TEXT = """\
# Opening words.

top = 1 # first

# About a.
[t.a]
x = 1
y = { p = 1, d = 2022-01-04 } # a date in brackets

# Standing alone.

# About b.
[t.b]
x = 'literal' # kept as written
# z = 4 (for later)

[[list]]
id = "one"

# About two.
[[list]]
id = "two" # second
"""


def is_block(place: tuple[str | int, ...], value: Any) -> bool:
    """Tables of the first two levels and the list have headers."""
    return len(place) <= 2 if isinstance(value, dict) else place == ("list",)


def edit(**changes: Any) -> str:
    return edited(TEXT, {**tomllib.loads(TEXT), **changes}, is_block)


def tables(**changes: Any) -> dict[str, Any]:
    return {**tomllib.loads(TEXT)["t"], **changes}


def test_a_text_that_says_it_already_stays_as_it_is() -> None:
    assert edit() == TEXT


def test_a_value_changes_in_its_place() -> None:
    assert edit(top=2) == TEXT.replace("top = 1 #", "top = 2 #")


def test_spaces_after_dates_survive_a_change_elsewhere() -> None:
    # tomlkit alone would drop the space in "2022-01-04 }".
    a = {**tables()["a"], "x": 5}
    assert edit(t=tables(a=a)) == TEXT.replace("x = 1\n", "x = 5\n")


def test_a_table_on_one_line_that_gains_a_key_stays_on_one_line() -> None:
    a = tables()["a"]
    new = edit(t=tables(a={**a, "y": {"p": 1, "q": "new"}}))
    assert new == TEXT.replace("{ p = 1, d = 2022-01-04 }", '{ p = 1, q = "new" }')


def test_a_table_goes_with_the_comment_on_it_and_no_other() -> None:
    without_a = edit(t={"b": tables()["b"]})
    assert "About a" not in without_a
    assert "# Standing alone.\n\n# About b.\n[t.b]" in without_a
    without_b = edit(t={"a": tables()["a"]})
    assert "About b" not in without_b
    assert "# Standing alone.\n" in without_b


def test_a_comment_right_below_a_value_belongs_to_its_table() -> None:
    assert "for later" not in edit(t={"a": tables()["a"]})


def test_a_new_table_comes_after_its_neighbours() -> None:
    new = edit(t=tables(c={"x": 1}))
    assert "# z = 4 (for later)\n\n[t.c]\nx = 1\n\n[[list]]\n" in new


def test_elements_of_a_list_are_told_apart_by_their_id() -> None:
    one, two = tomllib.loads(TEXT)["list"]
    assert edit(list=[two]) == TEXT.replace('[[list]]\nid = "one"\n\n', "")
    new = edit(list=[{"id": "zero"}, one, {**two, "n": 1}])
    assert tomllib.loads(new)["list"] == [{"id": "zero"}, one, {**two, "n": 1}]
    assert '# About two.\n[[list]]\nid = "two" # second\nn = 1\n' in new


def test_tables_are_put_in_order_with_their_comments() -> None:
    wanted = {"t": {"b": {}, "a": {}}}
    new = in_order(TEXT, wanted)
    assert list(tomllib.loads(new)["t"]) == ["b", "a"]
    assert new.index("# About b.\n[t.b]") < new.index("# Standing alone.") < new.index("# About a.")
    assert in_order(new, {"t": {"b": {}, "a": {}}}) == new


def test_the_last_of_several_tables_may_be_replaced_by_another() -> None:
    text = "[s.x.after.a]\nk = 1\n"
    wanted = {"s": {"x": {"after": {"b": {"k": 2}}}}}
    new = edited(text, wanted, lambda place, _: len(place) != 5)
    assert new == "[s.x.after.b]\nk = 2\n"


def test_writing_anew_keeps_the_opening_comment() -> None:
    wanted = {"top": 1, "t": {"a": {"x": {"y": True}}}}
    assert rewritten(TEXT, wanted, is_block) == (
        "# Opening words.\n\ntop = 1\n\n[t.a]\nx = { y = true }\n"
    )


def test_kinds_matter_but_not_the_order_of_keys() -> None:
    assert same({"a": 1, "b": [1, {"c": 2.0}]}, {"b": [1, {"c": 2}], "a": 1})
    assert not same({"a": 1}, {"a": True})
    assert not same([1], [1, 2])


def test_lists_without_ids_are_aligned_by_content() -> None:
    a, b, c, d = ({"n": n} for n in "abcd")
    assert list(aligned([a, b, c], [a, c])) == [(0, 0), (1, None), (2, 1)]
    assert list(aligned([a, b], [a, d, c])) == [(0, 0), (1, 1), (None, 2)]
    assert list(aligned([], [a])) == [(None, 0)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (0.1, "0.1"),
        (True, "true"),
        ('say "yes"\n', '"say \\"yes\\"\\n"'),
        ({}, "{}"),
        ({"新": [1, "a"], "b c": {"d": False}}, '{ "新" = [1, "a"], "b c" = { d = false } }'),
    ],
)
def test_values_are_written_as_people_write_them(value: object, text: str) -> None:
    assert written(value) == text
    assert same(tomllib.loads(f"v = {text}")["v"], value)


keys = st.sampled_from(["a", "b", "c", "新", "x y", "t"])
scalars = st.integers(-9, 9) | st.booleans() | st.text(max_size=4) | st.dates()
trees = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3)
)
documents = st.dictionaries(keys, trees, max_size=4)


@settings(max_examples=300, deadline=None)
@given(before=documents, after=documents, depth=st.integers(0, 3))
def test_any_text_can_be_made_to_say_anything(
    before: dict[str, Any], after: dict[str, Any], depth: int
) -> None:
    def deep(place: tuple[str | int, ...], value: object) -> bool:
        return isinstance(value, dict) and len(place) <= depth

    text = rendered((), before, deep)
    assert same(tomllib.loads(text), before)
    assert same(tomllib.loads(edited(text, after, deep)), after)

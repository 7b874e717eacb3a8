"""Lines of keys, checked against a text whose lines say what they hold."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from approvalsim.toml_lines import headers_of, lines_of, nearest_line

TEXT = '''\
top = 1
"quoted key" . dotted = "a # b" # [no.header]
[table]
long = """
[not.a.header]
key = 1 \\""" still inside
"""
raw = \'\'\'
[neither]\'\'\'\'
after = [ # opens
  1, "]",
  { in = 2, "q q" = [
    3,
  ] }, # }
]
[[list]]
a = { b.c = 1, d = 2022-01-04 }
[list.inner]
x = 1
[[list]]
[[list.deep]]
y = 1
[[list.deep]]
y = 2 # the end'''


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_key_table_and_element_has_its_line(newline: str) -> None:
    lines = lines_of(TEXT.replace("\n", newline))
    assert lines == {
        ("top",): 1,
        ("quoted key",): 2,
        ("quoted key", "dotted"): 2,
        ("table",): 3,
        ("table", "long"): 4,
        ("table", "raw"): 8,
        ("table", "after"): 10,
        ("table", "after", 0): 11,
        ("table", "after", 1): 11,
        ("table", "after", 2): 12,
        ("table", "after", 2, "in"): 12,
        ("table", "after", 2, "q q"): 12,
        ("table", "after", 2, "q q", 0): 13,
        ("list",): 16,
        ("list", 0): 16,
        ("list", 0, "a"): 17,
        ("list", 0, "a", "b"): 17,
        ("list", 0, "a", "b", "c"): 17,
        ("list", 0, "a", "d"): 17,
        ("list", 0, "inner"): 18,
        ("list", 0, "inner", "x"): 19,
        ("list", 1): 20,
        ("list", 1, "deep"): 21,
        ("list", 1, "deep", 0): 21,
        ("list", 1, "deep", 0, "y"): 22,
        ("list", 1, "deep", 1): 23,
        ("list", 1, "deep", 1, "y"): 24,
    }


def test_headers_come_from_top_to_bottom() -> None:
    assert headers_of(TEXT) == [
        (3, ("table",)),
        (16, ("list", 0)),
        (18, ("list", 0, "inner")),
        (20, ("list", 1)),
        (21, ("list", 1, "deep", 0)),
        (23, ("list", 1, "deep", 1)),
    ]


def test_a_place_without_a_line_takes_that_of_what_is_around_it() -> None:
    lines = lines_of(TEXT)
    assert nearest_line(lines, ("list", 1, "deep", 0, "missing", "part")) == 21
    assert nearest_line(lines, ("nowhere",)) is None


def paths(value: object, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """The place of everything inside a parsed document."""
    entries = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    return {path} | {inner for key, entry in entries for inner in paths(entry, (*path, key))}


def test_a_whole_scenario_is_located_and_nothing_else() -> None:
    text = Path(__file__).with_name("example.toml").read_text(encoding="utf-8")
    assert set(lines_of(text)) == paths(tomllib.loads(text)) - {()}


values = st.recursive(
    st.integers()
    | st.booleans()
    | st.sampled_from(['"a"', "'#'", '"\\""', "2022-01-04", '"""\n"a"\n"""']),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda v: "[\n" + ",\n".join(map(_toml, v)) + "\n]")
        | st.dictionaries(st.sampled_from(["a", "b", '"c.d"']), inner, max_size=2).map(
            lambda v: "{" + ", ".join(f"{k} = {_toml(e)}" for k, e in v.items()) + "}"
        )
    ),
    max_leaves=8,
)


def _toml(value: object) -> str:
    return value if isinstance(value, str) else str(value).lower()


@settings(max_examples=200, deadline=None)
@given(st.lists(values, min_size=1, max_size=5))
def test_any_valid_text_is_located_completely(entries: list[object]) -> None:
    text = "".join(f"[t{n}]\nk = {_toml(entry)} # c\n" for n, entry in enumerate(entries))
    try:
        parsed = tomllib.loads(text)
    except tomllib.TOMLDecodeError:  # a line end inside an inline table, say
        return
    lines = lines_of(text)
    assert set(lines) == paths(parsed) - {()}
    for n in range(len(entries)):
        assert text.splitlines()[lines[f"t{n}",] - 1] == f"[t{n}]"

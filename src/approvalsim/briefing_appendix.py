"""The appendix of a briefing: what the scenario says, every number with where it comes from."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from approvalsim.briefing_parts import Block, Drawing, Grid, Sheet, Words
from approvalsim.network_export import to_svg
from approvalsim.parameter_words import field_words, place_words, value_words
from approvalsim.parameters import Evidence, Parameter, Place, parameters
from approvalsim.report import Manifest
from approvalsim.scenario import Path, Scenario
from approvalsim.voice import Voice

_LONG = 24
"""Characters of an origin that are not said again from row to row."""


@dataclass(frozen=True)
class Account:
    """How many numbers have a source, are assumed, or say nothing."""

    sourced: int
    assumed: int
    silent: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.sourced + self.assumed + self.silent


def account(scenario: Scenario) -> Account:
    """The account of a scenario's numbers."""
    marks = [found.evidence for found in parameters(scenario)]
    sourced = sum(bool(mark.source) for mark in marks)
    assumed = sum(mark.assumed and not mark.source for mark in marks)
    return Account(sourced, assumed, len(marks) - sourced - assumed)


def appendix(voices: Sequence[Voice], manifest: Manifest, one: bool) -> Iterator[Sheet]:
    """The sheets of the appendix; ``one`` says that both voices speak of one scenario."""
    say = voices[-1]
    yield Sheet(tuple(_network(say)), landscape=True)
    shown = voices[-1:] if one else voices
    yield Sheet((*_about(shown), *_sources(shown), *_numbers(shown), *_manifest(manifest, say)))


def _network(say: Voice) -> Iterator[Block]:
    policy = say.scenario.commitment
    path: Path = "commitment" if policy and policy.enabled else "standard"
    yield Words(
        say("附录一　环节和先后关系（B）", "Appendix 1. Stages and dependencies (B)"), "heading"
    )
    reading = say(
        "各环节按最可能的工期画出；只说明先后关系，工期多为假设，不是测算结果。",
        "Stages at their most likely durations: it shows what waits for what; most durations are"
        " assumed, and none is a result.",
    )
    yield Drawing(to_svg(say.scenario, path, say.language), reading)
    yield Words(reading, "small")


def _about(voices: Sequence[Voice]) -> Iterator[Block]:
    say = voices[-1]
    yield Words(say("附录二　方案说明", "Appendix 2. About the scenarios"), "heading")
    for voice in voices:
        if voice.scenario.description:
            yield Words(voice.title(), "question")
            yield Words(voice.scenario.description.in_language(voice.language).strip(), "small")


def _sources(voices: Sequence[Voice]) -> Iterator[Block]:
    say, known = voices[-1], sources(voice.scenario for voice in voices)
    yield Words(say("附录三　出处", "Appendix 3. Sources"), "heading")
    if not known:
        yield Words(say("没有一个数有出处。", "No number has a source."))
        return
    rows = tuple((f"[{number}]", source) for source, number in known.items())
    yield Grid((say("编号", "no."), say("出处", "source")), rows, widths=(0.08, 0.92))


def sources(scenarios: Iterator[Scenario] | Sequence[Scenario]) -> Mapping[str, int]:
    """Every source and its number, in the order in which they come."""
    found = (one.evidence.source for scenario in scenarios for one in parameters(scenario))
    return {source: n for n, source in enumerate(dict.fromkeys(filter(None, found)), start=1)}


def _numbers(voices: Sequence[Voice]) -> Iterator[Block]:
    """Every number of B; of A, where it is another scenario, those that differ."""
    say, known = voices[-1], sources(voice.scenario for voice in voices)
    yield Words(say("附录四　全部参数", "Appendix 4. Every number"), "heading")
    yield Words(
        say(
            "三个数依次为最短、最可能、最长；[n] 指附录三的出处；“假设”即没有查到出处。",
            "Three numbers are least, most likely and most; d calendar days, wd working days; [n]"
            " is a source of appendix 3; assumed means that no source was found.",
        ),
        "small",
    )
    heads = (say("参数", "number"), say("数值", "value"), say("依据", "where it comes from"))
    if len(voices) == 1:
        rows = ((row.name, row.value, row.origin) for row in _rows(say, known))
        yield Grid(heads, _once(rows, say), widths=(0.36, 0.16, 0.48))
        return
    a, b = ({row.key: row for row in _rows(voice, known)} for voice in voices)
    merged = (_beside(a.get(key), b.get(key), say) for key in {**b, **a})
    columns = (heads[0], f"A {heads[1]}", f"B {heads[1]}", heads[2])
    yield Grid(columns, _once(merged, say), widths=(0.33, 0.13, 0.15, 0.39))


def _beside(a: "_Row | None", b: "_Row | None", say: Voice) -> tuple[str, ...]:
    """A number of both scenarios, or of one."""
    either = b or a
    assert either is not None
    if a and b and a.value == b.value and a.origin == b.origin:
        return (b.name, "=", b.value, b.origin)
    values = a.value if a else "–", b.value if b else "–"
    if a and b and a.origin != b.origin:
        return (
            b.name,
            *values,
            say(f"A：{a.origin}　B：{b.origin}", f"A: {a.origin}  B: {b.origin}"),
        )
    return (either.name, *values, either.origin)


@dataclass(frozen=True)
class _Row:
    key: Hashable
    name: str
    value: str
    origin: str


def _rows(say: Voice, known: Mapping[str, int]) -> Iterator[_Row]:
    """Numbers in words; what the listed projects say of the same kind stands in one row."""
    listed: dict[tuple[Place, Evidence], list[Parameter]] = {}
    for found in parameters(say.scenario):
        if found.place[0] == "project":
            mark = Evidence(found.evidence.source, found.evidence.assumed, found.evidence.note)
            listed.setdefault((found.place[2:], mark), []).append(found)
            continue
        name, value = place_words(found.place, say), value_words(found.place, found.value, say)
        yield _Row(found.place, name, value, _origin(found.evidence, known, say))
    for (place, mark), same in listed.items():
        what = " › ".join(field_words(str(step), say) for step in place)
        name = say(f"清单项目（{len(same)} 个）› {what}", f"listed projects ({len(same)}) › {what}")
        values = " ".join(value_words(one.place, one.value, say) for one in same)
        yield _Row((place, mark), name, values, _origin(mark, known, say))


def _once(rows: Iterable[tuple[str, ...]], say: Voice) -> tuple[tuple[str, ...], ...]:
    """Long words about where numbers come from are said of the first of several rows."""
    before, told = "", []
    for *cells, origin in rows:
        again = origin == before and len(origin) > _LONG
        told.append((*cells, say("同上", "as above") if again else origin))
        before = origin
    return tuple(told)


def _origin(mark: Evidence, known: Mapping[str, int], say: Voice) -> str:
    """Source or assumption, and what else is said of it."""
    if mark.source:
        words = f"[{known[mark.source]}]"
    else:
        words = say("假设", "assumed") if mark.assumed else say("未注明", "not stated")
    note = mark.note.in_language(say.language).strip() if mark.note else ""
    return say(f"{words}；{note}", f"{words}; {note}") if note else words


def _manifest(manifest: Manifest, say: Voice) -> Iterator[Block]:
    """All that a run can be repeated by."""
    yield Words(say("附录五　清单", "Appendix 5. Manifest"), "heading")
    rows = [
        (say("方案", "scenario"), f"{manifest.scenario}　{manifest.scenario_hash}"),
        (say("种子", "seed"), str(manifest.seed)),
        (say("重复次数", "replications"), str(manifest.replications)),
        (say("引擎", "engine"), manifest.engine),
        (say("版本", "version"), f"approvalsim {manifest.version}"),
        (say("结果校验", "hash of the result"), manifest.result_hash),
    ]
    if manifest.other:
        other = manifest.other
        rows.insert(1, ("B", f"{other['scenario']}　{other['scenario_hash']}"))
    heads = (say("项目", "item"), say("内容", "content"))
    yield Grid(heads, tuple(rows), widths=(0.2, 0.8))
    yield Words(
        say(
            "谁有同一方案、种子和版本，谁就能逐位重做：approvalsim compare … --json，或"
            " approvalsim rerun。",
            "Whoever has the same scenario, seed and version gets the same figures to the last"
            " bit: approvalsim compare … --json, or approvalsim rerun.",
        ),
        "small",
    )

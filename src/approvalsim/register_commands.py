"""The commands `register new|check|import|export`: the project register and its workbook."""

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from approvalsim import options
from approvalsim.delivery import OK, USER_ERROR, check_outputs, write_json
from approvalsim.errors import Problem
from approvalsim.language import counted
from approvalsim.options import (
    JsonFile,
    Language,
    Reference,
    check_ending,
    dates,
    say,
    wrong,
)

if TYPE_CHECKING:
    from approvalsim.register import Register
    from approvalsim.register_log import RegisterFile
    from approvalsim.scenario import Scenario

group = typer.Typer(
    help=say(
        "项目台账：真实项目到今天为止办到哪里。",
        "The project register: how far the real projects have come.",
    ),
    rich_markup_mode=None,
    no_args_is_help=True,
)

Workbook = Annotated[
    Path,
    typer.Argument(metavar="FILE.xlsx", help=say("台账工作簿", "a register as a workbook")),
]
Either = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help=say("台账：.xlsx 或 .approvalsim", "a register: .xlsx or .approvalsim")
    ),
]
LiveFile = Annotated[
    Path,
    typer.Argument(metavar="FILE.approvalsim", help=say("台账文件", "a register file")),
]
WorkbookOutput = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="FILE.xlsx", help=say("写到工作簿", "the workbook")),
]
LiveOutput = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE.approvalsim",
        help=say(
            "台账文件；已有时只记入不同之处",
            "the register; of one that exists, what differs is recorded",
        ),
    ),
]
ScenarioOption = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        metavar="SCENARIO",
        help=say("所属方案；默认按台账所记", "its scenario; default: as the register says"),
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help=say("截止日，其后的日期算错误；默认今天", "later dates are mistakes; default: today"),
    ),
]
RecordedBy = Annotated[
    str | None,
    typer.Option(
        "--as-recorded",
        metavar="YYYY-MM-DD",
        help=say("按那一天记录的样子导出", "as it was recorded on that day"),
    ),
]
Who = Annotated[
    str | None,
    typer.Option(
        "--who",
        metavar="NAME",
        help=say("记入历史的姓名；默认为用户名", "name in the history; default: the user's"),
    ),
]
Anyway = Annotated[
    bool,
    typer.Option(
        "--anyway",
        help=say(
            "日期互相矛盾也导入；读不懂的单元格仍须改正",
            "import in spite of contradictions; cells that cannot be read must be mended",
        ),
    ),
]


@group.command(help=say("写出空白台账工作簿。", "Write a workbook to fill in."))
def new(
    scenario: Reference, output: WorkbookOutput, json: JsonFile = None, lang: Language = None
) -> None:
    """Write a workbook with the projects the scenario lists, to fill in what happened."""
    from approvalsim.register import register_of
    from approvalsim.register_export import write_new
    from approvalsim.scenario_file import find, load

    language = lang or options.LANGUAGE
    check_ending("-o", output, ".xlsx")
    subject = load(find(scenario))
    register = register_of(subject, _reference(scenario, output), language)
    check_outputs(json, output)
    write_new(output, register, subject, language)
    if json:
        write_json(_told(output, register, ()), json)
    if json != "-":
        count = len(register.entries)
        typer.echo(say(f"{output}：{count} 个项目", f"{output}: {counted(count, 'project')}"))


@group.command(help=say("检查台账，列出所有问题。", "Check a register; list every problem."))
def check(
    file: Either,
    scenario: ScenarioOption = None,
    as_of: AsOf = None,
    json: JsonFile = None,
    lang: Language = None,
) -> None:
    """Check a register and list every problem."""
    del lang
    check_outputs(json)
    day = dates(("--as-of", as_of))[0] or date.today()
    register, reference, problems = _examined(file, scenario, day)
    if json:
        write_json(_told(file, register, problems), json)
    if json != "-":
        typer.echo(_summary(file, register))
        _tell_own_columns(register)
    if not reference:
        typer.echo(
            say(
                "工作簿没有注明所属方案：环节、里程碑和属性的写法没有对照检查（--scenario）",
                "the workbook does not name its scenario: stages, milestones and attributes were"
                " not held against any (--scenario)",
            ),
            err=True,
        )
    _complain(problems)
    raise typer.Exit(USER_ERROR if problems else OK)


@group.command(
    "import", help=say("把工作簿读入台账文件。", "Read a workbook into a register file.")
)
def import_(
    file: Workbook,
    output: LiveOutput,
    scenario: ScenarioOption = None,
    as_of: AsOf = None,
    anyway: Anyway = False,
    who: Who = None,
    json: JsonFile = None,
    lang: Language = None,
) -> None:
    """Read a workbook into a register file that keeps the history."""
    from approvalsim.register_changes import differences
    from approvalsim.register_log import SUFFIX, RegisterFile, user

    del lang
    day = dates(("--as-of", as_of))[0] or date.today()
    check_ending("-o", output, SUFFIX)
    check_outputs(json, output)
    register, reference, problems = _examined(file, scenario, day, needed=True)
    _complain(problems)
    if problems and not (anyway and all(_is_contradiction(each) for each in problems)):
        raise typer.Exit(USER_ERROR)
    register = replace(register, scenario=_reference(reference or "", output))
    by = f"{who or user()} ({file.name})"
    if output.exists():
        with RegisterFile.open(output, who=who) as live:
            changes = differences(live.register, register)
            live.apply(changes, by)
    else:
        RegisterFile.create(output, register, by).close()
        changes = differences(replace(register, entries=(), demands=()), register)
    if json:
        told = {**_told(file, register, problems), "written": str(output), "changes": len(changes)}
        write_json(told, json)
    if json != "-":
        typer.echo(_summary(output, register))
        _tell_own_columns(register)
        typer.echo(
            say(f"记入 {len(changes)} 处改动", f"{counted(len(changes), 'change')} recorded")
        )


@group.command(help=say("把台账文件写回工作簿。", "Write a register file into a workbook."))
def export(
    file: LiveFile,
    output: WorkbookOutput,
    as_recorded: RecordedBy = None,
    scenario: ScenarioOption = None,
    json: JsonFile = None,
    lang: Language = None,
) -> None:
    """Write a register file into a new workbook, or into one that exists, keeping its look."""
    from approvalsim.register_export import save, write_new
    from approvalsim.register_log import RegisterFile
    from approvalsim.register_workbook import read
    from approvalsim.scenario_file import find, load

    (day,) = dates(("--as-recorded", as_recorded))
    check_ending("-o", output, ".xlsx")
    check_outputs(json, output)
    with RegisterFile.open(file, read_only=True) as live:
        if day:
            _check_recorded(live, day)
        register = live.as_of(day) if day else live.register
        subject = load(find(scenario or live.scenario_reference()))
    if output.exists():
        save(read(output, subject), register)
    else:
        write_new(output, register, subject, lang or options.LANGUAGE)
    if json:
        write_json(_told(output, register, ()), json)
    if json != "-":
        typer.echo(_summary(output, register))


# --- what the commands share ---------------------------------------------------------------------


def _examined(
    file: Path, scenario: str | None, as_of: date, needed: bool = False
) -> tuple["Register", str | None, tuple[Problem, ...]]:
    """The register in a file, which scenario it was held against, and all that is wrong."""
    from approvalsim.register import problems_in
    from approvalsim.register_log import SUFFIX, RegisterFile
    from approvalsim.register_workbook import examined, scenario_named_in

    if file.suffix.lower() == SUFFIX:
        with RegisterFile.open(file, read_only=True) as live:
            reference = scenario or live.scenario_reference()
            register = live.register
        found = problems_in(register, _scenario(reference), as_of)
        return register, reference, tuple(_in_file(found, file))
    reference = scenario or _beside(scenario_named_in(file) or "", file)
    subject = _scenario(reference)
    if needed and subject is None:
        raise wrong(
            "--scenario",
            "工作簿没有注明所属方案，请给出",
            "the workbook does not name its scenario; name it",
        )
    workbook, problems = examined(file, subject, as_of)
    return workbook.register, reference, problems


def _check_recorded(live: "RegisterFile", day: date) -> None:
    """Whether anything had been recorded by the end of a day."""
    first = next((line.when.astimezone().date() for line in live.history()), None)
    if first and day < first:
        raise wrong(
            "--as-recorded",
            f"台账从 {first} 起才有记录，现为 {day}",
            f"nothing was recorded before {first}, found {day}",
        )


def _beside(reference: str, file: Path) -> str:
    """A scenario named in a file, as seen from here: paths begin in the file's folder."""
    near = file.parent / reference
    return str(near) if reference and near.is_file() else reference


def _scenario(reference: str) -> "Scenario | None":
    from approvalsim.scenario_file import find, load

    return load(find(reference)) if reference else None


def _reference(scenario: str, output: Path) -> str:
    """A scenario as a file in the folder of ``output`` names it: an id, or the way to a file."""
    path = Path(scenario)
    if not path.is_file():
        return scenario
    try:
        return Path(os.path.relpath(path.resolve(), output.resolve().parent)).as_posix()
    except ValueError:  # on another drive
        return str(path.resolve())


def _is_contradiction(problem: Problem) -> bool:
    """Whether a problem is one between dates, that may be true all the same."""
    return problem.sentence in (
        *("dates_fall", "before_signing", "after_as_of", "after_left", "target_before_signing"),
    )


def _in_file(problems: Iterable[Problem], file: Path) -> Iterable[Problem]:
    return (problem.inside(str(file), None) for problem in problems)


def _told(file: Path, register: "Register", problems: Iterable[Problem]) -> dict[str, Any]:
    """A register's counts and problems as JSON."""
    from approvalsim.register import dates_of

    return {
        "file": str(file),
        "scenario": register.scenario,
        "projects": len(register.entries),
        "demands": len(register.demands),
        "dates": sum(1 for entry in register.entries for _ in dates_of(entry)),
        "own_columns": list(
            dict.fromkeys(name for each in register.entries for name in each.extra)
        ),
        "problems": [
            {
                "where": problem.where,
                "sentence": problem.sentence,
                "message": problem.message(options.LANGUAGE),
            }
            for problem in problems
        ],
    }


def _summary(file: Path, register: "Register") -> str:
    told = _told(file, register, ())
    english = ", ".join(
        counted(told[f"{thing}s"], thing) for thing in ("project", "date", "demand")
    )
    return say(
        f"{file}：{told['projects']} 个项目，{told['dates']} 个日期，{told['demands']} 条诉求",
        f"{file}: {english}",
    )


def _tell_own_columns(register: "Register") -> None:
    """Which columns were not recognised: a heading may have been misspelt."""
    own = list(dict.fromkeys(name for each in register.entries for name in each.extra))
    if own:
        zh, en = "、".join(own), ", ".join(own)
        typer.echo(say(f"自己的列，原样保留：{zh}", f"columns of your own, kept as they are: {en}"))


def _complain(problems: Iterable[Problem]) -> None:
    for problem in problems:
        typer.echo(problem.text(options.LANGUAGE), err=True)

"""The commands `dispatch table|weekly|monthly|quarterly|yearly|letter`: steering week by week."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from approvalsim import desktop, options
from approvalsim.delivery import check_outputs, write_json
from approvalsim.dispatch_making import (
    Luck,
    Source,
    dispatched,
    lines_for,
    rules_for,
)
from approvalsim.dispatch_options import (
    AsOf,
    By,
    Chosen,
    LetterOutput,
    NoForecast,
    RedAfter,
    RegisterPath,
    ReplyBy,
    ScenarioOption,
    Sender,
    Since,
    TableOutput,
    WarnBelow,
    YellowBelow,
)
from approvalsim.options import (
    EngineChoice,
    JsonFile,
    Language,
    Milestone,
    Replications,
    Seed,
    Workers,
    check_later,
    dates,
    say,
    wrong,
)

if TYPE_CHECKING:
    from approvalsim.bulletin_figures import Period
    from approvalsim.printed import Paper, Table

group = typer.Typer(
    help=say(
        "调度督导：要素调度表、通报和督办函。",
        "Steering: dispatch table, bulletins and dunning letters.",
    ),
    rich_markup_mode=None,
    no_args_is_help=True,
)


@group.command("table", help=say("要素调度表：一行一个项目。", "One line a project."))
def table(
    register: RegisterPath,
    scenario: ScenarioOption = None,
    as_of: AsOf = None,
    output: TableOutput = None,
    no_forecast: NoForecast = False,
    milestone: Milestone = None,
    yellow_below: YellowBelow = None,
    red_after: RedAfter = None,
    warn_below: WarnBelow = None,
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: EngineChoice = "auto",
    json: JsonFile = None,
    lang: Language = None,
) -> None:
    """Show how every project stands against its plan, and what comes next."""
    from approvalsim.dispatch_tables import dispatch_paper, screen_tables
    from approvalsim.voice import Voice

    day = dates(("--as-of", as_of))[0] or date.today()
    _check_outputs(json, output or [])
    source = Source.of(register, scenario, milestone)
    rules = rules_for(source.scenario, yellow_below, red_after, warn_below)
    luck = None if no_forecast else Luck(replications, seed, workers, engine)
    found, manifest = dispatched(source, day, rules, luck)
    voice = Voice(found.scenario, lang or options.LANGUAGE)
    paper = dispatch_paper(found, voice, manifest)
    _deliver(paper, output or [], json, screen_tables(found, voice, luck is not None))


def _bulletin_command(period: "Period") -> Callable[..., None]:
    """The command that tells of a period."""

    def command(
        register: RegisterPath,
        scenario: ScenarioOption = None,
        as_of: AsOf = None,
        since: Since = None,
        by: By = None,
        output: TableOutput = None,
        milestone: Milestone = None,
        yellow_below: YellowBelow = None,
        red_after: RedAfter = None,
        json: JsonFile = None,
        lang: Language = None,
    ) -> None:
        from approvalsim.bulletin import begin_of, bulletin
        from approvalsim.bulletin_tables import bulletin_paper
        from approvalsim.voice import Voice

        asked, first = dates(("--as-of", as_of), ("--since", since))
        until = asked or date.today()
        begin = first or begin_of(period, until)
        if begin > until:
            reason = f"应不晚于 {until}，现为 {begin}", f"must not lie after {until}, found {begin}"
            raise wrong("--since", *reason)
        _check_outputs(json, output or [])
        source = Source.of(register, scenario, milestone)
        rules = rules_for(source.scenario, yellow_below, red_after, None)
        found = bulletin(source.scenario, period, *source.ends(begin, until), by or "owner", rules)
        voice = Voice(source.scenario, lang or options.LANGUAGE)
        paper = bulletin_paper(found, voice, ranked=by is not None or period != "weekly")
        _deliver(paper, output or [], json, paper.tables)

    return command


group.command("weekly", help=say("周总结：七天里有什么变化。", "What changed in seven days."))(
    _bulletin_command("weekly")
)
group.command(
    "monthly", help=say("月通报：按单位、镇街或专班排名。", "The month, with a ranking.")
)(_bulletin_command("monthly"))
group.command("quarterly", help=say("季考核：与季初相比，并按月列出。", "The quarter, by month."))(
    _bulletin_command("quarterly")
)
group.command("yearly", help=say("年考评：与年初相比，并按季列出。", "The year, by quarter."))(
    _bulletin_command("yearly")
)


@group.command(help=say("督办函草稿（DOCX）。", "Drafts of dunning letters (DOCX)."))
def letter(
    register: RegisterPath,
    output: LetterOutput,
    project: Chosen = None,
    scenario: ScenarioOption = None,
    as_of: AsOf = None,
    reply_by: ReplyBy = None,
    sender: Sender = None,
    no_forecast: NoForecast = False,
    milestone: Milestone = None,
    yellow_below: YellowBelow = None,
    red_after: RedAfter = None,
    replications: Replications = None,
    seed: Seed = None,
    workers: Workers = None,
    engine: EngineChoice = "auto",
    json: JsonFile = None,
    lang: Language = None,
) -> None:
    """Draft letters to those who hold a late project up."""
    from approvalsim.deadlines import in_working_days
    from approvalsim.letters import document
    from approvalsim.letters import letter as drafted
    from approvalsim.printed import plain
    from approvalsim.scenario_save import write_safely
    from approvalsim.voice import Voice

    day, answer = _days(as_of, reply_by)
    _check_endings([output], (".docx",))
    check_outputs(json, output)
    source = Source.of(register, scenario, milestone)
    rules = rules_for(source.scenario, yellow_below, red_after, None)
    luck = None if no_forecast else Luck(replications, seed, workers, engine)
    found, manifest = dispatched(source, day, rules, luck)
    lines = lines_for(found, project or [])
    reply = answer or in_working_days(source.scenario, day, 5)
    voice = Voice(found.scenario, lang or options.LANGUAGE)
    letters = [drafted(found, line, reply, voice, sender) for line in lines]
    write_safely(output, document(letters, voice.language))
    if json:
        told = {"as_of": str(day), "written": str(output), "forecast": manifest}
        write_json(told | {"letters": plain(letters)}, json)
    if json != "-":
        for each in letters:
            typer.echo(say(f"{each.addressee}：{each.title}", f"{each.addressee}: {each.title}"))
        typer.echo(say(f"已写入 {output}（草稿）", f"written: {output} (drafts)"))


def _days(as_of: str | None, reply_by: str | None) -> tuple[date, date | None]:
    """The day of a letter, and the day by which it asks for a reply."""
    asked, answer = dates(("--as-of", as_of), ("--reply-by", reply_by))
    day = asked or date.today()
    if answer:
        check_later("--reply-by", answer, day)
    return day, answer


# --- where it goes -------------------------------------------------------------------------------


def _check_outputs(json: str | None, paths: Sequence[Path]) -> None:
    """Before a long run: is it known how to write these files, and can it be done here?"""
    _check_endings(paths, (".xlsx", ".pdf", ".html", ".htm"))
    check_outputs(json, *paths)
    if any(path.suffix.lower() == ".pdf" for path in paths):
        desktop.check_pdf()


def _check_endings(paths: Sequence[Path], endings: Sequence[str]) -> None:
    unknown = [path.name for path in paths if path.suffix.lower() not in endings]
    if unknown:
        names, known = ", ".join(unknown), " / ".join(endings)
        raise wrong(
            "-o",
            f"文件名应以 {known} 结尾，现为 {names}",
            f"the file's name must end in {known}, found {names}",
        )


def _deliver(
    paper: "Paper", paths: Sequence[Path], json: str | None, tables: "Sequence[Table]"
) -> None:
    from approvalsim.console import print_page
    from approvalsim.printed import page

    for path in paths:
        _write(paper, path)
    if json:
        write_json(dict(paper.result), json)
    if json != "-":
        print_page(page(paper, tables))
        for path in paths:
            typer.echo(say(f"已写入 {path}", f"written: {path}"))


def _write(paper: "Paper", path: Path) -> None:
    from approvalsim.briefing_page import briefing_page
    from approvalsim.printed import briefing
    from approvalsim.printed_workbook import workbook
    from approvalsim.report import write_text
    from approvalsim.scenario_save import write_safely

    match path.suffix.lower():
        case ".xlsx":
            write_safely(path, workbook(paper))
        case ".pdf":
            desktop.write_pdf(briefing(paper), path)
        case _:
            write_text(briefing_page(briefing(paper)), path)

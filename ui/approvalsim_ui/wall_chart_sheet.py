"""What stands on a sheet of the wall chart: title block, caution, legend, who signs."""

from approvalsim_ui import language
from approvalsim_ui.compare_words import side_names
from approvalsim_ui.wall_chart import WallChart
from approvalsim_ui.wall_chart_legend import entries
from approvalsim_ui.wall_chart_paper import Sheet
from approvalsim_ui.wall_chart_picture import WallPicture
from approvalsim_ui.wall_chart_rows import Choice, extent, rows_of
from approvalsim_ui.wall_chart_words import WallWords, translate


def sheet_of(chart: WallChart, choice: Choice) -> Sheet:
    """A sheet with the rows chosen, over all of their time, in the language spoken now."""
    rows = rows_of(chart, choice)
    picture = WallPicture(chart, choice, rows)
    scenario = chart.side("a" if choice.sides == "a" else "b").scenario
    title = translate("WallView", "{scenario}: wall chart to {goal}")
    if chart.recorded:
        title = translate("WallView", "{scenario}: actual against plan, to {goal}")
    return Sheet(
        picture=picture,
        extent=extent(rows, chart.answer.dates),
        title=title.format(
            scenario=language.words(scenario.name, scenario.id), goal=picture.words.goal()
        ),
        subtitle=_subtitle(picture.words),
        caution=_caution(chart),
        facts=_facts(chart),
        legend=entries(picture, side_names(chart.answer)),
        signatures=(
            translate("WallView", "Leader in charge"),
            translate("WallView", "Unit in charge"),
            translate("WallView", "Person in charge"),
        ),
    )


def _caution(chart: WallChart) -> str:
    """What dates on the sheet are worth."""
    if chart.recorded and chart.recorded.simulated:
        return translate(
            "WallView", "A simulated example: nothing on this sheet was observed or promised."
        )
    if chart.recorded:
        return translate(
            "WallView",
            "Solid: as in the register. Outlined: a plan at usual times, no promise.",
        )
    return translate(
        "WallView", "Model's estimate, not a record: no date on this sheet is a fact or a promise."
    )


def _subtitle(words: WallWords) -> str:
    """Which side, what the bars are, and what has been left out."""
    choice = words.choice
    named = zip("ab", side_names(words.chart.answer), strict=True)
    sides = [f"{side.upper()} {name}" for side, name in named if choice.sides in (side, "both")]
    if words.chart.recorded:
        sides = []
    parts = [*sides, words.basis(), words.signing_basis()]
    if choice.project:
        parts.append(words.project(choice.project))
    if choice.department:
        parts.append(words.department(choice.department))
    return " · ".join(filter(None, parts))


def _facts(chart: WallChart) -> tuple[tuple[str, str], ...]:
    """The title block: what a run can be repeated by."""
    manifest = chart.answer.manifest
    scenario = f"{manifest.scenario} {manifest.scenario_hash[:12]}"
    if manifest.other:
        scenario += f" / {manifest.other['scenario']} {manifest.other['scenario_hash'][:12]}"
    return (
        (translate("WallView", "Scenario"), scenario),
        (translate("WallView", "Run on"), language.day(chart.made)),
        (translate("WallView", "Seed"), str(manifest.seed)),
        (translate("WallView", "Replications"), language.number(chart.answer.replications, 0)),
        (translate("WallView", "Version"), f"approvalsim {manifest.version}"),
    )

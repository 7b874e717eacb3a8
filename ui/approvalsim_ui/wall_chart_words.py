"""The wall chart in words: names, cells, what a bar says, and the table twin."""

from collections.abc import Sequence
from datetime import date
from math import floor

from PySide6.QtCore import QCoreApplication, QDate

from approvalsim_ui import language
from approvalsim_ui.figures_table import Cell, Column, Figures
from approvalsim_ui.signal_words import signal_words
from approvalsim_ui.walk_words import project_name
from approvalsim_ui.wall_chart import Passage, Span, WallChart, WallSide
from approvalsim_ui.wall_chart_rows import Bar, Choice, Mark, Row

translate = QCoreApplication.translate


def day_of(time: float) -> date:
    """The date of an ordinal day, as the command line writes it too."""
    return date.fromordinal(floor(floor(time * 1440 + 0.5) / 1440))


def short_date(day: date) -> str:
    """Month and day, narrow: 3/14 in Chinese, 14 Mar in English."""
    pattern = "M/d" if language.current() == "zh" else "d MMM"
    return language.locale().toString(QDate(day.year, day.month, day.day), pattern)


def year_date(day: date) -> str:
    """A date for a narrow column: 2022/3/14, 14 Mar 22."""
    pattern = "yyyy/M/d" if language.current() == "zh" else "d MMM yy"
    return language.locale().toString(QDate(day.year, day.month, day.day), pattern)


def festival_name(name: str) -> str:
    """A statutory holiday."""
    return {
        "元旦": translate("WallWords", "New Year"),
        "春节": translate("WallWords", "Spring Festival"),
        "清明": translate("WallWords", "Qingming"),
        "劳动节": translate("WallWords", "Labour Day"),
        "端午": translate("WallWords", "Dragon Boat"),
        "中秋": translate("WallWords", "Mid-Autumn"),
        "国庆": translate("WallWords", "National Day"),
    }.get(name, name)


def today_words(chart: WallChart) -> str:
    """What the line of today is called; it may stand at another day, up to which all is known."""
    if chart.today == date.today():
        return translate("WallWords", "today")
    return translate("WallWords", "as of {date}").format(date=year_date(chart.today))


class WallWords:
    """Speaks of one wall chart as it is chosen to be seen."""

    def __init__(self, chart: WallChart, choice: Choice) -> None:
        self.chart, self.choice = chart, choice

    # --- names -----------------------------------------------------------------------------------

    def _sides(self) -> tuple[WallSide, WallSide]:
        chart = self.chart
        return (chart.a, chart.b) if self.choice.sides == "a" else (chart.b, chart.a)

    def project(self, id_: str) -> str:
        """A project's name."""
        for side in self._sides():
            if id_ in side.one:
                return project_name(side.scenario, id_)
        return id_

    def stage(self, id_: str) -> str:
        """A stage's name."""
        found = [side.scenario.stage[id_] for side in self._sides() if id_ in side.scenario.stage]
        return language.words(found[0].name, id_) if found else id_

    def milestone(self, id_: str) -> str:
        """A milestone's name; what is said of a project that drops out, for none."""
        if not id_:
            return translate("WallWords", "dropped out")
        for side in self._sides():
            if id_ in side.scenario.milestone:
                return language.words(side.scenario.milestone[id_].name, id_)
        return id_

    def goal(self) -> str:
        """The measured milestone."""
        return self.milestone(self._sides()[0].scenario.measure)

    def department(self, id_: str) -> str:
        """A department's name; what is said where a stage has none, for none."""
        if not id_:
            return translate("WallWords", "no department")
        for side in self._sides():
            if id_ in side.scenario.department:
                return language.words(side.scenario.department[id_].name, id_)
        return id_

    def owner(self, stage: str) -> str:
        """Who is responsible for a stage."""
        found = [
            side.scenario.stage[stage].owner
            for side in self._sides()
            if stage in side.scenario.stage
        ]
        return language.words(found[0]) if found else ""

    # --- what it is ------------------------------------------------------------------------------

    def caution(self) -> str:
        """What must not be forgotten."""
        if recorded := self.chart.recorded:
            if recorded.simulated:
                return translate("WallWords", "Simulated example, nothing observed")
            return translate("WallWords", "Solid: recorded. Outlined: plan")
        return translate("WallWords", "Model's estimate, not a record")

    def basis(self) -> str:
        """What the dates come from."""
        chart = self.chart
        if chart.recorded:
            said = translate("WallWords", "Register as of {date}")
            return said.format(date=language.day(chart.recorded.as_of))
        if self.choice.what == "bands":
            said = translate("WallWords", "P50 and P80 of {count} replications")
            return said.format(count=chart.replications)
        said = translate("WallWords", "Representative replication {number}")
        return said.format(number=chart.replication)

    def signing_basis(self) -> str:
        """Where the dates of bands start from; nothing to say of a single replication."""
        if self.chart.recorded:
            return translate("WallWords", "plan: latest dates that keep the target, at usual times")
        if self.choice.what == "one":
            return ""
        said = translate(
            "WallWords", "set off from the signings of representative replication {number}"
        )
        return said.format(number=self.chart.replication)

    def unfinished(self) -> str:
        """What is said of a stage that does not come to its end."""
        if self.chart.recorded:
            return translate("WallWords", "under way")
        return translate("WallWords", "not finished")

    def letter(self, side: str) -> str:
        """What a side is called: A or B; the plan, or what was recorded."""
        if not self.chart.recorded:
            return side.upper()
        return translate("WallWords", "plan") if side == "a" else translate("WallWords", "actual")

    def light(self, project: str) -> str:
        """Shape and word of a project's light; empty where nothing is recorded."""
        recorded = self.chart.recorded
        signal = recorded.signals.get(project) if recorded else None
        return signal_words(signal) if signal else ""

    # --- the columns on the left -----------------------------------------------------------------

    def heads(self) -> tuple[str, ...]:
        """What the columns on the left are called."""
        project, stage = translate("WallWords", "Project"), translate("WallWords", "Stage")
        department = translate("WallWords", "Department")
        owner = translate("WallWords", "Owner")
        if self.choice.grouping == "projects":
            second = translate("WallWords", "Signing")
            if self.chart.recorded:
                second = translate("WallWords", "Light")
            return project, second, self.goal()
        if self.choice.grouping == "stages":
            return project, stage, department, owner
        return department, project, stage, owner

    def cells(self, row: Row) -> tuple[str, ...]:
        """What stands in the columns; the first is the group's where rows are grouped."""
        project, stage = self.project(row.project), self.stage(row.stage)
        if row.kind == "project":
            return project, *self._dates(row)
        owner = self.owner(row.stage)
        if self.choice.grouping == "departments":
            return self.department(row.department), project, stage, owner
        if row.kind == "head":
            light = self.light(row.project)
            return project, " · ".join(filter(None, (light, self._length(row)))), "", ""
        department = self.department(row.department) if row.department else ""
        return project, stage, department, owner

    def _dates(self, row: Row) -> tuple[str, str]:
        """When it signs, and when it reaches the goal on the last side."""
        signed = year_date(day_of(row.signings[-1][1])) if row.signings else ""
        if self.chart.recorded:
            signed = self.light(row.project)
        goals = [mark for mark in row.marks if mark.is_goal or not mark.milestone]
        if not goals:
            return signed, ""
        last = goals[-1]
        if not last.milestone:
            return signed, self.milestone("")
        goal = year_date(day_of(last.span.end))
        if self.chart.recorded and last.side == "a":  # it is not there yet
            goal = f"{self.letter('a')} {goal}"
        return signed, goal

    def _length(self, row: Row) -> str:
        """How long the whole takes, by side."""
        said = []
        for bar in row.bars:
            letter = f"{self.letter(bar.side)} " if self.choice.sides == "both" else ""
            said.append(letter + self.days(bar.span))
        whole = translate("WallWords", "Signing to {goal}: {days}")
        return whole.format(goal=self.goal(), days=" · ".join(said)) if said else ""

    def days(self, span: Span) -> str:
        """How many calendar days from beginning to end."""
        days = language.number(span.end - span.begin, 0)
        return translate("WallWords", "{days} d").format(days=days)

    # --- sentences -------------------------------------------------------------------------------

    def row(self, row: Row) -> str:
        """A row in one sentence or several."""
        if row.kind != "stage":
            names = list(filter(None, (self.project(row.project), self.light(row.project))))
            said = [self._length(row)] if row.kind == "head" else []
            said += [self.mark(mark) for mark in row.marks]
            return " · ".join([*names, *said, *self._target(row)])
        names = [self.project(row.project), self.stage(row.stage)]
        if row.department:
            names.append(self.department(row.department))
        return " · ".join([*names, *(self._side_of(row, bar) for bar in row.bars)])

    def _side_of(self, row: Row, bar: Bar) -> str:
        letter = f"{self.letter(bar.side)} " if self.choice.sides == "both" else ""
        return letter + self._said(row, bar)

    def _target(self, row: Row) -> list[str]:
        """By how much the target date is missed, or kept."""
        if row.target is None:
            return []
        said = [translate("WallWords", "target {date}")]
        goals = [mark for mark in row.marks if mark.is_goal]
        if goals:
            after = floor(goals[-1].span.end) - row.target.toordinal()
            if after > 0:
                said.append(translate("WallWords", "{days} days too late"))
            else:
                said.append(translate("WallWords", "{days} days to spare"))
            said[1] = said[1].format(days=abs(after))
        said[0] = said[0].format(date=language.day(row.target))
        return [translate("WallWords", ", ").join(said)]

    def bar(self, row: Row, bar: Bar) -> str:
        """What a bar says when it is pointed at."""
        side = self.chart.side(bar.side)
        name = self.stage(bar.stage) if bar.stage else self.goal()
        names = [self.project(row.project), name]
        if self.choice.sides == "both":
            names.insert(0, self.letter(bar.side))
        department = side.scenario.stage[bar.stage].department if bar.stage else None
        if department:
            names.append(self.department(department))
        return " · ".join([*names, self._said(row, bar)])

    def _said(self, row: Row, bar: Bar) -> str:
        """When a bar begins and ends, and why."""
        side = self.chart.side(bar.side)
        parts = [self._when(side, bar.span)]
        if self.choice.what == "one" and bar.stage:
            passage = side.one[row.project].passages.get(bar.stage)
            if passage:
                parts += self._how(passage)
        elif bar.stage:
            waits = [self.stage(s) for s in side.scenario.stage[bar.stage].after]
            if waits:
                said = translate("WallWords", "comes after {names}")
                parts.append(said.format(names=_listed(waits)))
        return translate("WallWords", "; ").join(parts)

    def mark(self, mark: Mark) -> str:
        """What a milestone says."""
        first, late = language.day(day_of(mark.span.end)), language.day(day_of(mark.span.late))
        if self.choice.what == "bands" and late != first:
            said = translate("WallWords", "{name}: P50 {first}, P80 {late}")
        else:
            said = translate("WallWords", "{name}: {first}")
        letter = f"{self.letter(mark.side)} " if self.choice.sides == "both" else ""
        return letter + said.format(name=self.milestone(mark.milestone), first=first, late=late)

    def _when(self, side: WallSide, span: Span) -> str:
        words = {
            "begin": language.day(day_of(span.begin)),
            "end": language.day(day_of(span.end)),
            "late": language.day(day_of(span.late)),
            "days": language.number(span.end - span.begin, 0),
            "work": language.number(side.working_days(span.begin, span.end), 0),
        }
        if span.cut:
            said = translate("WallWords", "{begin} to {end}, not finished by then")
        elif self.choice.what == "bands":
            said = translate(
                "WallWords",
                "P50 {begin} to {end} ({work} working days, {days} calendar days), P80 {late}",
            )
        else:
            said = translate(
                "WallWords", "{begin} to {end}: {work} working days, {days} calendar days"
            )
        told = said.format(**words)
        if self.choice.what == "bands" and span.share < 0.995:
            share = translate("WallWords", "finished in {share} of replications")
            told += translate("WallWords", "; ") + share.format(share=language.percent(span.share))
        return told

    def _how(self, passage: Passage) -> list[str]:
        """Why it began when it did, and what held it up."""
        causes = {
            "signing": translate("WallWords", "begins with signing"),
            "stages": translate("WallWords", "waited for {names}"),
            "date": translate("WallWords", "waited for its earliest date"),
            "hold": translate("WallWords", "waited until a broken promise was put right"),
        }
        names = _listed([self.stage(name) for name in passage.awaited])
        said = [causes[passage.cause].format(names=names)]
        for days, words in (
            (passage.meeting, translate("WallWords", "waited {days} days for a meeting")),
            (passage.queue, translate("WallWords", "queued {days} days for a reviewer")),
            (passage.issue, translate("WallWords", "certificate after others: {days} days")),
        ):
            if days >= 0.5:
                said.append(words.format(days=language.number(days, 0)))
        if passage.rounds > 1:
            back = translate("WallWords", "sent back {count} times")
            said.append(back.format(count=passage.rounds - 1))
        return said

    # --- the table -------------------------------------------------------------------------------

    def figures(self, rows: Sequence[Row]) -> Figures:
        """Every bar and milestone with its dates."""
        bands = self.choice.what == "bands"
        p50 = " P50" if bands else ""
        columns = [
            Column(translate("WallWords", "Side")),
            Column(translate("WallWords", "Project")),
            Column(translate("WallWords", "Stage or milestone")),
            Column(translate("WallWords", "Department")),
            Column(translate("WallWords", "Owner")),
            Column(translate("WallWords", "Begin") + p50, "date"),
            Column(translate("WallWords", "End") + p50, "date"),
            *([Column(translate("WallWords", "End") + " P80", "date")] if bands else []),
            Column(translate("WallWords", "Working days"), "days"),
            Column(translate("WallWords", "Calendar days"), "days"),
        ]
        return Figures(tuple(columns), tuple(self._figures(rows)))

    def _figures(self, rows: Sequence[Row]) -> list[tuple[Cell, ...]]:
        found: list[tuple[Cell, ...]] = []
        for row in rows:
            for bar in row.bars:
                if bar.stage:
                    side = self.chart.side(bar.side)
                    department = side.scenario.stage[bar.stage].department
                    names = (
                        self.stage(bar.stage),
                        self.department(department) if department else "",
                        self.owner(bar.stage),
                    )
                    found.append(self._line(row, bar.side, names, bar.span))
            for mark in row.marks:
                names = (self.milestone(mark.milestone), "", "")
                found.append(self._line(row, mark.side, names, mark.span))
        return found

    def _line(self, row: Row, side: str, names: tuple[str, ...], span: Span) -> tuple[Cell, ...]:
        late = [day_of(span.late)] if self.choice.what == "bands" else []
        is_mark = span.begin == span.end
        work = self.chart.side(side).working_days(span.begin, span.end)
        return (
            self.letter(side),
            self.project(row.project),
            *names,
            day_of(span.begin),
            day_of(span.end),
            *late,
            None if is_mark else work,
            None if is_mark else span.end - span.begin,
        )


def _listed(names: Sequence[str]) -> str:
    return translate("WallWords", ", ").join(names)

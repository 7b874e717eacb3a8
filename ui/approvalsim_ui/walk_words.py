"""A walk in words: phases, events, cards and arrows as they stand at a moment, dates."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from math import floor, isfinite

from PySide6.QtCore import QCoreApplication, QDate

from approvalsim.scenario import Scenario
from approvalsim.voice import Voice
from approvalsim.workdays import WorkingCalendar
from approvalsim_ui import language
from approvalsim_ui.graph_cards import Arrow, Card, Picture
from approvalsim_ui.graph_words import NetworkWords, about, mode_words
from approvalsim_ui.walk_moment import Moment, StageMoment, stations
from approvalsim_ui.walk_story import Event, Phase, Walk

translate = QCoreApplication.translate


def phase_words(phase: Phase) -> str:
    """What a stage is at, in a word or two."""
    words: Mapping[Phase, str] = {
        "preparing": translate("WalkWords", "preparing"),
        "meeting": translate("WalkWords", "awaiting meeting"),
        "queueing": translate("WalkWords", "queueing"),
        "reviewing": translate("WalkWords", "under review"),
        "correcting": translate("WalkWords", "correcting"),
        "notice": translate("WalkWords", "public notice"),
        "waiting": translate("WalkWords", "awaiting others"),
        "issuing": translate("WalkWords", "issuing"),
    }
    return words[phase]


def event_words(what: str) -> str:
    """What happened, in a few words."""
    return {
        "signed": translate("WalkWords", "signed"),
        "ready": translate("WalkWords", "can begin"),
        "submitted": translate("WalkWords", "submitted"),
        "review": translate("WalkWords", "review begins"),
        "sent_back": translate("WalkWords", "sent back for correction"),
        "passed": translate("WalkWords", "review passed"),
        "finished": translate("WalkWords", "finished"),
        "happened": translate("WalkWords", "reached"),
        "obligation": translate("WalkWords", "papers owed from now on"),
        "breach": translate("WalkWords", "promise broken, project held"),
        "hold_ended": translate("WalkWords", "put right, project goes on"),
        "left": translate("WalkWords", "dropped out"),
    }.get(what, what)


class WalkWords:
    """Speaks of one walk."""

    def __init__(self, walk: Walk) -> None:
        self.walk = walk
        self.network = NetworkWords(walk.scenario, walk.path)

    def project(self) -> str:
        """The name of the project; its id where it has none."""
        return project_name(self.walk.scenario, self.walk.project)

    def goal(self) -> str:
        """The milestone that the walk leads to, as it stands in a sentence."""
        scenario = self.walk.scenario
        return Voice(scenario, language.current()).goal(scenario.measure)

    def headline(self) -> str:
        """Who is walking, on which path, and how long it took."""
        walk = self.walk
        if walk.path == "commitment":
            path = translate("WalkWords", "commitment path")
        else:
            path = translate("WalkWords", "standard path")
        if walk.grade:
            grade = translate("WalkWords", "grade {grade}").format(grade=walk.grade)
            path = translate("WalkWords", "{path}, {grade}").format(path=path, grade=grade)
        if isfinite(walk.started):
            said = translate("WalkWords", "{days} days to “{goal}”")
            goal = self.network.name(walk.scenario.measure)
            length = said.format(days=language.number(walk.days, 0), goal=goal)
        else:
            length = translate("WalkWords", "does not reach {goal}").format(goal=self.goal())
        return " · ".join((self.project(), length, path, self._replication()))

    def _replication(self) -> str:
        said = translate("WalkWords", "replication {number}")
        return said.format(number=self.walk.replication)

    def subject(self, event: Event) -> str:
        """What an event is about, by name."""
        names = [self.network.name(part) for part in event.subject.split("->") if part]
        return " → ".join(names) if names else self.project()

    def event(self, event: Event) -> str:
        """An event in a sentence."""
        said = about(self.subject(event), event_words(event.what))
        if event.round > 1:
            round_ = translate("WalkWords", "{event} (round {number})")
            said = round_.format(event=said, number=event.round)
        return said

    def picture(self, moment: Moment) -> Picture:
        """The network as it stands at a moment; the same cards and arrows at any."""
        cards = tuple(self._card(name, part, moment) for name, part in moment.parts.items())
        return Picture(cards, tuple(self._arrow(edge, moment) for edge in self.walk.modes))

    def _card(self, name: str, part: StageMoment, moment: Moment) -> Card:
        stage = self.walk.scenario.stage.get(name)
        facts = self._facts(name, part, moment.time)
        return Card(
            id=name,
            kind="stage" if stage else "milestone",
            title=self.network.name(name),
            place=self._places.get(name),
            facts=facts,
            room=self._room if stage else (short_day(date(2026, 12, 28)),),
            progress=part.progress,
            stations=self._stations.get(name, ()),
            badge=self._badge(part),
            spoken=about(self.network.name(name), translate("WalkWords", ", ").join(facts)),
        )

    def _badge(self, part: StageMoment) -> str:
        """What holds a stage up: a queue, and corrections so far."""
        badges = []
        if part.interval is not None and part.interval.phase in ("queueing", "meeting"):
            badges.append(phase_words(part.interval.phase))
        if part.corrections:
            said = translate("WalkWords", "sent back ×{count}")
            badges.append(said.format(count=part.corrections))
        return " · ".join(badges)

    def _facts(self, name: str, part: StageMoment, time: float) -> tuple[str, ...]:
        """What a stage is at and for how long, or when it was done, or what it waits for."""
        if part.progress == "done":
            last = day_of(self.walk.calendar, self.walk.finished[name])
            if name in self.walk.scenario.milestone:
                return (short_day(last),)
            return (translate("WalkWords", "done {date}").format(date=short_day(last)),)
        if part.interval is not None:
            number = floor(time - part.interval.begin) + 1
            day = translate("WalkWords", "day {number}").format(number=max(number, 1))
            return (f"{phase_words(part.interval.phase)} {day}",)
        if part.missing:
            names = translate("WalkWords", ", ").join(map(self.network.name, part.missing))
            return (translate("WalkWords", "awaits {names}").format(names=names),)
        return (translate("WalkWords", "not yet"),)

    @cached_property
    def _places(self) -> dict[str, int | None]:
        """The position of each stage's department."""
        scenario = self.walk.scenario
        places = {name: place for place, name in enumerate(scenario.department)}
        return {name: places.get(stage.department or "") for name, stage in scenario.stage.items()}

    @cached_property
    def _stations(self) -> dict[str, tuple[str, ...]]:
        """What each stage may be at, in words."""
        return {
            stage: tuple(phase_words(phase) for phase in stations(self.walk, stage))
            for stage in self.walk.scenario.stage
        }

    @cached_property
    def _room(self) -> tuple[str, ...]:
        """The longest thing a stage may be at, so that its card keeps its size."""
        first: Phase = "preparing"
        used = {interval.phase for interval in self.walk.intervals} | {first}
        longest = max((phase_words(phase) for phase in used), key=len)
        day = translate("WalkWords", "day {number}").format(number=188)
        return (f"{longest} {day}",)

    def _arrow(self, edge: tuple[str, str], moment: Moment) -> Arrow:
        mode = self.walk.modes[edge]
        passage = moment.passages[edge]
        states = {
            "": "",
            "waiting": translate("WalkWords", "done; waits for others"),
            "passed": translate("WalkWords", "done"),
            "owed": translate("WalkWords", "papers owed"),
        }
        names = " → ".join(map(self.network.name, edge))
        said = (mode_words(mode), self.network.arrow_word(*edge, "hard"), states[passage])
        return Arrow(
            source=edge[0],
            target=edge[1],
            mode=mode,
            word=states[passage] if passage == "owed" else "",
            passage=passage,
            spoken=about(names, translate("WalkWords", ", ").join(filter(None, said))),
        )


def project_name(scenario: Scenario, project: str) -> str:
    """The name of a project; its id where it has none."""
    for each in scenario.project:
        if each.id == project:
            return language.words(each.name, project)
    return project


def day_of(calendar: WorkingCalendar, time: float) -> date:
    """The date of a time on the clock, as the command line writes it too."""
    return calendar.date_of(floor(time * 1440 + 0.5) / 1440)


def short_day(day: date) -> str:
    """Month and day: 3月14日, 14 Mar."""
    pattern = "M月d日" if language.current() == "zh" else "d MMM"
    return language.locale().toString(QDate(day.year, day.month, day.day), pattern)


def weekday(day: date) -> str:
    """The day of the week in full."""
    return language.locale().toString(QDate(day.year, day.month, day.day), "dddd")


def kind_of_day(calendar: WorkingCalendar, time: float) -> str:
    """Working day, weekend, holiday, or a weekend worked in exchange."""
    works, weekend = is_worked(calendar, time), calendar.date_of(time).weekday() >= 5
    if works:
        if weekend and not calendar.every_day_works:
            return translate("WalkWords", "working day in exchange")
        return translate("WalkWords", "working day")
    if weekend:
        return translate("WalkWords", "weekend")
    return translate("WalkWords", "holiday")


def is_worked(calendar: WorkingCalendar, time: float) -> bool:
    """Whether the day that contains a time is a working day."""
    day = max(floor(time), 0)
    return calendar.elapsed(day + 1.0) > calendar.elapsed(float(day))

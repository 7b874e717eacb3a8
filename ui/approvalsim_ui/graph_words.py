"""What a network says in words: who waits for whom, what that means, how long it takes, by whom.

Also why a change of the network cannot be made, and what a change is called.
"""

from PySide6.QtCore import QCoreApplication

from approvalsim.network import Mode
from approvalsim.scenario import MilestoneDependency, Path, Scenario, stage_for
from approvalsim_ui import language
from approvalsim_ui.duration_text import plain
from approvalsim_ui.graph_edits import Refused, Wait, dependency, mode_of
from approvalsim_ui.scenario_words import duration_words

translate = QCoreApplication.translate


def mode_words(mode: Mode) -> str:
    """What a dependency is, in a word or two."""
    return {
        "hard": translate("GraphWords", "strict"),
        "prereview": translate("GraphWords", "pre-review"),
        "deferred": translate("GraphWords", "deferred"),
    }[mode]


def phase_words(phase: str) -> str:
    """Which moment of a stage a milestone waits for."""
    return {
        "submitted": translate("GraphWords", "submitted"),
        "reviewed": translate("GraphWords", "review passed"),
        "finished": translate("GraphWords", "finished"),
    }[phase]


def path_words(path: Path) -> str:
    """A path by the name people use."""
    if path == "commitment":
        return translate("GraphWords", "Fast track")
    return translate("GraphWords", "Standard")


def about(name: str, words: str) -> str:
    """What is to be said about something that has a name."""
    return translate("GraphWords", "{name}: {words}").format(name=name, words=words)


class NetworkWords:
    """Speaks of one scenario on one path."""

    def __init__(self, scenario: Scenario, path: Path) -> None:
        self.scenario, self.path = scenario, path

    def name(self, id_: str) -> str:
        """The name of a stage or milestone; its id where it has none."""
        part = self.scenario.stage.get(id_) or self.scenario.milestone.get(id_)
        return language.words(part.name, id_) if part else id_

    def department(self, id_: str) -> str:
        """The department of a stage by name; empty where it has none."""
        stage = self.scenario.stage.get(id_)
        if stage is None or stage.department is None:
            return ""
        department = self.scenario.department.get(stage.department)
        return language.words(department.name if department else None, stage.department)

    def mode(self, source: str, target: str) -> Mode:
        """What a dependency is on this path."""
        edge = dependency(self.scenario, source, target)
        return mode_of(edge) if edge and self.path == "commitment" else "hard"

    def arrow_word(self, source: str, target: str, mode: Mode) -> str:
        """The word an arrow bears: its kind, or the moment it waits for; hard ones bear none."""
        edge = dependency(self.scenario, source, target)
        words = [] if mode == "hard" else [mode_words(mode)]
        phase = edge.phase if isinstance(edge, MilestoneDependency) else "finished"
        if phase == "submitted":
            words.append(translate("GraphWords", "submitted"))
        if phase == "reviewed":
            words.append(translate("GraphWords", "passed"))
        return " ".join(words)

    def edge_sentences(self, source: str, target: str) -> tuple[str, ...]:
        """What a dependency means, who has to do with it, and how long that takes."""
        edge = dependency(self.scenario, source, target)
        if edge is None:
            return ()
        names = {"source": self.name(source), "target": self.name(target)}
        said = [self._meaning(edge).format(**names)]
        if self.path == "commitment" and edge.relaxed is not None:
            share = language.percent(edge.uptake)
            said.append(
                translate("GraphWords", "Uptake among those allowed to: {share}.").format(
                    share=share
                )
            )
        elif edge.relaxed is not None:
            word = mode_words(edge.relaxed)
            said.append(translate("GraphWords", "On the fast track: {kind}.").format(kind=word))
        said.append(about(names["source"], self.who_and_how_long(source)))
        if target in self.scenario.stage:
            said.append(about(names["target"], self.who_and_how_long(target)))
        return tuple(said)

    def _meaning(self, edge: Wait) -> str:
        if self.path == "commitment" and edge.relaxed == "prereview":
            said = translate(
                "GraphWords",
                "Pre-review: “{target}” is prepared and reviewed meanwhile; its certificate is"
                " issued once “{source}” is finished (issuing takes {issue}).",
            )
            issue = edge.issue
            return said.replace("{issue}", duration_words(issue, "workdays"))
        if self.path == "commitment" and edge.relaxed == "deferred":
            said = translate(
                "GraphWords",
                "Deferred: “{target}” goes ahead on a promise; the papers of “{source}” follow"
                " within {due} working days, {grace} more of grace.",
            )
            return said.replace("{due}", plain(edge.due)).replace("{grace}", plain(edge.grace))
        phase = edge.phase if isinstance(edge, MilestoneDependency) else "finished"
        return {
            "finished": translate(
                "GraphWords", "“{target}” cannot begin before “{source}” is finished."
            ),
            "reviewed": translate(
                "GraphWords", "“{target}” waits until “{source}” has passed its review."
            ),
            "submitted": translate(
                "GraphWords", "“{target}” waits until “{source}” has been submitted."
            ),
        }[phase]

    def who_and_how_long(self, id_: str) -> str:
        """Department, owner and the durations of a stage on this path."""
        stage = self.scenario.stage.get(id_)
        if stage is None:
            return ""
        form = stage_for(stage, {"path": self.path}).stage
        department, owner = self.department(id_), language.words(stage.owner)
        who = [owner] if department in owner else [department, owner]
        parts = (
            (translate("GraphWords", "preparation {duration}"), form.prepare, "days"),
            (translate("GraphWords", "review {duration}"), form.review, "workdays"),
            (translate("GraphWords", "notice {duration}"), form.notice, "days"),
        )
        long_ = [
            said.format(duration=duration_words(duration, usual))
            for said, duration, usual in parts
            if duration is not None
        ]
        if form.correction.probability:
            said = translate("GraphWords", "sent back {share}")
            long_.append(said.format(share=language.percent(form.correction.probability)))
        comma = translate("GraphWords", ", ")
        return translate("GraphWords", "; ").join(
            filter(None, (comma.join(filter(None, who)), comma.join(long_)))
        )

    def refusal(self, refused: Refused) -> str:
        """Why a change cannot be made, and what to do instead."""
        names = [f"“{self.name(id_)}”" for id_ in refused.ids]
        if refused.reason == "circle":
            said = translate(
                "GraphWords",
                "Not possible: these would wait for each other in a circle, and none could begin:"
                " {loop}",
            )
            return said.format(loop=" → ".join([*names, names[0]]))
        if refused.reason == "other":
            problems = (problem.text(language.current()) for problem in refused.problems)
            said = translate("GraphWords", "Not possible: {reasons}")
            return said.format(reasons="; ".join(problems))
        return _refusals()[refused.reason].format(names=" → ".join(names))

    def added(self, source: str, target: str) -> str:
        """What adding a dependency is called, for undo."""
        return self._edit(translate("GraphWords", "add {edge}"), source, target)

    def removed(self, source: str, target: str) -> str:
        """What removing a dependency is called."""
        return self._edit(translate("GraphWords", "remove {edge}"), source, target)

    def made(self, source: str, target: str, mode: Mode) -> str:
        """What changing the kind of a dependency is called."""
        said = translate("GraphWords", "make {edge} {kind}")
        return self._edit(said.replace("{kind}", mode_words(mode)), source, target)

    def changed(self, source: str, target: str) -> str:
        """What changing the terms of a dependency is called."""
        return self._edit(translate("GraphWords", "change {edge}"), source, target)

    def _edit(self, said: str, source: str, target: str) -> str:
        return said.format(edge=f"{self.name(source)} → {self.name(target)}")


def _refusals() -> dict[str, str]:
    """What to say for each reason to refuse a change."""
    return {
        "unknown": translate("GraphWords", "There is no such stage: {names}"),
        "itself": translate("GraphWords", "{names} cannot wait for itself."),
        "already": translate("GraphWords", "This dependency is there already: {names}"),
        "from_milestone": translate(
            "GraphWords", "Nothing can wait for a milestone: {names}. Begin at a stage."
        ),
        "no_edge": translate("GraphWords", "There is no such dependency: {names}"),
        "unreadable": translate(
            "Words", "Three numbers such as 10/20/35, or one, or a span such as 0~30."
        ),
        "last_of_milestone": translate(
            "GraphWords",
            "A milestone must wait for at least one stage: {names}. Add another dependency first.",
        ),
        "unneeded": translate(
            "GraphWords",
            "No milestone would need {names} any more. First let something else wait for it.",
        ),
        "only_stages": translate(
            "GraphWords", "Pre-review is between two stages, not into a milestone: {names}"
        ),
        "remedy_missing": translate(
            "GraphWords",
            "Deferred papers need to say how long putting right takes: give the policy a remedy"
            " duration first.",
        ),
    }

"""The projects of one replication as luck made them: what is decided when each one signs.

Nothing here depends on what happens later, so it is worked out for all projects at once; engines
tell the rest of the story.
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from approvalsim.luck import Purpose, Sheets, keys
from approvalsim.plan import Plan
from approvalsim.plan_parts import COMMITMENT, DRAWN, HARD, STANDARD
from approvalsim.tables import NO_TIME

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_WHOLE_PROJECT = keys(("",))


@dataclass(frozen=True, eq=False)
class Cohort:
    """Arrays over projects (first axis) for one replication of one plan."""

    plan: Plan
    seed: int
    replication: int
    signed: Floats
    """Signing times on the clock."""
    values: Ints
    """(projects, attributes) positions in `Axes.values`, the reserved attributes included."""
    grade: Ints
    path: Ints
    form: Ints
    """(projects, stages) which form of each stage applies."""
    drops_out: NDArray[np.bool_]
    """Whether the project leaves when the plan's dropout stage would begin."""

    def durations(self, purpose: Purpose, round_: int = 0) -> Floats:
        """(projects, stages) durations of one kind and round, in the unit of their tables."""
        table = self._tables[purpose]
        if not table.any():
            return np.zeros(table.shape)
        durations = self.plan.tables.read(table, self.stage_luck.draw(purpose, round_))
        multiplier = self._multipliers.get(purpose)
        return durations if multiplier is None else durations * multiplier[:, None]

    def longer_than(
        self, purpose: Purpose, round_: int, project: int, stage: int, spent: float
    ) -> float:
        """A duration as in `durations`, given that it is longer than what has been spent."""
        table = int(self._tables[purpose][project, stage])
        draw = float(self.stage_luck.draw(purpose, round_)[project, stage])
        multiplier = self._multipliers.get(purpose)
        vary = 1.0 if multiplier is None else float(multiplier[project])
        return self.plan.tables.read_beyond(table, draw, spent / vary) * vary

    def in_workdays(self, purpose: Purpose) -> NDArray[np.bool_]:
        """(projects, stages) whether such durations are working days."""
        return self.plan.tables.workdays[self._tables[purpose]]

    def corrections(self, round_: int) -> Floats:
        """(projects, stages) the draws that decide whether a submission is sent back."""
        return self.stage_luck.draw(Purpose.CORRECTION, round_)

    @cached_property
    def stage_luck(self) -> Sheets:
        """Draws by stage."""
        return self._luck(self.plan.stage_keys)

    @cached_property
    def edge_luck(self) -> Sheets:
        """Draws by dependency: uptake, issue, breach, remedy."""
        return self._luck(self.plan.edge_keys)

    @cached_property
    def milestone_luck(self) -> Sheets:
        """Draws by milestone: availability windows."""
        return self._luck(self.plan.milestone_keys)

    @cached_property
    def edge_mode(self) -> Ints:
        """(projects, edges) what each dependency is at signing."""
        plan, edges = self.plan, self.plan.edges
        committed = self.path == COMMITMENT
        if not committed.any():
            return np.full((len(committed), len(edges.source)), HARD)
        everybody = np.ones(len(edges.source), dtype=np.bool_)
        allowed = np.vstack([plan.policy.may_relax, everybody])[self.grade]  # no grades: the last
        taken = self.edge_luck.draw(Purpose.UPTAKE) < edges.uptake
        return np.where(committed[:, None] & allowed & taken, edges.relaxed, HARD)

    @cached_property
    def issue(self) -> Floats:
        """(projects, edges) time to issue the certificate after pre-review."""
        return self.plan.tables.read(self.plan.edges.issue, self.edge_luck.draw(Purpose.ISSUE))

    @cached_property
    def remedy(self) -> Floats:
        """(projects, edges) time to put a broken promise right."""
        return self.plan.tables.read(self.plan.policy.remedy, self.edge_luck.draw(Purpose.REMEDY))

    @cached_property
    def breaks_promise(self) -> NDArray[np.bool_]:
        """(projects, edges) whether an obligation is broken whatever the time needed."""
        rate = np.append(self.plan.policy.breach, 0.0)[self.grade]  # DRAWN: no grades, the 0.0
        broken: NDArray[np.bool_] = self.edge_luck.draw(Purpose.BREACH) < rate[:, None]
        return broken

    @cached_property
    def window_draws(self) -> Floats:
        """(projects, milestones) the draws against the share of sites that have resumed work."""
        return self.milestone_luck.draw(Purpose.WINDOW)

    @cached_property
    def _tables(self) -> dict[Purpose, Ints]:
        forms = self.plan.forms
        return {
            Purpose.PREPARE: forms.prepare[self.form],
            Purpose.REVIEW: forms.review[self.form],
            Purpose.NOTICE: forms.notice[self.form],
            Purpose.REWORK: forms.rework[self.form],
        }

    @cached_property
    def _multipliers(self) -> dict[Purpose, Floats]:
        """Project-level variation of prepare and review times, where the scenario has any."""
        varied = {
            Purpose.PREPARE: (Purpose.VARIATION_PREPARE, self.plan.portfolio.vary_prepare),
            Purpose.REVIEW: (Purpose.VARIATION_REVIEW, self.plan.portfolio.vary_review),
        }
        return {
            purpose: self.plan.tables.read(table, self._luck(_WHOLE_PROJECT).draw(drawn_as)[:, 0])
            for purpose, (drawn_as, table) in varied.items()
            if table != NO_TIME
        }

    def _luck(self, places: NDArray[np.uint64]) -> Sheets:
        return Sheets(self.seed, self.replication, self.plan.project_keys, places)


def draw_cohort(plan: Plan, seed: int, replication: int) -> Cohort:
    """The projects of one replication: signing, attributes, grade, path and forms."""
    whole = Sheets(seed, replication, plan.project_keys, _WHOLE_PROJECT)
    own = _attributes(plan, Sheets(seed, replication, plan.project_keys, plan.attribute_keys))
    grade = _grades(plan, whole)
    path = _paths(plan, whole, own, grade)
    values = _values(own, grade, path)
    return Cohort(
        plan=plan,
        seed=seed,
        replication=replication,
        signed=_signings(plan, whole),
        values=values,
        grade=grade,
        path=path,
        form=_forms(plan, values),
        drops_out=whole.draw(Purpose.DROPOUT)[:, 0] < plan.portfolio.dropout,
    )


def _signings(plan: Plan, luck: Sheets) -> Floats:
    portfolio = plan.portfolio
    drawn = plan.tables.read(portfolio.signing, luck.draw(Purpose.SIGNING)[:, 0])
    if portfolio.gaps:
        drawn = np.cumsum(drawn)
    fixed, drawn = portfolio.signed, portfolio.first_signing + drawn
    if plan.situation is not None:  # whoever has not signed by then signs later
        drawn = np.maximum(drawn, plan.situation.as_of)
    return np.where(np.isnan(fixed), drawn, fixed)


def _attributes(plan: Plan, luck: Sheets) -> Ints:
    """Values of the scenario's own attributes: stated by the project, or drawn by their shares."""
    shares = plan.portfolio.shares
    drawn = (luck.draw(Purpose.ATTRIBUTE)[:, :, None] >= shares).sum(axis=2)
    return np.where(plan.portfolio.attribute == DRAWN, drawn, plan.portfolio.attribute)


def _grades(plan: Plan, luck: Sheets) -> Ints:
    """Credit grades; `DRAWN` stands for none where the scenario has no grades."""
    if not plan.axes.grades:
        return np.full(len(plan.axes.projects), DRAWN)
    drawn = (luck.draw(Purpose.GRADE) >= plan.policy.grade_shares).sum(axis=1)
    return np.where(plan.portfolio.grade == DRAWN, drawn, plan.portfolio.grade)


def _values(own: Ints, grade: Ints, path: Ints) -> Ints:
    """All attribute values; the order of the last two is that of `RESERVED_ATTRIBUTES`."""
    return np.column_stack([own, path, grade + 1])


def _forms(plan: Plan, values: Ints) -> Ints:
    return plan.stages.form_base + values @ plan.stages.form_stride.T


def _paths(plan: Plan, luck: Sheets, own: Ints, grade: Ints) -> Ints:
    """Who takes the commitment path: the policy on, eligible, not barred, and lucky enough."""
    policy, standard = plan.policy, np.full(len(grade), STANDARD)
    if not policy.enabled:
        return standard
    eligible = np.append(policy.eligible, True)[grade]  # no grades: everyone
    # Stages' forms may differ by path, so who may commit is judged by the forms without it.
    forms = _forms(plan, _values(own, grade, standard))
    barred = plan.forms.bars_commitment[forms].any(axis=1)
    lucky = luck.draw(Purpose.PATH)[:, 0] < policy.share
    drawn = np.where(eligible & ~barred & lucky, COMMITMENT, STANDARD)
    return np.where(plan.portfolio.path == DRAWN, drawn, plan.portfolio.path)

"""What may be wrong in an engine, and which small scenario has to notice.

A mutation is an expression of the source, and a wrong one to stand in its place; see
`wrong_engines`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutation:
    """What is wrong, where, and which of `telling_scenarios` notices."""

    name: str
    module: str
    right: str
    wrong: str
    noticed_by: str


KERNEL = (
    Mutation(
        "of two things at the same time the later in turn comes first",
        "kernel_clock",
        "index_at(world.present, place).value < index_at(world.present, best).value",
        "index_at(world.present, place).value > index_at(world.present, best).value",
        "a project leaves as stages of it end",
    ),
    Mutation(
        "of two things to come the later comes first",
        "kernel_clock",
        "event_at(heap, parent).time > time",
        "event_at(heap, parent).time < time",
        "papers that arrive one after the other",
    ),
    Mutation(
        "of papers that arrive at once the last project is first",
        "kernel_offices",
        "joined_a == joined_b and a < b",
        "joined_a == joined_b and a > b",
        "papers that arrive at once",
    ),
    Mutation(
        "who comes last is served first",
        "kernel_offices",
        "joined_a < joined_b",
        "joined_a > joined_b",
        "papers of equal priority",
    ),
    Mutation(
        "the last papers are taken instead of the first",
        "kernel_offices",
        "place_in_queue(rules, world, department, 0).value",
        "place_in_queue(rules, world, department, office_at(world, department).waiting).value",
        "papers that arrive one after the other",
    ),
    Mutation(
        "the priority classes are turned round",
        "kernel_offices",
        "rank_a < rank_b",
        "rank_a > rank_b",
        "papers of unequal priority",
    ),
    Mutation(
        "the queue counts before reviewers are given out",
        "kernel_offices",
        "max(facts.longest_queue, office.waiting)",
        "max(facts.longest_queue, office.waiting + 1)",
        "papers that arrive at once",
    ),
    Mutation(
        "papers of a project that has left stay in the queue",
        "kernel_offices",
        "cell_at(world, index).project != project",
        "True",
        "a project leaves its queue",
    ),
    Mutation(
        "a milestone does not mind a hold",
        "kernel_stages",
        "cell.waiting or case.holds",
        "cell.waiting",
        "a broken promise",
    ),
    Mutation(
        "a stage does not mind a hold",
        "kernel_edges",
        "not case_at(world, project).holds",
        "True",
        "a broken promise",
    ),
    Mutation(
        "a hold ends before the remedy",
        "kernel_promises",
        "arc.promise == SUPPLIED",
        "False",
        "a broken promise",
    ),
    Mutation(
        "a hold that begins at groundbreaking is no stop-work",
        "kernel_promises",
        "number_at(books.milestones, measured).value <= since",
        "number_at(books.milestones, measured).value < since - 6.0",
        "a broken promise",
    ),
    Mutation(
        "a deadline in calendar days",
        "kernel_promises",
        "end_of(rules, now, edge_at(rules, e).deadline)",
        "now + edge_at(rules, e).deadline",
        "a promise in working days",
    ),
    Mutation(
        "barred although it has begun",
        "kernel_edges",
        "arc.mode == HARD or cell.begun",
        "arc.mode == HARD",
        "barred after a breach",
    ),
    Mutation(
        "one correction fewer than allowed",
        "kernel_stages",
        "cell.round >= form.max_rounds",
        "cell.round + 1 >= form.max_rounds",
        "papers sent back",
    ),
    Mutation(
        "corrections as likely as the first time",
        "kernel_stages",
        "cell.chance * form.decay",
        "cell.chance * 1.0",
        "papers sent back",
    ),
    Mutation(
        "a line between two knots, rounded otherwise",
        "kernel_clock",
        "low + (high - low) * (position - cell)",
        "low * (1.0 - (position - cell)) + high * (position - cell)",
        "curved durations",
    ),
    Mutation(
        "the notice is dropped",
        "kernel_stages",
        "spend(rules, world, index, cell.notice, workdays, CERTIFY)",
        "CERTIFY",
        "a notice",
    ),
    Mutation(
        "too late for the meeting of this very moment",
        "kernel_stages",
        "held_at >= now",
        "held_at > now",
        "a meeting every week",
    ),
    Mutation(
        "the window still open on the first closed day",
        "kernel_stages",
        "now < new_year - window.closed_before",
        "now <= new_year - window.closed_before",
        "the ends of a window",
    ),
    Mutation(
        "all sites open again as soon as the first",
        "kernel_stages",
        "new_year + (window.closed_after + spread)",
        "new_year + window.closed_after",
        "the ends of a window",
    ),
    Mutation(
        "of two certificates the last one counts, not the longest",
        "kernel_stages",
        "max(latest, after(rules, now, duration, table_at(rules, table).workdays))",
        "after(rules, now, duration, table_at(rules, table).workdays)",
        "two papers after pre-review",
    ),
    Mutation(
        "a limit reached counts as exceeded",
        "kernel_stages",
        "taken > form.statutory + ROUNDING",
        "taken >= form.statutory - ROUNDING",
        "a legal limit",
    ),
    Mutation(
        "what happens at the horizon still happens",
        "kernel_memory",
        "np.nextafter(plan.end, -np.inf)",
        "plan.end",
        "a horizon",
    ),
    Mutation(
        "the time at work until the horizon is forgotten",
        "kernel",
        "end - cell.started",
        "0.0",
        "a horizon",
    ),
    Mutation(
        "a deadline reached counts as missed",
        "kernel_steering",
        "case.margin < 0.0 or case.led",
        "case.margin <= 0.0 or case.led",
        "a deadline that passes between two reviews",
    ),
    Mutation(
        "urging on lengthens the work",
        "kernel_steering",
        "1.0 - rules.effect",
        "1.0 + rules.effect",
        "a deadline that passes between two reviews",
    ),
    Mutation(
        "who is urged on goes a class behind",
        "kernel_offices",
        "project_at(rules, project).priority - case_at(world, project).urged",
        "project_at(rules, project).priority + case_at(world, project).urged",
        "a late project in a queue",
    ),
    Mutation(
        "a queue is not ranked anew",
        "kernel_steering",
        "department_at(rules, department).by_priority",
        "False",
        "a late project in a queue",
    ),
    Mutation(
        "leaders take on those with the most margin",
        "kernel_steering",
        "case.margin < case_at(world, best).margin",
        "case.margin > case_at(world, best).margin",
        "a leader for one of three",
    ),
    Mutation(
        "leaders take on a project fewer than they can",
        "kernel_steering",
        "free > 0",
        "free > 1",
        "a leader for one of three",
    ),
    Mutation(
        "a team can take a project more",
        "kernel_steering",
        "beyond > 0",
        "beyond > 1",
        "an overloaded team",
    ),
)


SIMULATION = (
    Mutation(
        "of two things at the same time the later in turn comes first",
        "clock",
        "project * self._slots + 1 + node",
        "(project + 1) * self._slots - node",
        "a project leaves as stages of it end",
    ),
    Mutation(
        "of papers that arrive at once the last project is first",
        "department",
        "papers.joined, papers.project, papers.stage",
        "papers.joined, -papers.project, papers.stage",
        "papers that arrive at once",
    ),
    Mutation(
        "who comes last is served first",
        "department",
        "rank, papers.joined,",
        "rank, -papers.joined,",
        "papers that arrive one after the other",
    ),
    Mutation(
        "the priority classes are turned round",
        "department",
        "priority if self.by_priority",
        "-priority if self.by_priority",
        "papers of unequal priority",
    ),
    Mutation(
        "the queue counts before reviewers are given out",
        "department",
        "max(self.longest_queue, len(self.queue))",
        "max(self.longest_queue, len(self.queue) + len(taken))",
        "papers that arrive at once",
    ),
    Mutation(
        "papers of a project that has left stay in the queue",
        "department",
        "if entry[2] != project",
        "if True",
        "a project leaves its queue",
    ),
    Mutation(
        "a milestone does not mind a hold",
        "simulation",
        "project.waiting[node] or project.holds",
        "project.waiting[node]",
        "a broken promise",
    ),
    Mutation(
        "a deadline reached counts as missed",
        "steering",
        "margins[case] < 0.0 or case.led",
        "margins[case] <= 0.0 or case.led",
        "a deadline that passes between two reviews",
    ),
    Mutation(
        "a queue is not ranked anew",
        "steering",
        "department.rank_anew(self.priority)",
        "pass",
        "a late project in a queue",
    ),
    Mutation(
        "leaders take on those with the most margin",
        "steering",
        "(margins[case], case.number)",
        "(-margins[case], case.number)",
        "a leader for one of three",
    ),
    Mutation(
        "a team can take a project more",
        "steering",
        "beyond > 0",
        "beyond > 1",
        "an overloaded team",
    ),
    Mutation(
        "a stage does not mind a hold", "casework", "not self.holds", "True", "a broken promise"
    ),
    Mutation(
        "no time to put right what was broken",
        "commitments",
        "self.after(clock.time, remedy,",
        "self.after(clock.time, 0.0,",
        "a broken promise",
    ),
    Mutation(
        "what holds up work is no stop-work",
        "commitments",
        "self.facts.milestone[measured] <= case.held_since",
        "self.facts.milestone[measured] > case.held_since",
        "a broken promise",
    ),
    Mutation(
        "a deadline in calendar days",
        "commitments",
        "self.end_of(now, self.lists.deadline[edge])",
        "now + self.lists.deadline[edge]",
        "a promise in working days",
    ),
    Mutation(
        "barred although it has begun",
        "commitments",
        "mode == HARD or case.begun[target]",
        "mode == HARD",
        "barred after a breach",
    ),
    Mutation(
        "the verdict of the next round",
        "simulation",
        "luck.sent_back(round_)[cell]",
        "luck.sent_back(round_ + 1)[cell]",
        "papers sent back",
    ),
    Mutation(
        "every review as long as the first",
        "simulation",
        "+ papers.stage, papers.round",
        "+ papers.stage, 0",
        "papers sent back",
    ),
    Mutation(
        "the end of a duration, rounded otherwise",
        "commitments",
        "begin + duration",
        "(begin + 0.1) + (duration - 0.1)",
        "curved durations",
    ),
    Mutation(
        "the notice is dropped",
        "simulation",
        "self.spend(luck.notice, cell, turn)",
        "None",
        "a notice",
    ),
    Mutation(
        "too late for the meeting of this very moment",
        "timetable",
        "time >= now",
        "time > now",
        "a meeting every week",
    ),
    Mutation(
        "the window still open on the first closed day",
        "timetable",
        "now < new_year - window.closed_before",
        "now <= new_year - window.closed_before",
        "the ends of a window",
    ),
    Mutation(
        "of two certificates the last one counts, not the longest",
        "simulation",
        "max(latest, end)",
        "end",
        "two papers after pre-review",
    ),
    Mutation(
        "a limit reached counts as exceeded",
        "simulation",
        "self.luck.statutory[cell] + ROUNDING",
        "self.luck.statutory[cell] - 2 * ROUNDING",
        "a legal limit",
    ),
    Mutation(
        "what happens at the horizon still happens",
        "clock",
        "queue[0][0] < end",
        "queue[0][0] <= end",
        "a horizon",
    ),
    Mutation(
        "the time at work until the horizon is forgotten",
        "simulation",
        "department.close(self.plan.end)",
        "department.close(self.clock.last_before)",
        "a horizon",
    ),
)

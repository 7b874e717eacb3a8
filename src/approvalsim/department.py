"""A department: reviewers shared by all projects, and the queue before their desks."""

from collections.abc import Callable
from heapq import heapify, heappop, heappush
from typing import Generic, Protocol, TypeVar


class Submission(Protocol):
    """Papers handed to a department."""

    project: int
    stage: int
    joined: float
    started: float


Papers = TypeVar("Papers", bound=Submission)


class Department(Generic[Papers]):
    """Reviewers and a queue; what the department did is left in its public counters."""

    def __init__(self, reviewers: int, by_priority: bool) -> None:
        """Open with all ``reviewers`` free; ``by_priority`` lets priority classes go first."""
        self.free = reviewers
        self.by_priority = by_priority
        self.queue: list[tuple[int, float, int, int, Papers]] = []
        self.under_way: set[Papers] = set()
        self.busy = 0.0
        self.wait = 0.0
        self.visits = 0
        self.longest_queue = 0

    def join(self, papers: Papers, priority: int) -> None:
        """Queue by priority class, then time of joining, then project, then stage."""
        rank = priority if self.by_priority else 0
        heappush(self.queue, (rank, papers.joined, papers.project, papers.stage, papers))

    def rank_anew(self, priority: Callable[[int], int]) -> None:
        """Let the queue follow the priority classes as they are now, by project."""
        if self.by_priority:
            self.queue = [(priority(entry[2]), *entry[1:]) for entry in self.queue]
            heapify(self.queue)

    def withdraw(self, project: int) -> None:
        """Take the papers of a project that has left out of the queue."""
        self.queue = [entry for entry in self.queue if entry[2] != project]
        heapify(self.queue)

    def assign(self, now: float) -> list[Papers]:
        """Give free reviewers to the head of the queue; the submissions taken up."""
        taken = []
        while self.free and self.queue:
            papers = heappop(self.queue)[-1]
            self.free -= 1
            papers.started = now
            self.visits += 1
            self.wait += now - papers.joined
            taken.append(papers)
        self.under_way.update(taken)
        if self.queue:
            self.longest_queue = max(self.longest_queue, len(self.queue))
        return taken

    def release(self, papers: Papers, now: float) -> None:
        """The reviewer lays the papers down."""
        self.free += 1
        self.under_way.remove(papers)
        self.busy += now - papers.started

    def close(self, now: float) -> None:
        """Count the time of the reviews under way, in the order of (project, stage)."""
        for papers in sorted(self.under_way, key=lambda each: (each.project, each.stage)):
            self.busy += now - papers.started

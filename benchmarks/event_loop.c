/* The reference workload as a plain event loop in C: the yardstick of the compiled kernel.

   The same draws, read from the same tables, and the same facts to the last bit as both engines
   give, for scenarios that ask for no more than w43 does: projects that sign one after the other,
   stages that are reviewed in a department and perhaps sent back, hard dependencies on finished
   stages, first come first served, every day a working day, no horizon.

   What the kernel does more, on this workload as on any other: it looks for everything that could
   have been asked for and was not (preparation, meetings, notices, pre-review, promises, holds,
   dropout, windows, working days, a horizon, legal limits, priorities, forms by attributes), draws
   what depends on it, lets every stage begin at a turn of its own, and keeps queues in order
   whoever joins. Here the facts about all these things are written as the constants they are. */

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* What is handed over. */

struct table {
    int64_t start, cells, warped;
};

struct node { /* a stage; the milestones behind the stages only wait */
    uint64_t key;
    int64_t department, review, rework, max_rounds;
    double correction, decay;
    int64_t waits_for, first_successor, successors;
};

struct plan {
    int64_t projects, stages, milestones, departments, attributes, signing;
    uint64_t whole_project;
    const uint64_t *project_keys;
    const int64_t *reviewers, *successors;
    const struct node *nodes;
    const struct table *tables;
    const double *knots;
};

/* What is handed back: of each replication a row of each kind. */

struct page { /* by project and stage */
    double ready, submitted, review_start, reviewed, finished;
    double queue, review, rework, meeting, notice, issue;
    int64_t rounds, over_statutory;
};

struct cover { /* by project */
    double signed_at, left, stop_work;
    int64_t path;
};

struct account { /* by department */
    double busy, wait;
    int64_t visits, longest_queue;
};

struct facts {
    struct page *pages;
    struct cover *covers;
    struct account *accounts;
    double *milestones, *last_event;
    int64_t *values;
};

/* The world of one replication. */

struct event { /* cells are numbered in the order of their turns */
    double time;
    int64_t cell;
};

struct cell { /* by project: first the project as a whole, then its stages and milestones */
    uint64_t word;
    double since, chance; /* since when: in the queue, reviewed, or sent back */
    int64_t waiting, round, under_review, project, node;
};

struct office {
    int64_t free, called, first, waiting; /* the queue is a ring, as long as there are papers */
    int64_t *queue;
};

struct world {
    const struct plan *plan;
    struct facts facts;
    double now;
    int64_t events, called_count, papers, width;
    struct event *heap;
    struct cell *cells;
    struct office *offices;
    int64_t *called;
    uint64_t word;
};

/* Luck: see luck.py. */

enum { SIGNING = 0, REVIEW = 9, CORRECTION = 10, REWORK = 11, PURPOSES = 64 };

static const uint64_t GAMMA = 0x9E3779B97F4A7C15;

static uint64_t mix(uint64_t word)
{
    word = (word ^ (word >> 30)) * 0xBF58476D1CE4E5B9;
    word = (word ^ (word >> 27)) * 0x94D049BB133111EB;
    return word ^ (word >> 31);
}

static double uniform(uint64_t word, int64_t purpose, int64_t round)
{
    uint64_t counter = (uint64_t)(round * PURPOSES + purpose + 1) * GAMMA;
    return ((double)(int64_t)(mix(word + counter) >> 12) + 0.5) * 0x1p-52;
}

static double duration(const struct plan *plan, int64_t number, double draw)
{
    const struct table *table = &plan->tables[number];
    if (table->warped) {
        double tail = draw < 1.0 - draw ? draw : 1.0 - draw;
        double side = sqrt(tail * 0.5);
        draw = draw < 0.5 ? side : 1.0 - side;
    }
    double position = draw * (double)table->cells;
    int64_t cell = (int64_t)position;
    if (cell > table->cells - 1)
        cell = table->cells - 1;
    const double *knot = &plan->knots[table->start + cell];
    double found = knot[0] + (knot[1] - knot[0]) * (position - (double)cell);
    return found < knot[1] ? found : knot[1];
}

/* Events: a binary heap by time, then turn. */

static int before(struct event a, struct event b)
{
    return (a.time < b.time) | ((a.time == b.time) & (a.cell < b.cell)); /* no jumps */
}

static void rise(struct event *heap, int64_t place, struct event event)
{
    while (place > 0 && before(event, heap[(place - 1) / 2])) {
        heap[place] = heap[(place - 1) / 2];
        place = (place - 1) / 2;
    }
    heap[place] = event;
}

static void at(struct world *world, double time, int64_t cell)
{
    rise(world->heap, world->events++, (struct event){time, cell});
}

static struct event next_event(struct world *world)
{
    struct event *heap = world->heap, first = heap[0];
    int64_t place = 0, child, last = --world->events;
    for (; (child = 2 * place + 2) < last; place = child) {
        child -= before(heap[child - 1], heap[child]);
        heap[place] = heap[child];
    }
    if (child == last) {
        heap[place] = heap[child - 1];
        place = child - 1;
    }
    rise(heap, place, heap[last]);
    return first;
}

/* The story. */

static struct page *page_of(struct world *world, const struct cell *cell)
{
    return &world->facts.pages[cell->project * world->plan->stages + cell->node];
}

/* When all else of this instant is done, the department assigns reviewers. */
static void call(struct world *world, int64_t department)
{
    if (!world->offices[department].called) {
        world->offices[department].called = 1;
        world->called[world->called_count++] = department;
    }
}

static void submit(struct world *world, struct cell *cell)
{
    int64_t department = world->plan->nodes[cell->node].department;
    struct office *office = &world->offices[department];
    int64_t place = office->first + office->waiting++;
    cell->since = world->now;
    office->queue[place < world->papers ? place : place - world->papers] = cell - world->cells;
    call(world, department);
}

static void begin(struct world *world, struct cell *cell)
{
    const struct node *node = &world->plan->nodes[cell->node];
    struct page *page = page_of(world, cell);
    cell->word = mix(world->cells[cell->project * world->width].word ^ node->key);
    cell->round = 0;
    cell->chance = node->correction;
    page->ready = page->submitted = world->now;
    page->queue = page->review = page->rework = page->meeting = page->notice = page->issue = 0.0;
    page->over_statutory = 0;
    submit(world, cell);
}

static void sign(struct world *world, struct cell *whole)
{
    const struct plan *plan = world->plan;
    int64_t first_value = whole->project * plan->attributes;
    world->facts.covers[whole->project] = (struct cover){world->now, INFINITY, 0.0, 0};
    for (int64_t value = first_value; value < first_value + plan->attributes; value++)
        world->facts.values[value] = 0;
    for (int64_t node = 0; node < plan->stages + plan->milestones; node++)
        whole[1 + node].waiting = plan->nodes[node].waits_for;
    for (int64_t stage = 0; stage < plan->stages; stage++)
        if (plan->nodes[stage].waits_for == 0)
            begin(world, &whole[1 + stage]);
}

static void sign_later(struct world *world, int64_t project)
{
    const struct plan *plan = world->plan;
    int64_t cell = project * world->width;
    uint64_t word = mix(world->word ^ plan->project_keys[project]);
    double draw = uniform(mix(word ^ plan->whole_project), SIGNING, 0);
    world->cells[cell].word = word;
    at(world, world->now + duration(plan, plan->signing, draw), cell);
}

static void finish(struct world *world, struct cell *cell)
{
    const struct plan *plan = world->plan;
    const struct node *node = &plan->nodes[cell->node];
    struct page *page = page_of(world, cell);
    page->reviewed = page->finished = world->now;
    for (int64_t i = 0; i < node->successors; i++) {
        int64_t next = plan->successors[node->first_successor + i];
        struct cell *successor = cell - cell->node + next;
        if (--successor->waiting)
            continue;
        if (next < plan->stages)
            begin(world, successor);
        else
            world->facts.milestones[cell->project * plan->milestones + next - plan->stages] =
                world->now;
    }
}

static void judge(struct world *world, struct cell *cell)
{
    const struct node *node = &world->plan->nodes[cell->node];
    struct page *page = page_of(world, cell);
    double taken = world->now - cell->since;
    world->offices[node->department].free++;
    world->facts.accounts[node->department].busy += taken;
    call(world, node->department);
    cell->under_review = 0;
    page->review += taken;
    page->rounds = cell->round + 1;
    if (cell->round < node->max_rounds &&
        uniform(cell->word, CORRECTION, cell->round) < cell->chance) {
        double draw = uniform(cell->word, REWORK, cell->round);
        cell->chance *= node->decay;
        cell->since = world->now;
        cell->round++;
        at(world, world->now + duration(world->plan, node->rework, draw), cell - world->cells);
    } else {
        finish(world, cell);
    }
}

static void correct(struct world *world, struct cell *cell)
{
    page_of(world, cell)->rework += world->now - cell->since;
    submit(world, cell);
}

static void assign(struct world *world, int64_t department)
{
    struct office *office = &world->offices[department];
    struct account *account = &world->facts.accounts[department];
    office->called = 0;
    while (office->free && office->waiting) {
        struct cell *cell = &world->cells[office->queue[office->first]];
        struct page *page = page_of(world, cell);
        double waited = world->now - cell->since;
        double draw = uniform(cell->word, REVIEW, cell->round);
        int64_t table = world->plan->nodes[cell->node].review;
        office->first = office->first + 1 < world->papers ? office->first + 1 : 0;
        office->waiting--;
        office->free--;
        account->visits++;
        account->wait += waited;
        page->queue += waited;
        if (cell->round == 0)
            page->review_start = world->now;
        cell->since = world->now;
        cell->under_review = 1;
        at(world, world->now + duration(world->plan, table, draw), cell - world->cells);
    }
    if (account->longest_queue < office->waiting)
        account->longest_queue = office->waiting;
}

static void replicate(struct world *world)
{
    const struct plan *plan = world->plan;
    world->now = 0.0;
    for (int64_t department = 0; department < plan->departments; department++) {
        world->offices[department].free = plan->reviewers[department];
        world->facts.accounts[department] = (struct account){0};
    }
    sign_later(world, 0);
    while (world->events) {
        struct event event = next_event(world);
        struct cell *cell = &world->cells[event.cell];
        world->now = event.time;
        if (cell->under_review) {
            judge(world, cell);
        } else if (cell->node >= 0) {
            correct(world, cell);
        } else {
            sign(world, cell);
            if (cell->project + 1 < plan->projects)
                sign_later(world, cell->project + 1);
        }
        if (world->events && world->heap[0].time == world->now)
            continue;
        while (world->called_count)
            assign(world, world->called[--world->called_count]);
    }
    *world->facts.last_event = world->now;
}

/* So many replications from the first on, a row of facts for each; 0 where memory is short. */
int replications(const struct plan *plan, const struct facts *facts, uint64_t seed, int64_t first,
                 int64_t count)
{
    int64_t papers = plan->projects * plan->stages;
    int64_t width = 1 + plan->stages + plan->milestones;
    struct world world = {.plan = plan, .facts = *facts, .papers = papers, .width = width};
    world.heap = calloc(papers + 1, sizeof(struct event));
    world.cells = calloc(plan->projects * width, sizeof(struct cell));
    world.offices = calloc(plan->departments, sizeof(struct office));
    world.called = calloc(plan->departments, sizeof(int64_t));
    int64_t *queues = calloc(papers * plan->departments, sizeof(int64_t));
    int ready = world.heap && world.cells && world.offices && world.called && queues;
    for (int64_t cell = 0; ready && cell < plan->projects * width; cell++) {
        world.cells[cell].project = cell / width;
        world.cells[cell].node = cell % width - 1;
    }
    for (int64_t department = 0; ready && department < plan->departments; department++)
        world.offices[department].queue = queues + department * papers;
    for (int64_t number = first; ready && number < first + count; number++) {
        world.word = mix(mix(seed) + (uint64_t)(number + 1) * GAMMA);
        replicate(&world);
        world.facts.pages += papers;
        world.facts.covers += plan->projects;
        world.facts.accounts += plan->departments;
        world.facts.milestones += plan->projects * plan->milestones;
        world.facts.values += plan->projects * plan->attributes;
        world.facts.last_event++;
    }
    free(world.heap);
    free(world.cells);
    free(world.offices);
    free(world.called);
    free(queues);
    return ready;
}

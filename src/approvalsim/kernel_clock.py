"""Luck, durations, the working calendar and the clock of the compiled kernel."""

from math import floor, inf, sqrt

import numpy as np

from approvalsim.kernel_records import (
    HEAP_WIDTH,
    RESTING,
    cell_at,
    comes_first,
    compiled,
    compiled_aside,
    event_at,
    flag_at,
    index_at,
    knot_at,
    move,
    number_at,
    put,
    table_at,
)

u8 = np.uint64
_MIX_1, _MIX_2, GAMMA = u8(0xBF58476D1CE4E5B9), u8(0x94D049BB133111EB), u8(0x9E3779B97F4A7C15)
_SHIFT_30, _SHIFT_27, _SHIFT_31, _SHIFT_12 = u8(30), u8(27), u8(31), u8(12)
_UNIT = 2.0**-52


@compiled
def mix(word):
    """SplitMix64's finaliser; see `luck`."""
    word = (word ^ (word >> _SHIFT_30)) * _MIX_1
    word = (word ^ (word >> _SHIFT_27)) * _MIX_2
    return word ^ (word >> _SHIFT_31)


@compiled
def uniform(word, purpose, round_):
    """One draw from the word of whoever draws; see `luck.uniform`."""
    counter = u8(round_ * 64 + purpose + 1) * GAMMA
    return (np.float64(mix(word + counter) >> _SHIFT_12) + 0.5) * _UNIT


@compiled
def read(rules, table, draw):
    """A duration from its table, in the table's unit."""
    cells = table_at(rules, table).cells
    if table_at(rules, table).warped:
        side = sqrt(min(draw, 1.0 - draw) * 0.5)
        draw = abs((draw >= 0.5) - side)  # one of two, without a jump that nobody can foresee
    position = draw * cells
    cell = min(np.int64(position), cells - 1)
    knot = table_at(rules, table).start + cell
    low, high = knot_at(rules, knot).value, knot_at(rules, knot + 1).value
    return min(low + (high - low) * (position - cell), high)


@compiled
def drawn(rules, table, word, purpose, round_):
    """A duration drawn from a table, in the table's unit; 0 where there is none."""
    return read(rules, table, uniform(word, purpose, round_)) if table else 0.0


@compiled
def elapsed(rules, time):
    """Working days elapsed at a time."""
    day = np.int64(floor(time))
    length = rules.day_count
    if day < length:
        worked = number_at(rules.worked, day).value
        return worked + (time - day) if flag_at(rules.works, day).value else worked
    a_week = rules.workdays_a_week
    weeks, weekday = (day - length) // 7, (day - length) % 7
    worked = np.float64(rules.workday_count + a_week * weeks + min(weekday, a_week))
    return worked + (time - day) if weekday < a_week else worked


@compiled
def day_of(rules, workday):
    """Which day a working day is, both counted from 0."""
    if workday < rules.workday_count:
        return number_at(rules.days, workday).value
    a_week, beyond = rules.workdays_a_week, workday - rules.workday_count
    return np.float64(rules.day_count + 7 * (beyond // a_week) + beyond % a_week)


@compiled_aside
def end_of(rules, begin, working_days):
    """When work of so many working days ends."""
    if working_days == 0.0:
        return begin
    target = elapsed(rules, begin) + working_days
    whole = np.int64(target)
    fraction = target - whole
    end = 1.0 + day_of(rules, whole - 1) if fraction == 0.0 else fraction + day_of(rules, whole)
    return end if end > begin else begin


@compiled
def after(rules, begin, duration, workdays):
    """When something begun then ends on the clock."""
    return end_of(rules, begin, duration) if workdays else begin + duration


@compiled
def at(world, time, turn):
    """Something happens at a time, at its turn among all that happens then."""
    if time == world.now:
        take_place(world, turn)
    else:
        add_event(world.later, world.later_count, time, turn)
        world.later_count += 1


@compiled
def take_place(world, turn):
    """Something happens now, at its turn."""
    index_at(world.present, world.present_count).value = turn
    world.present_count += 1


@compiled
def add_event(heap, count, time, turn):
    """Put an event into a heap of ``count`` events."""
    put(heap, count, time, turn)
    rise(heap, count)


@compiled
def clear(heap, count):
    """Take all of ``count`` events out of a heap."""
    for place in range(count):
        put(heap, place, inf, 0)


@compiled
def rise(heap, place):
    """Let the event at a place of a heap change with its parents while it comes before them.

    Events of one time stand in any order; what happens at an instant takes turns by itself.
    """
    time, turn = event_at(heap, place).time, event_at(heap, place).turn
    while place > 0:
        parent = (place - 1) // HEAP_WIDTH
        if not event_at(heap, parent).time > time:
            break
        move(heap, place, parent)
        place = parent
    put(heap, place, time, turn)


@compiled
def open_instant(world):
    """On to the next instant, gathering whatever happens then."""
    now = world.now = next_instant(world)
    while event_at(world.signings, 0).time == now:
        take_place(world, take_first_event(world.signings, world.signing_count))
        world.signing_count -= 1
    while event_at(world.later, 0).time == now:
        take_place(world, take_first_event(world.later, world.later_count))
        world.later_count -= 1


@compiled
def next_turn(world):
    """Take the first turn of this instant."""
    best = 0
    for place in range(1, world.present_count):
        if index_at(world.present, place).value < index_at(world.present, best).value:
            best = place
    turn = index_at(world.present, best).value
    world.present_count -= 1
    index_at(world.present, best).value = index_at(world.present, world.present_count).value
    return turn


@compiled
def next_instant(world):
    """The time of the first event to come."""
    return min(event_at(world.later, 0).time, event_at(world.signings, 0).time)


@compiled
def take_first_event(heap, count):
    """Take the first of ``count`` events off a heap; gives its turn."""
    last = count - 1
    turn = event_at(heap, 0).turn
    # The hole sinks to a leaf without asking whether the last event would fit on the way: it
    # seldom would, and the answer is hard for a processor to guess.
    place, child = 0, 1
    while child < last:
        left = child + comes_first(heap, child + 1, child)
        right = child + 2 + comes_first(heap, child + 3, child + 2)
        best = left + (right - left) * comes_first(heap, right, left)
        move(heap, place, best)
        place, child = best, HEAP_WIDTH * best + 1
    if place != last:
        move(heap, place, last)
        rise(heap, place)
    put(heap, last, inf, 0)
    return turn


@compiled
def completion(rules, project, node):
    """Turn and cell of a stage or milestone of a project; of the project itself for node -1."""
    return project * rules.slot_count + 1 + node


@compiled
def cell_of(rules, world, project, node):
    """The cell of a stage or milestone of a project."""
    return cell_at(world, completion(rules, project, node))


@compiled
def rest_until(world, index, time, step):
    """The step to come at a time, or at once if it is not in the future."""
    if time > world.now:
        at(world, time, index)
        return RESTING + step
    return step

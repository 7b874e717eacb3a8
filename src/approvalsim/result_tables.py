"""The tables of a result, of one experiment or of two side by side."""

from collections.abc import Sequence

from rich.table import Table

from approvalsim.comparison import Comparison
from approvalsim.summary import Summary
from approvalsim.voice import Voice, count, days, mark, new_table, percent, side

Sides = Sequence[tuple[str, Summary]]


def times_table(sides: Sides, comparison: Comparison | None, say: Voice) -> Table:
    """Time from signing to the milestone: mean, quantiles, and who never gets there."""
    goal, never_goal = say.goal(sides[0][1].measure), say.name("milestone", sides[0][1].measure)
    table = new_table(
        say(f"签约到{never_goal}，日历天（95% 区间）", f"Signing to {goal}, calendar days (95 %)"),
        say("指标", "measure"),
        *_heads(sides, comparison, say),
    )
    labels = {
        "mean": say("平均", "mean"),
        **{f"p{share}": f"P{share}" for share in (10, 50, 80, 90)},
    }
    for name, label in labels.items():
        row = [days(getattr(summary.times, name)) for _, summary in sides]
        if comparison:
            row.append(days(getattr(comparison.difference, name), signed=True))
        table.add_row(label, *row)
    working = [days(summary.working_times.mean) for _, summary in sides]
    blank = [""] if comparison else []
    table.add_row(say("平均，工作日", "mean, working days"), *working, *blank)
    effective = [days(summary.commitments.effective_mean) for _, summary in sides]
    if comparison:
        effective.append(days(comparison.difference.effective_mean, signed=True))
    table.add_row(say("平均，加停工天数", "mean with stop-work days"), *effective)
    left = [f"{summary.reach.dropped_out:.1%}" for _, summary in sides]
    table.add_row(say("中途退出", "dropped out"), *left, *blank)
    late = [f"{summary.reach.censored:.1%}" for _, summary in sides]
    table.add_row(say(f"到期末仍未{never_goal}", "not there when the run ends"), *late, *blank)
    return table


def rates_table(sides: Sides, comparison: Comparison | None, say: Voice) -> Table | None:
    """Start rates at the dates the scenario names, with both denominators; None without dates."""
    if not sides[0][1].start_rates:
        return None
    rate = say.rate(sides[0][1].measure)
    table = new_table(
        say(f"{rate}（95% 区间）", f"{rate[:1].upper()}{rate[1:]} (95 %)"),
        say("日期", "date"),
        say("分母", "out of"),
        *_heads(sides, comparison, say),
    )
    differences = dict(comparison.difference.start_rates) if comparison else {}
    for rates in zip(*(summary.start_rates for _, summary in sides), strict=True):
        day = rates[0].date
        all_signed = [percent(rate.rate) for rate in rates]
        if comparison:
            all_signed.append(percent(differences[day], signed=True))
        signed = f"{rates[0].signed:.1f}"
        table.add_row(str(day), say(f"已签约 {signed}", f"{signed} signed"), *all_signed)
        table.add_row(
            "",
            say("其中未退出", "of them not left"),
            *(percent(rate.rate_without_dropouts) for rate in rates),
            *([""] if comparison else []),
        )
    return table


def milestones_table(summary: Summary, say: Voice) -> Table | None:
    """All milestones: the median way there, and who has got there by each date."""
    if len(summary.milestones) < 2:
        return None
    dates = [day for day, _ in next(iter(summary.milestones.values())).rates]
    table = new_table(
        say("里程碑（95% 区间）", "Milestones (95 %)"),
        say("里程碑", "milestone"),
        say("达成", "reached"),
        say("P50，天", "P50, days"),
        *(str(day) for day in dates),
    )
    for key, milestone in summary.milestones.items():
        rates = [percent(rate) for _, rate in milestone.rates]
        name = say.name("milestone", key)
        table.add_row(name, f"{milestone.reached:.1%}", days(milestone.p50), *rates)
    return table


def stages_table(summary: Summary, say: Voice) -> Table:
    """Where the time goes, stage by stage."""
    table = new_table(
        say("各环节平均天数", "Stages, mean days"),
        say("环节", "stage"),
        say("关键度", "criticality"),
        say("合计", "total"),
        say("办理", "work"),
        say("补正", "rework"),
        say("排队", "queue"),
        say("等会", "meeting"),
        say("公示", "notice"),
        say("发证", "issue"),
        say("次数", "rounds"),
        say("超法定", "over limit"),
    )
    for key, stage in summary.stages.items():
        spent = (
            stage.duration, stage.work, stage.rework, stage.wait, stage.meeting, stage.notice,
            stage.issue,
        )  # fmt: skip
        table.add_row(
            say.name("stage", key),
            f"{stage.criticality:.0%}",
            *(f"{value:.1f}" for value in spent),
            f"{stage.rounds:.2f}",
            f"{stage.over_statutory:.0%}",
        )
    return table


def gains_table(comparison: Comparison, say: Voice) -> Table:
    """Which stages make the difference."""
    table = new_table(
        say("差别来自哪里（关键路径上的平均天数）", "Where it comes from (mean days on the path)"),
        say("环节", "stage"),
        say("变化 B − A", "change B − A"),
        say("关键度 A", "criticality A"),
        say("关键度 B", "criticality B"),
    )
    for key, gain in comparison.gain_by_stage.items():
        shares = [
            f"{summary.stages[key].criticality:.0%}" if key in summary.stages else "–"
            for summary in (comparison.a, comparison.b)
        ]
        table.add_row(say.name("stage", key), f"{gain:+z.1f}", *shares)
    elsewhere = say("其他（停工整改、节后复工）", "elsewhere (holds, windows)")
    table.add_row(elsewhere, f"{comparison.gain_elsewhere:+z.1f}", "", "")
    return table


def departments_table(sides: Sides, say: Voice) -> Table | None:
    """How busy each department is; None where there are none."""
    if not sides[0][1].departments:
        return None
    measures = (
        (say("占用率", "utilisation"), "utilisation", ".0%"),
        (say("平均排队天", "mean wait"), "mean_wait", ".1f"),
        (say("最长队列", "longest queue"), "longest_queue", ".1f"),
    )
    numbers = range(len(sides))
    columns = [head + mark(number, len(sides)) for head, _, _ in measures for number in numbers]
    table = new_table(
        say(
            "部门（占用率按全程平均，含末尾的空闲期）",
            "Departments (utilisation over the whole run, its quiet end included)",
        ),
        say("部门", "department"),
        *columns,
    )
    for key in sides[0][1].departments:
        loads = [summary.departments.get(key) for _, summary in sides]
        cells = [
            format(getattr(load, name), form) if load else "–"
            for _, name, form in measures
            for load in loads
        ]
        table.add_row(say.name("department", key), *cells)
    return table


def commitments_table(sides: Sides, say: Voice) -> Table | None:
    """What was promised and what it cost; None where nobody takes the commitment path."""
    if not any(summary.commitments.share for _, summary in sides):
        return None
    table = new_table(
        say("容缺与承诺，每个项目平均（95% 区间）", "Commitments, mean per project (95 %)"),
        "",
        *(side(number, len(sides), say) for number in range(len(sides))),
    )
    since = say.stop_work_since(sides[0][1].measure)
    labels = {
        "relaxed": say("放宽事项", "relaxed items"),
        "obligations": say("实际欠件", "papers owed"),
        "breaches": say("违诺", "broken promises"),
        "stop_work_days": say("停工天数", "stop-work days") + since,
    }
    shares = [f"{summary.commitments.share:.0%}" for _, summary in sides]
    table.add_row(say("走承诺路径的项目", "projects on that path"), *shares)
    for name, label in labels.items():
        cells = [count(getattr(summary.commitments, name)) for _, summary in sides]
        table.add_row(label, *cells)
    return table


def _heads(sides: Sides, comparison: Comparison | None, say: Voice) -> list[str]:
    heads = [side(number, len(sides), say) for number in range(len(sides))]
    return [*heads, say("差 B − A", "difference B − A")] if comparison else heads

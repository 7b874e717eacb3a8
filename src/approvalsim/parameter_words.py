"""Places and values of a scenario in words: ``环评 › 审查``, ``7/12/25 工作日``."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from approvalsim.distributions import (
    Empirical,
    Fixed,
    Gamma,
    Lognormal,
    Uniform,
    Weibull,
)
from approvalsim.parameters import Place, usual_unit, value_at
from approvalsim.voice import Voice

_FIELDS = {
    "after": ("等", "waits for"),
    "arrivals": ("签约", "signings"),
    "attributes": ("属性占比", "attributes"),
    "breach": ("违诺率", "breach rate"),
    "calendar": ("日历", "calendar"),
    "capacity": ("同时服务项目", "projects at a time"),
    "closed_after": ("节后停", "closed after"),
    "closed_before": ("节前停", "closed before"),
    "commitment": ("承诺政策", "commitment policy"),
    "correction": ("补正", "correction"),
    "count": ("个数", "number"),
    "date": ("日期", "date"),
    "decay": ("每多一次，概率乘以", "factor per further round"),
    "dropout": ("中途退出", "projects that leave"),
    "due": ("补交期限", "papers due after"),
    "effect": ("督导期间提速", "faster while urged on"),
    "every": ("间隔", "every"),
    "factor": ("倍数", "factor"),
    "from": ("自", "from"),
    "full_after": ("节后全部复工", "all at work after"),
    "grace": ("宽限", "grace"),
    "investment": ("投资额（亿元）", "investment (100 million yuan)"),
    "issue": ("发证", "time to issue"),
    "leaders": ("挂点项目名额", "projects with a leader"),
    "max_rounds": ("补正最多", "corrections at most"),
    "mean_days": ("平均间隔", "mean gap"),
    "meeting": ("例会", "meeting"),
    "notice": ("公示公告", "public notice"),
    "offset": ("首次", "first after"),
    "overload": ("每超一个项目放慢", "slower for each project beyond"),
    "prepare": ("准备", "preparation"),
    "priority": ("优先级", "priority"),
    "probability": ("概率", "probability"),
    "projects": ("项目", "projects"),
    "red_after": ("转红灯", "red after"),
    "remedy": ("限期整改", "time to put right"),
    "review": ("审查", "review"),
    "reviewers": ("审查席位", "reviewers"),
    "rework": ("返工", "rework"),
    "share": ("占比", "share"),
    "signed": ("签约日", "signed"),
    "start": ("起", "start"),
    "end": ("止", "end"),
    "statutory": ("法定时限", "legal limit"),
    "supervision": ("督导", "supervision"),
    "target": ("目标日", "target date"),
    "task_force": ("专班", "task forces"),
    "to": ("至", "to"),
    "uptake": ("采用率", "uptake"),
    "variation": ("项目间差异", "variation between projects"),
    "window": ("春节窗口", "Spring Festival"),
    "within": ("目标时限", "target within"),
}
"""Fields of the file; what is not here keeps the file's own name."""

_SHARES = ("probability", "uptake", "share", "breach", "effect", "overload")
_WORKDAYS = ("statutory", "due", "grace")
_DAYS = (
    "every",
    "offset",
    "closed_before",
    "closed_after",
    "full_after",
    "mean_days",
    "within",
    "red_after",
)


def place_words(place: Place, say: Voice) -> str:
    """A place, from the whole to the part."""
    return " › ".join(word for word in _steps(place, say) if word)


def value_words(place: Place, value: Any, say: Voice) -> str:
    """A number, duration or date at its place, with its unit."""
    if isinstance(value, date):
        return str(value)
    if hasattr(value, "dist"):
        return f"{_numbers(value)} {_unit(value.unit or usual_unit(place), say)}"
    field = next((step for step in reversed(place) if isinstance(step, str)), "")
    if field in _SHARES or "attributes" in place:
        return f"{value * 100:.10g}%"
    if field in _WORKDAYS or field in _DAYS:
        return f"{value:.10g} {_unit('workdays' if field in _WORKDAYS else 'days', say)}"
    return f"{value:.10g}"


def field_words(name: str, say: Voice) -> str:
    """A field of the file; its own name where there is no word for it."""
    return say(*_FIELDS[name]) if name in _FIELDS else name


def _steps(place: Place, say: Voice) -> Iterator[str]:
    """The words of each step; a thing and its id are one step."""
    previous, steps = "", list(place)
    if steps[0] in ("stage", "department", "milestone"):
        yield say.name(str(steps[0]), str(steps[1]))
        first = 2
    else:
        yield field_words(str(steps[0]), say)
        first = 1
    for position in range(first, len(steps)):
        step = steps[position]
        if isinstance(step, int):
            part = value_at(say.scenario, place[: position + 1])
            conditions: Mapping[str, str] = getattr(part, "when", None) or {}
            yield _conditions(conditions, say) if conditions else str(step + 1)
        elif previous == "after":
            yield say.name("stage" if step in say.scenario.stage else "milestone", step)
        elif previous == "grades":
            yield say(f"{step} 级", f"grade {step}")
        elif previous == "attributes" or (position > 2 and "attributes" in place):
            yield step
        elif step not in ("variant", "grades"):
            yield field_words(step, say)
        previous = str(step)


def _conditions(when: Mapping[str, str], say: Voice) -> str:
    """Which projects a variant is for."""
    words = []
    for name, value in when.items():
        if name == "path":
            known = {
                "commitment": say("承诺路径", "commitment path"),
                "standard": say("标准路径", "standard path"),
            }
            words.append(known.get(value, value))
        elif name == "grade":
            words.append(say(f"{value} 级", f"grade {value}"))
        else:
            words.append(f"{name} = {value}")
    return say("、", ", ").join(words)


def _numbers(duration: Any) -> str:
    match duration:
        case Fixed(value=value):
            return f"{value:.10g}"
        case Uniform(min=low, max=high):
            return f"{low:.10g}–{high:.10g}"
        case Empirical(quantiles=quantiles):
            return "/".join(f"{value:.10g}" for value in quantiles)
        case Lognormal(mean=mean, sd=sd):
            return f"{mean:.10g}±{sd:.10g}"
        case Gamma(mean=mean, shape=shape) | Weibull(mean=mean, shape=shape):
            return f"{duration.dist} {mean:.10g} (k={shape:.10g})"
        case _:
            three = "/".join(
                f"{value:.10g}" for value in (duration.min, duration.mode, duration.max)
            )
            return three if duration.dist == "triangular" else f"{duration.dist} {three}"


def _unit(unit: str, say: Voice) -> str:
    return say("工作日", "wd") if unit == "workdays" else say("天", "d")

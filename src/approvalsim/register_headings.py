"""How the columns of a register are called, in Chinese and English, and by district offices.

A column is known by its field: ``("name",)``, ``("stages", "eia", "finished")``,
``("extra", "备注")`` … Headings are compared without spaces, line breaks, full-width letters,
brackets and the like.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from approvalsim.errors import field_name
from approvalsim.evidence import Text
from approvalsim.register import STEPS, known_attributes
from approvalsim.scenario import Scenario

Field = tuple[str, ...]

ENTRY_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": (
        *("项目编号", "Project id", "编号", "项目代码", "项目序号", "id", "project no"),
        *("序号", "no"),
    ),
    "name": ("项目名称", "Name", "project name", "项目", "企业名称", "企业", "project", "company"),
    "investment": (
        *("投资额(亿元)", "Investment (100 million yuan)", "投资额", "investment", "总投资"),
        *("计划总投资", "项目总投资", "投资总额", "总投资额", "计划投资", "计划投资额", "投资规模"),
    ),
    "grade": ("信用等级", "Credit grade", "信用", "信用评级", "信用级别", "grade"),
    "signed": (
        *("签约日期", "Signed", "签约时间", "签约", "合同签订时间", "合同签订日期", "签订时间"),
        *("signing date", "date signed", "signed on"),
    ),
    "target": (
        *("目标日期", "Target", "目标时间", "目标动工日期", "目标动工时间", "目标开工时间"),
        *("计划动工时间", "计划开工时间", "计划动工日期", "计划开工日期", "拟动工时间"),
        *("拟开工时间", "target date", "planned start"),
    ),
    "path": ("办理方式", "Path", "办理路径", "审批方式", "审批路径", "路径"),
    "owner": (
        *("责任单位/责任人", "Owner", "责任单位", "牵头单位", "责任部门", "牵头部门", "责任人"),
        *("负责人", "责任单位及责任人", "responsible"),
    ),
    "leader": (
        *("挂点领导", "Leader", "挂钩领导", "挂点区领导", "挂钩区领导", "包联领导", "联系领导"),
        *("leading official",),
    ),
    "team": ("专班", "Task force", "项目专班", "工作专班", "专班名称", "team"),
    "left": ("退出日期", "Left", "退出时间", "退出", "终止日期", "given up"),
}
"""For each fixed column its Chinese and English heading, then what else it is called.

Where two columns of a sheet mean one field, the name that stands first here has it.
"""

DEMAND_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("诉求编号", "Demand id", "编号", "id", "序号", "no"),
    "project": ("项目编号", "Project id", "项目名称", "企业名称", "项目", "企业", "project"),
    "kind": ("类别", "Kind", "诉求类别", "诉求类型", "类型", "要素", "要素类别", "type"),
    "text": ("诉求内容", "Demand", "内容", "诉求", "诉求事项", "问题", "存在问题", "text", "issue"),
    "raised": ("提出日期", "Raised", "提出时间", "收到日期", "登记日期", "raised on"),
    "answered": ("答复日期", "Answered", "答复时间", "回复日期", "回复时间", "answered on"),
    "closed": ("办结日期", "Closed", "办结时间", "解决日期", "解决时间", "closed on"),
    "responsible": (
        *("责任单位", "Responsible", "责任部门", "责任人", "承办单位", "牵头单位", "owner"),
    ),
}
"""The same for the sheet of demands."""

PROJECT_SHEETS = ("项目台账", "Projects", "台账", "project register", "register")
DEMAND_SHEETS = ("诉求", "Demands", "企业诉求", "诉求台账", "诉求清单")
NOTES_SHEETS = ("说明", "Notes")

STEP_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "ready": (*STEPS["ready"], "条件具备", "具备申报条件", "具备报批条件"),
    "submitted": (*STEPS["submitted"], "申报", "报送", "送件", "提交"),
    "reviewed": (*STEPS["reviewed"], "审结", "审查通过", "批准", "approved"),
    "finished": (*STEPS["finished"], "完成", "取证", "发证", "done", "completed"),
}

# What shipped scenarios mean by these ids; others are called by their id or the scenario's name.
ATTRIBUTE_WORDS: Mapping[str, tuple[str, str]] = {
    "eia": ("环评类别", "EIA class"),
    "land": ("用地情况", "Land"),
    "hazard": ("涉危化", "Hazardous"),
}
VALUE_WORDS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("eia", "exempt"): ("登记表或豁免", "exempt"),
    ("eia", "form"): ("报告表", "form"),
    ("eia", "book"): ("报告书", "book"),
    ("land", "net"): ("净地", "net"),
    ("land", "non_net"): ("非净地", "not net"),
    ("land", "listed"): ("已挂网", "listed"),
    ("hazard", "none"): ("不涉及", "none"),
    ("hazard", "chemical"): ("涉及", "chemical"),
}
STAGE_WORDS: Mapping[str, tuple[str, ...]] = {
    "filing": ("备案", "立项", "项目备案"),
    "land_supply": ("供地", "用地"),
    "eia": ("环境影响评价", "环评审批"),
    "energy": ("节能审查", "能评"),
    "financing": ("融资",),
    "planning_permit": ("规划许可", "规划"),
    "design_review": ("施工图审查", "图审"),
    "construction_permit": ("施工许可", "施工许可证"),
}
MILESTONE_WORDS: Mapping[str, tuple[str, ...]] = {
    "groundbreaking": ("开工", "实际动工", "实际开工"),
    "completion": ("竣工",),
    "production": ("投产",),
}

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_DATE_WORDS = re.compile(r"(实际)?(日期|时间|date)$")


@dataclass(frozen=True)
class Column:
    """A column with a heading: what it holds, and how sure its name is (0 is the proper one)."""

    field: Field
    rank: int = 0
    unit: str | None = None
    """Of an investment: 亿 or 万, where the heading says so."""


def squeezed(text: object) -> str:
    """A heading in ordinary small letters without spaces, line breaks and marks around it."""
    flat = unicodedata.normalize("NFKC", "" if text is None else str(text)).casefold()
    return re.sub(r"[\s　:*★、,。.·]+", "", flat)


def bare(text: object) -> str:
    """A heading without what stands in brackets, squeezed."""
    flat = unicodedata.normalize("NFKC", "" if text is None else str(text))
    return squeezed(_BRACKETS.sub("", flat))


def unit_in(heading: object) -> str | None:
    """The unit of money a heading names: 亿 or 万; None where it names none, or a foreign one."""
    text = squeezed(heading)
    if re.search(r"美元|usd|欧元|港[元币]", text):
        return None
    if "亿" in text or "100million" in text:
        return "亿"
    return "万" if "万" in text or "10000yuan" in text else None


def fixed_column(text: str, headings: Mapping[str, tuple[str, ...]]) -> Column | None:
    """The fixed column of this heading."""
    wanted = {squeezed(text), bare(text)}
    for field, names in headings.items():
        for rank, name in enumerate(names):
            if squeezed(name) in wanted or bare(name) in wanted:
                unit = unit_in(text) if field == "investment" else None
                return Column((field,), max(rank - 1, 0), unit)
    return None


def step_in(text: str) -> str | None:
    """The step of a stage that a heading names."""
    wanted = _DATE_WORDS.sub("", bare(text))
    for step, names in STEP_HEADINGS.items():
        if wanted in (squeezed(name) for name in names):
            return step
    return None


class Headings:
    """The headings of one scenario's register; without a scenario only the fixed ones."""

    def __init__(self, scenario: Scenario | None) -> None:
        self._stages: dict[str, str] = {}
        self._milestones: dict[str, str] = {}
        self._attributes: dict[str, str] = {}
        if scenario is None:
            return
        # Names first, other words after: a scenario's own name is never overruled.
        parts = (
            (self._stages, scenario.stage, STAGE_WORDS),
            (self._milestones, scenario.milestone, MILESTONE_WORDS),
        )
        for known, named, others in parts:
            for name, part in named.items():
                for called in (name, *_both(part.name)):
                    known.setdefault(squeezed(called), name)
            for name in named:
                for called in others.get(name, ()):
                    known.setdefault(squeezed(called), name)
        for name in known_attributes(scenario):
            for called in (name, *ATTRIBUTE_WORDS.get(name, ())):
                self._attributes.setdefault(squeezed(called), name)

    def column(self, path: tuple[str, ...]) -> Column | None:
        """What a column holds whose headings, from the top down, are these; None: the user's own.

        A stage without a step is ``("stages", id)``; whoever has seen the cells decides.
        """
        own = path[-1]
        if len(path) > 1 and (step := step_in(own)):
            return Column(("stages", self._stage_of(path[-2]), step))
        if not bare(own):  # a unit in a cell of its own, below what it is a unit of
            own = "".join(path[-2:])
        if found := fixed_column(own, ENTRY_HEADINGS) or self._stage_and_step(own):
            return found
        name = bare(own)
        if name in self._attributes:
            return Column(("attributes", self._attributes[name]))
        for text in (name, _DATE_WORDS.sub("", name).removeprefix("实际")):
            if text in self._milestones:
                return Column(("milestones", self._milestones[text]))
            if text in self._stages:
                return Column(("stages", self._stages[text]))
        return None

    def _stage_of(self, text: str) -> str:
        return self._stages.get(bare(text), self._stages.get(squeezed(text), text.strip()))

    def _stage_and_step(self, text: str) -> Column | None:
        """Both in one heading: 环评送审, 环评-办结日期, Filing: finished."""
        whole = _DATE_WORDS.sub("", bare(text))
        for step, names in STEP_HEADINGS.items():
            for name in map(squeezed, names):
                stage = whole.removesuffix(name).rstrip("-—_/|;")
                if stage != whole and stage in self._stages:
                    return Column(("stages", self._stages[stage], step))
        return None


def _both(name: Text | None) -> tuple[str, ...]:
    return (name.zh, name.en) if name else ()


def stage_heading(scenario: Scenario | None, stage: str, language: str) -> str:
    """What a stage is called above its columns."""
    part = scenario.stage.get(stage) if scenario else None
    return part.name.in_language(language) if part and part.name else stage


def step_heading(step: str, language: str) -> str:
    """What a step of a stage is called above its column."""
    zh, en = STEPS[step]
    return zh if language == "zh" else en.capitalize()


def heading(field: Field, scenario: Scenario | None, language: str) -> str:
    """The heading of a column in one line."""
    match field:
        case ("stages", stage, step):
            name = stage_heading(scenario, stage, language)
            between = "" if language == "zh" else ": "
            return f"{name}{between}{step_heading(step, language)}"
        case ("milestones", milestone):
            part = scenario.milestone.get(milestone) if scenario else None
            return part.name.in_language(language) if part and part.name else milestone
        case ("attributes", attribute):
            return ATTRIBUTE_WORDS.get(attribute, (attribute, attribute))[language != "zh"]
        case ("extra", name):
            return name
        case (name,):
            return ENTRY_HEADINGS[name][language != "zh"]
    raise KeyError(field_name(field))


def value_words(attribute: str, values: tuple[str, ...]) -> dict[str, tuple[str, str]]:
    """What an attribute's values are called, in Chinese and English."""
    return {value: VALUE_WORDS.get((attribute, value), (value, value)) for value in values}

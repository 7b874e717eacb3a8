"""Options of the commands about steering, with their help in the user's language."""

from pathlib import Path
from typing import Annotated

import typer

from approvalsim.options import say

RegisterPath = Annotated[
    Path,
    typer.Option(
        "--register",
        metavar="FILE",
        help=say("台账：.xlsx、.approvalsim 或 .json", "register: .xlsx, .approvalsim or .json"),
    ),
]
ScenarioOption = Annotated[
    str | None,
    typer.Option(
        "--scenario",
        metavar="SCENARIO",
        help=say("所属方案；默认按台账所记", "its scenario; default: as the register says"),
    ),
]
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        metavar="YYYY-MM-DD",
        help=say("截至哪天末；默认今天", "known by the end of which day; default: today"),
    ),
]
Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="YYYY-MM-DD",
        help=say(
            "从哪天起；默认按周（七天）、月、季、年", "first day; default: seven days, month, …"
        ),
    ),
]
By = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="WHAT",
        help=say(
            "按什么排名：owner、team、leader、grade，或台账自己的一列（如 镇街）；"
            "默认 owner，周总结不排",
            "ranked by: owner, team, leader, grade, or a column of the register's own;"
            " default: owner, and no ranking of a week",
        ),
    ),
]
TableOutput = Annotated[
    list[Path] | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help=say(
            "写到 .xlsx、.pdf 或 .html；可给多次", "the file, .xlsx, .pdf or .html; repeatable"
        ),
    ),
]
LetterOutput = Annotated[
    Path,
    typer.Option("--output", "-o", metavar="FILE.docx", help=say("写到文件", "the file")),
]
RedAfter = Annotated[
    float | None,
    typer.Option(
        "--red-after",
        metavar="DAYS",
        min=0,
        max=3_660,
        help=say("超期多少天为红；默认按方案", "days late that make red; default: the scenario's"),
    ),
]
YellowBelow = Annotated[
    float | None,
    typer.Option(
        "--yellow-below",
        metavar="DAYS",
        min=0,
        max=3_660,
        help=say("余量少于多少天为黄；默认 0", "days of margin that make yellow; default: 0"),
    ),
]
WarnBelow = Annotated[
    float | None,
    typer.Option(
        "--warn-below",
        metavar="P",
        min=0,
        max=1,
        help=say(
            "绿灯而按期概率低于多少为预测预警；默认 0.6",
            "probability below which green carries a warning; default: 0.6",
        ),
    ),
]
NoForecast = Annotated[
    bool,
    typer.Option(
        "--no-forecast",
        help=say("不做预测，立刻得到其余各列", "without the forecast; all else at once"),
    ),
]
Chosen = Annotated[
    list[str] | None,
    typer.Option(
        "--project",
        metavar="ID",
        help=say("给哪个项目；默认所有红灯项目", "for which project; default: all that are red"),
    ),
]
ReplyBy = Annotated[
    str | None,
    typer.Option(
        "--reply-by",
        metavar="YYYY-MM-DD",
        help=say("反馈期限；默认五个工作日", "when to reply; default: five working days"),
    ),
]
Sender = Annotated[
    str | None,
    typer.Option("--sender", metavar="TEXT", help=say("落款单位", "office that signs")),
]

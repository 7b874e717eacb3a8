"""Drafts of dunning letters (督办函): who is asked to do what by when, and why, as Word documents.

A letter is put together from a line of the dispatch table, then laid out as official letters in
China are (GB/T 9704-2012): A4, heading in the middle, body in 仿宋 of 16 pt on lines of 28 pt. On a
computer without 仿宋 the document names 宋体 in its place. It is a draft: nobody has signed it, and
what the model says in it is called a forecast.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from docx import Document
from docx.document import Document as Letters
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from approvalsim.dispatch import Dispatch, Late, Line, Prospect
from approvalsim.dispatch_tables import day_text, deed, demand, project_name, unknown
from approvalsim.voice import Voice

BODY, FALLBACK, HEADING = "仿宋", "宋体", "黑体"
LATIN = "Times New Roman"


@dataclass(frozen=True)
class Letter:
    """What a letter says."""

    project: str
    """Id of the project it is about."""
    draft: str
    """What marks it as a draft."""
    title: str
    addressee: str
    paragraphs: tuple[str, ...]
    sender: str
    dated: str


def letter(
    table: Dispatch, line: Line, reply_by: date, say: Voice, sender: str | None = None
) -> Letter:
    """The letter about a project that is late, or that the forecast doubts.

    It goes to the department that holds the papers, or else to whoever is responsible for the
    project. ``reply_by`` is the date of the request.
    """
    name = line.entry.name or line.entry.id
    first = line.late[0] if line.late else None
    addressee = _addressee(line, first, say)
    urgent = say("督办函", "Reminder") if line.late else say("提醒函", "Early warning")
    return Letter(
        project=line.entry.id,
        draft=say("（草稿，待审定）", "(Draft, to be approved)"),
        title=say(f"关于{name}项目进度的{urgent}", f"{urgent}: progress of project {name}"),
        addressee=addressee,
        paragraphs=(
            _what(table, line, addressee, say),
            *_forecast(line, table.scenario.measure, say),
            *_open_demands(line, say),
            _request(line, reply_by, say),
            say(
                "特此函告。" if not line.late else "特此督办。",
                "Yours faithfully,",
            ),
        ),
        sender=sender or say("（落款单位，盖章）", "(office and seal)"),
        dated=day_text(table.as_of, say),
    )


def document(letters: Sequence[Letter], language: str) -> bytes:
    """The letters as one Word document, each on a page of its own."""
    made = Document()
    made.core_properties.title = letters[0].title if len(letters) == 1 else ""
    made.core_properties.author = "approvalsim"
    _set_up(made, language)
    for number, each in enumerate(letters):
        _write(made, each, number > 0)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


# --- what it says --------------------------------------------------------------------------------


def _addressee(line: Line, first: Late | None, say: Voice) -> str:
    """The department whose desk the late papers lie on, else who answers for the project."""
    under_way = {each.stage: each.step for each in line.under_way}
    name = ""
    if first and under_way.get(first.subject, "prepare") != "prepare":
        department = say.scenario.stage[first.subject].department
        name = say.name("department", department) if department else ""
    if not name and line.entry.owner:
        name = line.entry.owner
    if not name and first and first.responsible:
        name = first.responsible.in_language(say.language)
    return name or say("（责任单位待补）", "(responsible office to be filled in)")


def _part_played(line: Line, addressee: str, say: Voice) -> str:
    """What the addressee has to do with the project, as Chinese letters begin."""
    if addressee == line.entry.owner or not line.late:
        return "你单位负责推进的"
    return f"你单位承办{say.name('stage', line.late[0].subject)}的"


def _what(table: Dispatch, line: Line, addressee: str, say: Voice) -> str:
    """What is late, since when, against which date of the plan."""
    entry, goal = line.entry, say.goal(table.scenario.measure)
    signed = target = ""
    if entry.signed:
        day = day_text(entry.signed, say)
        signed = say(f"于{day}签约，", f", signed on {day},")
    if line.target:
        day = day_text(line.target, say)
        target = say(f"计划于{day}前{goal}。", f" is to reach {goal} by {day}.")
    else:
        target = say("未定目标日期。", f" has no target date for {goal}.")
    until = day_text(table.as_of, say)
    if not line.late:
        rest = say(
            f"截至{until}，各环节未超过计划期限。",
            f" As of {until} no deadline of its plan has passed.",
        )
    else:
        items = [
            say(
                f"{deed(each, say)}应于{day_text(each.due, say)}前完成，已超期{each.days}天",
                f"{deed(each, say)}, due on {day_text(each.due, say)}, is {each.days} days late",
            )
            for each in line.late[:3]
        ]
        listed = say("；", "; ").join(items)
        rest = say(f"截至{until}，{listed}。", f" As of {until}: {listed}.")
    name = project_name(entry)
    opening = say(f"{_part_played(line, addressee, say)}{name}项目", f"The project {name}")
    return f"{opening}{signed}{target}{rest}"


def _forecast(line: Line, measure: str, say: Voice) -> tuple[str, ...]:
    """What the model forecasts, called a forecast."""
    prospect, goal = line.prospect, say.goal(measure)
    if prospect is None or line.done:
        return ()
    return (_said(prospect, line.target, goal, say),)


def _said(prospect: Prospect, target: date | None, goal: str, say: Voice) -> str:
    if prospect.p80 is None:
        reaching = say(
            f"有八成把握{goal}的日期在可预见的时间内得不出",
            f"no date can be given by which it reaches {goal} with 80 % probability",
        )
    else:
        reaching = say(
            f"有八成把握在{day_text(prospect.p80, say)}前{goal}",
            f"it reaches {goal} by {day_text(prospect.p80, say)} with 80 % probability",
        )
    chance = ""
    if prospect.on_time is not None and target:
        chance = say(
            f"，按期概率为 {prospect.on_time:.0%}",
            f"; the target is met with a probability of {prospect.on_time:.0%}",
        )
    return say(
        f"据模型预测（不是已发生的事实）：按目前进度，{reaching}{chance}。",
        f"According to a model's forecast, which is no observation: as things stand, {reaching}"
        f"{chance}.",
    )


def _open_demands(line: Line, say: Voice) -> tuple[str, ...]:
    if not line.demands:
        return ()
    items = say("；", "; ").join(demand(each, say) for each in line.demands[:3])
    return (say(f"企业尚有诉求未办结：{items}。", f"Open demands of the enterprise: {items}."),)


def _request(line: Line, reply_by: date, say: Voice) -> str:
    done = deed(line.late[0], say) if line.late else ""
    day = day_text(reply_by, say)
    entry = line.entry
    who = say("、", ", ").join(part for part in (entry.leader, entry.team) if part) or unknown(say)
    ask = say(
        f"{done}的完成时限和措施" if done else "按期推进的措施",
        f"by when and how you will {done}" if done else "how the target will be kept",
    )
    return say(
        f"请你单位于{day}前书面反馈{ask}，并抄告挂点领导和专班（{who}）。",
        f"Please reply in writing by {day}, saying {ask}, with a copy to the leader and the task"
        f" force in charge ({who}).",
    )


# --- how it looks --------------------------------------------------------------------------------


def _set_up(made: Letters, language: str) -> None:
    """Paper, margins and letters."""
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    style: Any = made.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(16 if language == "zh" else 12)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), BODY)
    for mark in style.element.rPr.xpath("w:lang"):
        mark.set(qn("w:eastAsia"), "zh-CN")
    spacing = style.paragraph_format
    spacing.space_after = Pt(0)
    spacing.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    spacing.line_spacing = Pt(28 if language == "zh" else 20)
    _name_fallback(made)


def _name_fallback(made: Letters) -> None:
    """Let 宋体 stand in where a computer has no 仿宋: so the table of fonts says."""
    table = made.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    said = f'<w:font w:name="{BODY}"><w:altName w:val="{FALLBACK}"/></w:font>'.encode()
    blob = re.sub(rb"(</w:fonts>)\s*$", said + rb"\1", table.blob)
    changed = Part(table.partname, table.content_type, blob, made.part.package)
    for key, relation in list(made.part.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            made.part.drop_rel(key)
    made.part.relate_to(changed, RELATIONSHIP_TYPE.FONT_TABLE)


def _write(made: Letters, letter: Letter, on_new_page: bool) -> None:
    first = made.add_paragraph()
    if on_new_page:
        first.add_run().add_break(WD_BREAK.PAGE)
    _add(first, letter.draft, WD_ALIGN_PARAGRAPH.RIGHT, HEADING, size=14)
    _add(made.add_paragraph(), letter.title, WD_ALIGN_PARAGRAPH.CENTER, FALLBACK, 22, bold=True)
    made.add_paragraph()
    colon = "：" if re.search("[\u4e00-\u9fff]", letter.title) else ":"
    _add(made.add_paragraph(), letter.addressee + colon, WD_ALIGN_PARAGRAPH.LEFT)
    for text in letter.paragraphs:
        paragraph = made.add_paragraph()
        _add(paragraph, text, WD_ALIGN_PARAGRAPH.JUSTIFY)
        if colon == "：":
            paragraph.paragraph_format.first_line_indent = Pt(32)  # two letters
    made.add_paragraph()
    for text in (letter.sender, letter.dated):
        _add(made.add_paragraph(), text, WD_ALIGN_PARAGRAPH.RIGHT)


def _add(
    paragraph: Paragraph,
    text: str,
    side: WD_ALIGN_PARAGRAPH,
    font: str = BODY,
    size: float | None = None,
    bold: bool = False,
) -> None:
    """Words in a paragraph, their Chinese letters in a font of their own."""
    paragraph.alignment = side
    run = paragraph.add_run(text)
    run.font.name, run.font.bold = LATIN, bold or None
    if size:
        run.font.size = Pt(size)
        paragraph.paragraph_format.line_spacing = Pt(size * 1.6)
    fonts: Any = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), font)

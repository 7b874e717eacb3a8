"""Dunning letters: what they say, that they are drafts, and that Word documents come of them."""

import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from builders import day
from dispatching import TARGET, demand, project, record, register, two_stages
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn

from approvalsim.dispatch import Prospect, dispatch
from approvalsim.letters import FALLBACK, Letter, document, letter
from approvalsim.lights import LightRules
from approvalsim.register import Entry
from approvalsim.voice import Voice

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PEOPLE = {"name": "甲厂", "owner": "招商局", "leader": "李区长", "team": "一班"}


def drafted(
    entry: Entry, as_of: int, language: str = "zh", prospect: Prospect | None = None
) -> Letter:
    """The letter about one project, to be answered by day 60."""
    demands = (demand("红线", "p1", 3),)
    table = dispatch(
        *(two_stages(), register(entry, demands=demands), day(as_of), LightRules(red_after=3)),
        {"p1": prospect} if prospect else {},
    )
    return letter(table, table.lines[0], day(60), Voice(two_stages(), language))


def test_a_letter_names_what_is_late_since_when_and_what_is_asked() -> None:
    said = drafted(project(**PEOPLE), 30)
    assert said.title == "关于甲厂项目进度的督办函"
    assert said.addressee == "招商局"  # the design is still being prepared
    what, demands, request, _ = said.paragraphs
    assert what.startswith("你单位负责推进的p1 甲厂项目")
    assert "计划于2024年2月9日前动工" in what
    assert "截至2024年1月31日，设计办结应于2024年1月25日前完成，已超期6天。" in what
    assert "请协调红线" in demands
    assert request.startswith("请你单位于2024年3月1日前书面反馈设计办结的完成时限和措施")
    assert "李区长、一班" in request
    assert said.dated == "2024年1月31日"


def test_papers_on_a_desk_are_asked_for_from_the_department_that_holds_them() -> None:
    held = project(**PEOPLE, stages={"design": record(0, 5, 8, 8), "permit": record(8, 20)})
    said = drafted(held, 45)
    assert said.addressee == "住建局"
    assert said.paragraphs[0].startswith("你单位承办")  # it pushes no project of its own
    assert drafted(held, 45, "en").addressee == "Housing bureau"


def test_a_model_is_called_a_forecast_and_a_draft_a_draft() -> None:
    prospect = Prospect(day(50), day(58), 1.0, 0.25)
    said = drafted(project(**PEOPLE), 30, prospect=prospect)
    assert "草稿" in said.draft
    (forecast,) = [each for each in said.paragraphs if "2024年2月28日" in each]
    assert forecast.startswith("据模型预测（不是已发生的事实）")
    assert "25%" in forecast
    english = drafted(project(**PEOPLE), 30, "en", prospect)
    assert "Draft" in english.draft
    assert "a model's forecast, which is no observation" in english.paragraphs[1]
    assert not any("模型" in each for each in drafted(project(**PEOPLE), 30).paragraphs)


def test_a_project_in_doubt_is_warned_and_not_dunned() -> None:
    prospect = Prospect(day(50), None, 0.5, 0.25)
    said = drafted(project(**PEOPLE), 10, prospect=prospect)
    assert said.title.endswith("提醒函")
    assert "各环节未超过计划期限" in said.paragraphs[0]
    assert "特此督办。" not in said.paragraphs


def test_who_is_not_known_is_left_to_be_filled_in() -> None:
    said = drafted(project(), 60)
    assert said.addressee == "设计科"  # the stage's own, as the register names nobody
    assert "责任人未明确" in said.paragraphs[2]
    held = project(stages={"design": record(0, 5, 8, 8)})
    assert "待补" in drafted(held, 60).addressee


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_document_opens_again_with_all_it_says(language: str) -> None:
    letters = [drafted(project(**PEOPLE), as_of, language) for as_of in (30, 60)]
    made = Document(BytesIO(document(letters, language)))
    text = "\n".join(paragraph.text for paragraph in made.paragraphs)
    for each in letters:
        for part in (each.title, each.addressee, *each.paragraphs, each.sender, each.dated):
            assert part in text
    assert text.count(letters[0].draft) == 2
    assert "w:br" in made.element.xml  # each on a page of its own


def test_the_layout_is_that_of_official_letters() -> None:
    content = document([drafted(project(**PEOPLE), 30)], "zh")
    made = Document(BytesIO(content))
    section, (_, title, _, _, body, *_) = made.sections[0], made.paragraphs
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert title.alignment == WD_ALIGN_PARAGRAPH.CENTER
    fonts = body.runs[0].font.element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "仿宋"
    assert made.styles["Normal"].font.size.pt == 16
    with ZipFile(BytesIO(content)) as file:
        (table,) = [name for name in file.namelist() if "fontTable" in name]
        said = file.read(table).decode()
    assert re.search(f'w:name="仿宋"><w:altName w:val="{FALLBACK}"/>', said)
    assert date(2024, 2, 9) == TARGET


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_an_office_program_opens_it(tmp_path: Path) -> None:
    assert OFFICE
    file = tmp_path / "letter.docx"
    file.write_bytes(document([drafted(project(**PEOPLE), 30)], "zh"))
    words = (OFFICE, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, file)
    subprocess.run([*map(str, words)], check=True, capture_output=True, timeout=180)
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")

"""Places and values in words, in both languages."""

import re

import pytest

from approvalsim.parameter_words import place_words, value_words
from approvalsim.parameters import parameters
from approvalsim.scenario_file import load, shipped
from approvalsim.voice import Voice


@pytest.mark.parametrize(
    ("place", "zh", "en"),
    [
        (
            ("stage", "eia", "review"),
            "环评 › 审查 = 7/12/25 工作日",
            "Environmental assessment › review = 7/12/25 wd",
        ),
        (
            ("department", "housing", "reviewers"),
            "住房和城乡建设局 › 审查席位 = 1",
            "Housing and Construction Bureau › reviewers = 1",
        ),
        (
            ("commitment", "grades", "B", "breach"),
            "承诺政策 › B 级 › 违诺率 = 6%",
            "commitment policy › grade B › breach rate = 6%",
        ),
        (
            ("stage", "filing", "variant", 0, "prepare"),
            "立项备案 › 承诺路径 › 准备 = 0.5/1/3 天",
            "Filing › commitment path › preparation = 0.5/1/3 d",
        ),
        (
            ("milestone", "groundbreaking", "after", "energy", "due"),
            "动工 › 等 › 用能 › 补交期限 = 40 工作日",
            "Groundbreaking › waits for › Energy and utilities › papers due after = 40 wd",
        ),
    ],
)
def test_a_number_reads_as_people_say_it(place: tuple[str | int, ...], zh: str, en: str) -> None:
    scenario = load(shipped()["jianghai-2022"])
    (found,) = (each for each in parameters(scenario) if each.place == place)

    for language, words in (("zh", zh), ("en", en)):
        say = Voice(scenario, language)
        assert f"{place_words(place, say)} = {value_words(place, found.value, say)}" == words


@pytest.mark.parametrize("name", list(shipped()))
def test_every_number_of_a_shipped_scenario_has_words_of_its_own(name: str) -> None:
    scenario = load(shipped()[name])
    say = Voice(scenario, "zh")
    found = parameters(scenario)

    names = [place_words(each.place, say) for each in found]
    assert len(set(names)) == len(names)
    for each, words in zip(found, names, strict=True):
        assert re.search(r"[\u4e00-\u9fff]", words), each.place
        assert value_words(each.place, each.value, say)

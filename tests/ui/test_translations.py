"""Every text a user sees exists in both languages, and the compiled translation is current."""

import ast
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

import approvalsim_ui
from approvalsim_ui import language
from approvalsim_ui.theme import RESOURCES

PACKAGE = Path(str(approvalsim_ui.__file__)).parent
MODULES = sorted(PACKAGE.glob("*.py"))
TEXTS = RESOURCES / "i18n" / "approvalsim_zh_CN.ts"
COMPILED = TEXTS.with_suffix(".qm")
TOOLS = Path(sys.executable).parent

SAME = {"SimPy", "B − A", "A", "B"}
"""What is the same in both languages."""


def messages(path: Path) -> dict[tuple[str, str], ET.Element]:
    found = {}
    for context in ET.parse(path).getroot().findall("context"):
        name = context.findtext("name") or ""
        for message in context.findall("message"):
            translation = message.find("translation")
            assert translation is not None
            found[name, message.findtext("source") or ""] = translation
    return found


def places(text: str) -> set[str]:
    """The names a text leaves room for."""
    return set(re.findall(r"\{(\w*)[^}]*\}", text))


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], ET.Element]:
    """All texts that the sources hold now."""
    target = tmp_path_factory.mktemp("texts") / "now.ts"
    command = [str(TOOLS / "pyside6-lupdate"), "-silent", *map(str, MODULES), "-ts", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    return messages(target)


def test_the_translation_holds_exactly_the_texts_of_the_sources(
    collected: dict[tuple[str, str], ET.Element],
) -> None:
    assert set(collected) == set(messages(TEXTS))


def test_nothing_is_left_untranslated() -> None:
    unfinished = [
        key
        for key, translation in messages(TEXTS).items()
        if translation.get("type") or not (translation.text or "").strip()
    ]
    assert unfinished == []


def test_translations_are_chinese_and_leave_room_for_the_same_words() -> None:
    for (context, source), translation in messages(TEXTS).items():
        text = translation.text or ""
        assert places(text) == places(source), (context, source)
        if context == "Messages" and "no Chinese font" in source:
            continue  # whoever reads this cannot read Chinese on this computer
        # What has no word in it, such as a unit or a format, needs no Chinese one.
        words = re.findall(r"[a-z]{2,}", re.sub(r"\{\w*[^}]*\}", "", source))
        is_chinese = re.search(r"[\u4e00-\u9fff]", text) is not None
        assert is_chinese or not words or source in SAME, (context, source, text)


def test_the_compiled_translation_is_current(tmp_path: Path) -> None:
    target = tmp_path / "now.qm"
    command = [str(TOOLS / "pyside6-lrelease"), "-silent", str(TEXTS), "-qm", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    assert target.read_bytes() == COMPILED.read_bytes()


def test_qt_and_the_app_change_their_language_together(qapp: QApplication) -> None:
    language.use(qapp, "zh")
    assert qapp.translate("SidesBar", "Run") == "运行"
    assert qapp.translate("QPlatformTheme", "Cancel") == "取消"
    language.use(qapp, "en")
    assert qapp.translate("SidesBar", "Run") == "Run"
    assert qapp.translate("QPlatformTheme", "Cancel") == "Cancel"


# --- no text is hard-wired -----------------------------------------------------------------------

SETTERS = {
    *("setText", "setToolTip", "setWindowTitle", "setTitle", "setAccessibleName", "setStatusTip"),
    *("setAccessibleDescription", "setPlaceholderText", "setSpecialValueText", "setSuffix"),
    *("setPrefix", "addItem", "addAction", "addMenu", "addTab", "setTabText", "setItemText"),
    *("setInformativeText", "setHeaderLabels", "setLabel", "QLabel", "QPushButton", "QCheckBox"),
    *("QGroupBox", "QToolButton", "QRadioButton", "QAction", "QDockWidget"),
}
TRANSLATORS = {"tr", "translate"}
OWN_NAMES = {"English", "中文", "容", "approvalsim", "SimPy", "A", "B"} | {
    "Title",
    "Description",
    "Software",
    "[*] — approvalsim",
}
"""What is called so in every language; and names of fields in files."""


def called(call: ast.Call) -> str:
    return getattr(call.func, "attr", None) or getattr(call.func, "id", "")


def literals(node: ast.AST) -> Iterator[ast.Constant]:
    """String constants that reach the user as they stand: not through a translator."""
    if isinstance(node, ast.Call):
        if called(node) in TRANSLATORS:
            return
        if called(node) not in SETTERS and called(node) not in ("format", "join"):
            return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node
    for child in ast.iter_child_nodes(node):
        yield from literals(child)


def test_no_text_is_set_without_a_translation() -> None:
    found = []
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called(node) in SETTERS:
                found += [
                    f"{module.name}:{literal.lineno}: {literal.value!r}"
                    for argument in node.args
                    for literal in literals(argument)
                    if re.search(r"[A-Za-z\u4e00-\u9fff]{2}", literal.value)
                    and literal.value not in OWN_NAMES
                    and not re.fullmatch(r"[a-z_]+|<[^>]*>|.*\{.*\}.*", literal.value)
                ]
    assert found == []


def test_no_f_string_goes_into_a_translator() -> None:
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called(node) in TRANSLATORS:
                wrong = [a for a in node.args if isinstance(a, ast.JoinedStr)]
                assert not wrong, f"{module.name}:{node.lineno}"

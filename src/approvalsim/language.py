"""Which language to speak: the one asked for, or the one of the machine."""

import locale
import os
import re
from collections.abc import Sequence

LANGUAGES = ("zh", "en")


def machine_language() -> str:
    """``zh`` where the environment or the system speaks Chinese, else ``en``."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return "zh" if re.split(r"[_.@-]", value.lower())[0] == "zh" else "en"
    name = (locale.getlocale()[0] or "").lower()
    return "zh" if name.startswith(("zh", "chinese")) else "en"


def language_of(arguments: Sequence[str]) -> str:
    """The language a command line asks for with ``--lang``, before it is parsed."""
    for position, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            asked = value or (arguments[position + 1] if position + 1 < len(arguments) else "")
            if asked in LANGUAGES:
                return asked
    return machine_language()


def counted(number: int, thing: str) -> str:
    """A number of things in English: 1 project, 2 projects."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"

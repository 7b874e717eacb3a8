"""The root of every part of a scenario: frozen, strict, and able to say where it comes from."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, GetJsonSchemaHandler, model_serializer, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema


class Part(BaseModel):
    """A part of a scenario: immutable, unknown keys refused, nothing converted silently."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        frozen=True, strict=True, extra="forbid", populate_by_name=True, allow_inf_nan=False
    )


class Text(Part):
    """Words for people in Chinese and English; a plain string in the file serves as both."""

    zh: str
    en: str

    @model_validator(mode="before")
    @classmethod
    def _from_plain_string(cls, value: object) -> object:
        return {"zh": value, "en": value} if isinstance(value, str) else value

    @model_serializer
    def _as_written(self) -> str | dict[str, str]:
        return self.zh if self.zh == self.en else {"zh": self.zh, "en": self.en}

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Describe both spellings: one string, or one for each language."""
        word: dict[str, Any] = {"type": "string"}
        both = {
            "type": "object",
            "properties": {"zh": word, "en": word},
            "required": ["zh", "en"],
            "additionalProperties": False,
        }
        return {"anyOf": [word, both]}

    def in_language(self, language: str) -> str:
        """The Chinese words for ``zh``, the English ones for anything else."""
        return self.zh if language == "zh" else self.en


class Marked(Part):
    """A part whose numbers say where they come from: a source, or an assumption.

    A table's mark covers every number in it that carries none of its own.
    """

    source: str | None = None
    assumed: bool = False
    note: Text | None = None

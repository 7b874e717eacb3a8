"""A stage as it is for all projects, or for some: its variants, found and added by their condition.

No Qt here. A *form* is the condition of a variant, or None for the values all projects start from.
"""

from collections.abc import Mapping
from typing import Any

from approvalsim.parameters import Place, value_at
from approvalsim.scenario import Correction, Factor, Scenario, Stage, Variant
from approvalsim_ui.edits import UNSET, replaced

Form = Mapping[str, str] | None

VARIED = ("prepare", "review", "notice", "correction", "statutory")
"""What a variant may replace."""


def forms(scenario: Scenario) -> tuple[Form, ...]:
    """All conditions the scenario's variants have, in the file's order; None comes first."""
    found: list[Form] = [None]
    for stage in scenario.stage.values():
        for variant in stage.variant:
            if dict(variant.when) not in found:
                found.append(dict(variant.when))
    return tuple(found)


def variant_index(stage: Stage, form: Form) -> int | None:
    """The position of the variant with exactly this condition."""
    if form is None:
        return None
    whens = [dict(variant.when) for variant in stage.variant]
    return whens.index(dict(form)) if dict(form) in whens else None


def place_in(scenario: Scenario, stage: str, form: Form, field: str) -> Place:
    """Where a field of a stage stands in a form; a variant that is missing would come first."""
    if form is None or field not in (*VARIED, "factor"):
        return ("stage", stage, field)
    return ("stage", stage, "variant", variant_index(scenario.stage[stage], form) or 0, field)


def is_own(scenario: Scenario, stage: str, form: Form, field: str) -> bool:
    """Whether the form says this itself, and does not take it over from all projects."""
    if form is None or field not in VARIED:
        return True
    index = variant_index(scenario.stage[stage], form)
    return index is not None and getattr(scenario.stage[stage].variant[index], field) is not None


def value_in(scenario: Scenario, stage: str, form: Form, field: str) -> Any:
    """What a field of a stage is in a form: its own value, or the one for all projects."""
    if is_own(scenario, stage, form, field):
        return value_at(scenario, place_in(scenario, stage, form, field))
    return getattr(scenario.stage[stage], field)


def factor_in(scenario: Scenario, stage: str, form: Form, field: str) -> float:
    """By how much the form stretches a duration of the stage."""
    index = variant_index(scenario.stage[stage], form)
    factor = scenario.stage[stage].variant[index].factor if index is not None else None
    return float(getattr(factor or Factor(), field, 1.0))


def with_form(scenario: Scenario, stage: str, form: Form) -> Scenario:
    """The scenario with a variant for the form, if the stage has none yet.

    It is put first: all the stage's other variants come later and still win over it.
    """
    if form is None or variant_index(scenario.stage[stage], form) is not None:
        return scenario
    variants = (Variant(when=dict(form), assumed=True), *scenario.stage[stage].variant)
    return replaced(scenario, ("stage", stage, "variant"), variants)


def without_empty_forms(scenario: Scenario, filed: Scenario) -> Scenario:
    """The scenario without variants that say nothing and that the file does not have."""
    for name, stage in scenario.stage.items():
        kept = tuple(
            variant
            for variant in stage.variant
            if not _is_empty(variant) or _has(filed, name, variant)
        )
        if len(kept) < len(stage.variant):
            value = kept if kept or "variant" in _given(filed, name) else UNSET
            scenario = replaced(scenario, ("stage", name, "variant"), value)
    return scenario


def aligned(filed: Scenario, scenario: Scenario) -> Scenario:
    """The file's scenario with an empty variant wherever the other one has a variant of its own.

    So the same place means the same thing in both.
    """
    for name, stage in scenario.stage.items():
        mine = filed.stage.get(name)
        if mine is None or len(stage.variant) == len(mine.variant):
            continue
        if any(variant_index(stage, variant.when) is None for variant in mine.variant):
            continue
        indices = [variant_index(mine, variant.when) for variant in stage.variant]
        variants = tuple(
            mine.variant[index] if index is not None else Variant(when=other.when, assumed=True)
            for index, other in zip(indices, stage.variant, strict=True)
        )
        filed = replaced(filed, ("stage", name, "variant"), variants)
    return filed


def correction_with(correction: Correction | None, probability: float) -> dict[str, Any]:
    """The table of a correction with another probability; no source vouches for it any longer."""
    given = correction.model_dump(by_alias=True, exclude_unset=True) if correction else {}
    kept = {name: value for name, value in given.items() if name not in ("source", "note")}
    return {**kept, "probability": probability, "assumed": True}


def _is_empty(variant: Variant) -> bool:
    return not (variant.model_fields_set - {"when", "source", "assumed", "note"})


def _has(filed: Scenario, stage: str, variant: Variant) -> bool:
    return stage in filed.stage and variant_index(filed.stage[stage], variant.when) is not None


def _given(filed: Scenario, stage: str) -> set[str]:
    return filed.stage[stage].model_fields_set if stage in filed.stage else set()

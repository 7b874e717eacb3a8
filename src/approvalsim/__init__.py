"""approvalsim: how an investment project gets from signing (签约) to groundbreaking (动工).

The way a value goes::

    load(path) -> Scenario -> problems(scenario) -> compile_plan(scenario) -> Plan
    run(plan, replications=..., seed=...) -> Iterator[Batch] -> Facts
    summarise(digest) -> Summary        compare(paired_digest) -> Comparison

Importing this package is cheap: each module is imported where it is needed.
"""


def __getattr__(name: str) -> str:
    """``approvalsim.__version__``, looked up when somebody asks: that costs more than the rest."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        found = version("approvalsim")
    except PackageNotFoundError:  # run from a source tree that was never installed
        found = "0+unknown"
    globals()["__version__"] = found
    return found

"""approvalsim: how an investment project gets from signing (签约) to groundbreaking (动工).

The way a value goes::

    load(path) -> Scenario -> problems(scenario) -> compile_plan(scenario) -> Plan
    run(plan, replications=..., seed=...) -> Iterator[Batch] -> Facts
    summarise(facts) -> Summary        compare(facts_a, facts_b) -> Comparison

Importing this package is cheap: each module is imported where it is needed.
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("approvalsim")
except PackageNotFoundError:  # run from a source tree that was never installed
    __version__ = "0+unknown"

"""What a spec owes beyond its grammar: one rule, one file. A rule sees an algorithm's meaning and reports findings."""

from collections.abc import Callable, Iterator

from knobsmith.checks import (
    bounded_by_itself,
    case_narrows,
    condition_once,
    default_in_domain,
    deprecation_explained,
    duplicate_values,
    empty_domain,
    examples_keep_rules,
    examples_valid,
    fact_has_source,
    impact_ranks,
    log_scale,
    metric_example,
    metric_pattern,
    objective_metric,
    pattern_anchored,
    prose,
    recommended_valid,
    required_or_default,
    reverse_log_scale,
    special_words,
    tuning_finite,
    tuning_kind,
    tuning_precision,
    tuning_spread,
    tuning_step,
    tuning_valid,
    unset_is_explained,
    unused_declarations,
)
from knobsmith.diagnostics import Finding, Rule
from knobsmith.model.catalog import Algorithm

Check = Callable[[Algorithm], Iterator[Finding]]

_MODULES = (
    default_in_domain,
    required_or_default,
    unset_is_explained,
    bounded_by_itself,
    empty_domain,
    case_narrows,
    recommended_valid,
    examples_valid,
    special_words,
    duplicate_values,
    tuning_kind,
    tuning_valid,
    tuning_finite,
    tuning_precision,
    tuning_step,
    log_scale,
    reverse_log_scale,
    impact_ranks,
    metric_example,
    metric_pattern,
    objective_metric,
    examples_keep_rules,
    fact_has_source,
    pattern_anchored,
    prose,
    unused_declarations,
    tuning_spread,
    condition_once,
    deprecation_explained,
)

CHECKS: tuple[tuple[Rule, Check], ...] = tuple((module.RULE, module.check) for module in _MODULES)


def check_algorithm(algorithm: Algorithm) -> Iterator[Finding]:
    """All findings of all checks."""
    for _, check in CHECKS:
        yield from check(algorithm)


__all__ = ["CHECKS", "Check", "check_algorithm"]

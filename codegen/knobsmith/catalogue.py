"""Every law by its id: what ``knobsmith rules`` lists, the docs explain, and a suppression may name."""

from knobsmith.checks import CHECKS
from knobsmith.diagnostics import Rule
from knobsmith.load import laws as load_laws
from knobsmith.model.forms import laws as form_laws
from knobsmith.prove.laws import LAWS
from knobsmith.resolve import laws as resolve_laws
from knobsmith.resolve.families import FAMILY
from knobsmith.resolve.sharing import CIRCULAR_USE, UNKNOWN_USE
from knobsmith.suppress import RULES as SUPPRESSION_RULES
from knobsmith.targets.laws import RULES as TARGET_RULES
from knobsmith.targets.preflight_laws import RULES as PREFLIGHT_RULES
from knobsmith.write import STALE


def _all_rules() -> list[Rule]:
    rules = [value for module in (load_laws, form_laws) for value in vars(module).values() if isinstance(value, Rule)]
    rules += [FAMILY, UNKNOWN_USE, CIRCULAR_USE, *resolve_laws.RULES, *(rule for rule, _ in CHECKS)]
    return [*rules, *LAWS.values(), *TARGET_RULES, *PREFLIGHT_RULES, STALE, *SUPPRESSION_RULES]


RULES: dict[str, Rule] = {rule.code: rule for rule in sorted(_all_rules(), key=lambda rule: rule.code)}

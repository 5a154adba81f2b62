"""The import statements that a piece of generated Python needs."""

import re
from collections.abc import Mapping

from knobsmith.targets.source_text import WIDTH

_RECORDS = (
    *("Advice", "Algorithm", "Case", "Choice", "Condition", "ContextFact", "Deprecated", "Domain", "Group"),
    *("Interval", "Metric", "Parameter", "Range", "Rule", "Source", "Special", "Tokens", "Tuning"),
)
_SAYING = (
    *("advise", "break_case", "break_ends", "break_rule"),
    *("forbid", "hold", "miss", "require", "unuse"),
)
# Where the names come from that a generated module may use. A module of the package has leading dots.
FACTS: Mapping[str, str] = dict.fromkeys(_RECORDS, "..facts")
VALUES: Mapping[str, str] = {
    **dict.fromkeys(("Annotated", "Any", "Literal", "NamedTuple"), "typing"),
    "StrEnum": "enum",
    "Field": "pydantic",
}
MODEL: Mapping[str, str] = {
    **dict.fromkeys(("TYPE_CHECKING", "Annotated", "Any", "ClassVar", "Literal"), "typing"),
    "Sequence": "collections.abc",
    "Field": "pydantic",
    "Laws": ".._state",
    "Hyperparameters": "..model",
    "LAWS": ".validation",
}
VALIDATION: Mapping[str, str] = {
    **dict.fromkeys(("Iterable", "Mapping"), "collections.abc"),
    "isfinite": "math",
    "lt": "operator",
    "re": "",
    "Any": "typing",
    **dict.fromkeys(("boolean", "is_number", "look_closer", "plain_text"), ".._grammar"),
    **dict.fromkeys(_SAYING, ".._judging"),
    **dict.fromkeys(("read_context_texts", "read_native_config", "read_wire_config"), ".._reading"),
    **dict.fromkeys(("UNKNOWN", "Laws", "Reader", "State"), ".._state"),
    **dict.fromkeys(("fits", "found", "is_finite"), ".._support"),
    "LARGEST_INTEGER": ".._values",
    "ACCELERATOR": ".._native",
    "Verdict": "..verdict",
    **dict.fromkeys(("Verdicts", "judge_many"), "..verdicts"),
    "FACTS": ".facts",
}
SAMPLING: Mapping[str, str] = {
    **dict.fromkeys(("Callable", "Mapping"), "collections.abc"),
    "exp": "math",
    "Random": "random",
    "Any": "typing",
    "Fixed": ".._sampling",
    "UNKNOWN": ".._state",
    **dict.fromkeys(("fits", "found", "is_finite"), ".._support"),
    "LAWS": ".validation",
}
_THIRD_PARTY = frozenset({"pydantic"})
# Everything in quotes, and comments.
_TEXT = re.compile(r'''"""(?:[^"\\]++|\\.|"(?!""))*+"""|"(?:[^"\\\n]++|\\.)*+"|'(?:[^'\\\n]++|\\.)*+'|#.*''')
_NAME = re.compile(r"(?<![\w.])[A-Za-z_]\w*")


def imports(code: str, known: Mapping[str, str]) -> str:
    """Import statements for the names that code uses outside of texts, in the order that linters like.

    Args:
        code: The code that follows.
        known: The module of each name that may be imported; "" for what is a module itself.
    """
    used = set(_NAME.findall(_TEXT.sub("", code))) & known.keys()
    members: dict[str, list[str]] = {}
    for name in sorted(used, key=by_kind):
        members.setdefault(known[name], []).append(name)
    statements = [(_place(name, ""), f"import {name}") for name in members.pop("", [])]
    statements += [(_place(module, "from"), _statement(module, names)) for module, names in members.items()]
    groups: dict[int, list[str]] = {}
    for place, statement in sorted(statements):
        groups.setdefault(place[0], []).append(statement)
    return "\n\n".join(map("\n".join, groups.values()))


def _statement(module: str, names: list[str]) -> str:
    line = f"from {module} import {', '.join(names)}"
    if len(line) <= WIDTH:
        return line
    return f"from {module} import (\n" + "".join(f"    {name},\n" for name in names) + ")"


def _place(module: str, keyword: str) -> tuple[int, str, int, str]:
    """Standard library, third parties, the package; `import` before `from`; the outer package before the inner."""
    dots = len(module) - len(module.lstrip("."))
    return (2 if dots else 1 if module in _THIRD_PARTY else 0), keyword, -dots, module


def by_kind(name: str) -> tuple[int, str]:
    """Constants, classes, functions."""
    return 0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2, name

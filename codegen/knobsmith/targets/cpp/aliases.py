"""Aliases of values, in C++: statements that replace them, in items first."""

from collections.abc import Iterator

from knobsmith.model.domain import Domain
from knobsmith.targets.cpp.domain_tests import plain_part
from knobsmith.targets.cpp.types import constant, items_of


def replaced_aliases(domain: Domain, place: str, depth: int = 1) -> Iterator[str]:
    """Statements that replace aliases in a value and set `is_alias`; none if there are no aliases."""
    if domain.kind == "list":
        at = f"at_{depth}"
        plain = plain_part(domain, place)
        inner = list(replaced_aliases(items_of(domain), f"{plain}[{at}]", depth + 1))
        if inner:
            yield f"for (std::size_t {at} = 0; {at} < {plain}.size(); ++{at}) {{"
            yield from (f"    {line}" for line in inner)
            yield "}"
    opening = ""
    for choice in domain.values or ():
        for alias in choice.aliases:
            yield f"{opening}if (values::same({place}, {constant(domain, alias)})) {{"
            yield f"    values::assign({place}, {constant(domain, choice.value)});"
            yield "    is_alias = true;"
            opening = "} else "
    if opening:
        yield "}"

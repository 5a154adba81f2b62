"""Hypothesis strategies for expressions: any tree, and well-typed trees over one rich scope.

Depth is passed down rather than left to `recursive`, so that a tree stays within the levels of the language.
"""

from functools import cache

from hypothesis import strategies as st
from knobsmith.expr import ValueType
from knobsmith.expr.syntax import (
    Arithmetic,
    Both,
    Comparison,
    ContextName,
    Either,
    Expr,
    Extreme,
    FieldOf,
    Has,
    ItemAt,
    ListLiteral,
    Literal,
    Matches,
    Membership,
    Name,
    Negate,
    Not,
    Quantifier,
    Size,
    Variable,
)

from tests.strategies_scope import OPTIMIZERS, SCOPE, floats, integers, patterns, texts

# --- Any tree, whatever its types ---

names = st.sampled_from(["a", "epochs", "drop-rate", "in", "context", "size", "true", "x.y", "s"]) | st.from_regex(
    r"[A-Za-z_][A-Za-z0-9_.-]{0,9}", fullmatch=True
)
VARIABLES = ("s", "t", "size", "has")
variables = st.sampled_from(VARIABLES)
literals = st.one_of(st.booleans(), integers, floats, texts).map(Literal)


@cache
def trees(depth: int = 5, bound: frozenset[str] = frozenset()) -> st.SearchStrategy[Expr]:
    """Any tree that a text can spell; `bound` are the variables of enclosing quantifiers."""
    leaves = [literals, names.map(Name), names.map(ContextName)]
    leaves.append(st.builds(Has, names.map(Name) | names.map(ContextName)))
    leaves += [st.sampled_from(sorted(bound)).map(Variable)] if bound else []
    return st.one_of(leaves) if depth == 0 else st.one_of(*leaves, st.deferred(lambda: _nodes(depth - 1, bound)))


@cache
def _nodes(depth: int, bound: frozenset[str]) -> st.SearchStrategy[Expr]:
    part = trees(depth, bound)
    parts = st.lists(part, max_size=3).map(tuple)
    kinds = st.sampled_from(["all", "exists"])
    quantifiers = [
        st.builds(Quantifier, kinds, part, st.just(variable), trees(depth, bound | {variable}))
        for variable in VARIABLES
    ]
    return st.one_of(*(_node(node, part, parts) for node in _NODES), st.one_of(quantifiers))


_NODES = (FieldOf, ItemAt, ListLiteral, Not, Negate, Arithmetic, Comparison, Membership, Both, Either, Size, Extreme)
_NODES = (*_NODES, Matches)


def _node(node: type, part: st.SearchStrategy[Expr], parts: st.SearchStrategy[tuple[Expr, ...]]):
    if node is FieldOf:
        return st.builds(FieldOf, part, names)
    if node is ListLiteral:
        return st.builds(ListLiteral, parts)
    if node is Extreme:
        return st.builds(Extreme, st.sampled_from(["min", "max"]), st.tuples(part, part, part) | st.tuples(part, part))
    if node is Matches:
        return st.builds(Matches, part, texts)
    if node is Arithmetic:
        return st.builds(Arithmetic, st.sampled_from("+-*/%"), part, part)
    if node is Comparison:
        return st.builds(Comparison, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), part, part)
    return st.builds(node, part, part) if node in (ItemAt, Membership, Both, Either) else st.builds(node, part)


# --- Well-typed trees over SCOPE ---


def _named(kind: str, bound: dict[str, ValueType]) -> st.SearchStrategy[Expr]:
    choice: list[Expr] = [Name(name) for name, found in SCOPE.parameters.items() if found.kind == kind]
    choice += [ContextName(name) for name, found in SCOPE.facts.items() if found.kind == kind]
    choice += [Variable(name) for name, found in bound.items() if found.kind == kind] * 3
    return st.sampled_from(choice)


def _fields(bound: dict[str, ValueType]) -> st.SearchStrategy[Expr]:
    shape = st.builds(FieldOf, st.just(Name("shape")), st.sampled_from(["channels", "height"]))
    boxes = st.builds(ItemAt, st.just(Name("boxes")), st.integers(-1, 3).map(Literal))
    variables_of_box = [Variable(name) for name, found in bound.items() if found.fields]
    box = boxes | st.sampled_from(variables_of_box) if variables_of_box else boxes
    return shape | st.builds(FieldOf, box, st.sampled_from(["width", "height"]))


@cache
def typed(kind: str = "boolean", depth: int = 4, bound: tuple = ()) -> st.SearchStrategy[Expr]:
    """Well-typed expressions of a kind; ``bound`` are pairs of variables and types."""
    leaves = _LEAVES[kind](dict(bound))
    return leaves if depth <= 0 else leaves | st.deferred(lambda: _BRANCHES[kind](depth - 1, bound))


def conditions(depth: int = 4) -> st.SearchStrategy[Expr]:
    """Well-typed conditions over SCOPE."""
    return typed("boolean", depth)


def _boolean_leaves(bound: dict[str, ValueType]) -> st.SearchStrategy[Expr]:
    asked = [Name(name) for name in SCOPE.parameters] + [ContextName(name) for name in SCOPE.facts]
    return st.one_of(
        _named("boolean", bound),
        st.sampled_from(asked).map(Has),
        st.booleans().map(Literal),
        st.builds(
            Comparison,
            st.sampled_from(["==", "!="]),
            st.just(Name("optimizer")),
            st.sampled_from(OPTIMIZERS).map(Literal),
        ),
        st.builds(
            Comparison,
            st.sampled_from(["==", "!="]),
            st.just(Name("clip")),
            st.sampled_from(["auto", "Infinity"]).map(Literal),
        ),
    )


def _string_leaves(bound: dict[str, ValueType]) -> st.SearchStrategy[Expr]:
    return _named("string", bound)


def _integer_leaves(bound: dict[str, ValueType]) -> st.SearchStrategy[Expr]:
    return st.one_of(_named("integer", bound), integers.map(Literal), _fields(bound))


def _number_leaves(bound: dict[str, ValueType]) -> st.SearchStrategy[Expr]:
    return st.one_of(_named("number", bound), floats.map(Literal))


def _list_leaves(bound: dict[str, ValueType]) -> st.SearchStrategy[Expr]:
    return st.sampled_from([Name("steps"), Name("shape"), Name("weights"), Name("layers"), Name("boxes")])


def _boolean_branches(depth: int, bound: tuple) -> st.SearchStrategy[Expr]:
    truth = typed("boolean", depth, bound)
    numeric = typed("integer", depth, bound) | typed("number", depth, bound)
    equality = st.sampled_from(["==", "!="])
    return st.one_of(
        st.builds(Not, truth),
        st.builds(Both, truth, truth),
        st.builds(Either, truth, truth),
        st.builds(Comparison, st.sampled_from(["==", "!=", "<", "<=", ">", ">="]), numeric, numeric),
        st.builds(Comparison, equality, typed("string", depth, bound), typed("string", depth, bound)),
        st.builds(Comparison, equality, _as_leaf("boolean", bound), typed("boolean", min(depth, 1), bound)),
        st.builds(Comparison, equality, st.sampled_from([Name("steps"), Name("shape")]), _numbers(depth, bound)),
        st.builds(Membership, numeric, _numbers(depth, bound) | st.sampled_from([Name("steps"), Name("weights")])),
        st.builds(Membership, st.just(Name("clip")), st.just(ListLiteral((Literal("auto"), Literal(0.5), Literal(3))))),
        st.builds(Membership, st.sampled_from([Name("mode"), Literal("conv")]), st.just(Name("layers"))),
        st.builds(Membership, st.just(Name("optimizer")), st.lists(st.sampled_from(OPTIMIZERS).map(Literal)).map(_row)),
        st.builds(Matches, typed("string", depth, bound), patterns),
        _quantifiers(depth, bound),
    )


def _as_leaf(kind: str, bound: tuple) -> st.SearchStrategy[Expr]:
    return _LEAVES[kind](dict(bound))


def _row(items: list[Expr]) -> ListLiteral:
    return ListLiteral(tuple(items))


def _numbers(depth: int, bound: tuple, least: int = 0) -> st.SearchStrategy[Expr]:
    one = typed("integer", depth, bound) | typed("number", depth, bound)
    return st.lists(one, min_size=least, max_size=3).map(_row)


def _integer_branches(depth: int, bound: tuple) -> st.SearchStrategy[Expr]:
    part = typed("integer", depth, bound)
    natural = st.sampled_from([Name("epochs"), Name("warmup"), Size(Name("name")), Literal(7)])
    divisor = st.sampled_from([Name("epochs"), ContextName("nodes"), Literal(3)])
    return st.one_of(
        st.builds(Negate, part),
        st.builds(Arithmetic, st.sampled_from("+-*"), part, part),
        st.builds(Arithmetic, st.just("%"), natural, divisor),
        st.builds(Extreme, st.sampled_from(["min", "max"]), st.tuples(part, part)),
        st.builds(Size, typed("string", depth, bound) | typed("list", depth, bound)),
        st.builds(ItemAt, st.sampled_from([Name("steps"), Name("shape")]), part),
    )


def _number_branches(depth: int, bound: tuple) -> st.SearchStrategy[Expr]:
    part, whole = typed("number", depth, bound), typed("integer", depth, bound)
    operator = st.sampled_from("+-*/")
    return st.one_of(
        st.builds(Negate, part),
        st.builds(Arithmetic, operator, part, part),
        st.builds(Arithmetic, operator, whole, part),
        st.builds(Arithmetic, operator, part, whole),
        st.builds(Extreme, st.sampled_from(["min", "max"]), st.tuples(part, whole, part) | st.tuples(whole, part)),
        st.builds(ItemAt, st.just(Name("weights")), whole),
    )


def _string_branches(depth: int, bound: tuple) -> st.SearchStrategy[Expr]:
    return st.builds(ItemAt, st.just(Name("layers")), typed("integer", depth, bound))


def _list_branches(depth: int, bound: tuple) -> st.SearchStrategy[Expr]:
    box = st.builds(ItemAt, st.just(Name("boxes")), typed("integer", depth, bound))
    return box | _numbers(depth, bound, least=1)


@st.composite
def _quantifiers(draw: st.DrawFn, depth: int, bound: tuple) -> Expr:
    containers = [(Name(name), found.item) for name, found in SCOPE.parameters.items() if found.item]
    containers.append((ListLiteral((Name("flag"), Name("tune"))), ValueType("boolean", words=("Auto",))))
    container, item = draw(st.sampled_from(containers))
    variable = draw(variables)
    inside = (*((name, found) for name, found in bound if name != variable), (variable, item))
    predicate = draw(typed("boolean", depth, inside) | _about(Variable(variable), item, depth, inside))
    return Quantifier(draw(st.sampled_from(["all", "exists"])), container, variable, predicate)


def _about(variable: Variable, item: ValueType, depth: int, inside: tuple) -> st.SearchStrategy[Expr]:
    """A condition on the item itself, which random choice seldom hits."""
    if item.kind == "boolean":
        return st.just(variable)
    if item.kind == "string":
        return st.builds(Comparison, st.sampled_from(["==", "!="]), st.just(variable), typed("string", depth, inside))
    side = st.just(variable) if item.is_numeric else st.builds(FieldOf, st.just(variable), st.sampled_from(item.fields))
    other = typed("integer", depth, inside) | typed("number", depth, inside)
    return st.builds(Comparison, st.sampled_from(["==", "<", "<=", ">"]), side, other)


_LEAVES = {
    "boolean": _boolean_leaves,
    "integer": _integer_leaves,
    "number": _number_leaves,
    "string": _string_leaves,
    "list": _list_leaves,
}
_BRANCHES = {
    "boolean": _boolean_branches,
    "integer": _integer_branches,
    "number": _number_branches,
    "string": _string_branches,
    "list": _list_branches,
}

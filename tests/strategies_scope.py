"""One rich scope for expressions, and hypothesis strategies for values, facts and environments of it."""

from hypothesis import strategies as st
from knobsmith.expr import NOTHING, UNKNOWN, Names, Values, ValueType
from knobsmith.expr.outcomes import StaticFacts
from knobsmith.expr.syntax import ContextName, Name

LARGEST = 2**53 - 1
OPTIMIZERS = ("sgd", "adam", "nag")
LAYERS = ("conv", "dense")

_WHOLE = ValueType("integer")
_BOX = ValueType("list", item=ValueType("integer", lowest=0), fields=("width", "height"), shortest=2)
SCOPE = Names(
    {
        "epochs": ValueType("integer", lowest=1, highest=1000),
        "offset": _WHOLE,
        "warmup": ValueType("integer", lowest=0, words=("auto",)),
        "lr": ValueType("number"),
        "drop-rate": ValueType("number", lowest=0, highest=1),
        "clip": ValueType("number", words=("Infinity", "auto")),
        "flag": ValueType("boolean"),
        "tune": ValueType("boolean", words=("Auto",)),
        "optimizer": ValueType("string", values=OPTIMIZERS),
        "mode": ValueType("string", values=("fast",), words=("auto",)),
        "name": ValueType("string"),
        "shape": ValueType("list", item=ValueType("integer", lowest=1), fields=("channels", "height"), shortest=2),
        "steps": ValueType("list", item=_WHOLE),
        "weights": ValueType("list", item=ValueType("number", words=("auto",))),
        "layers": ValueType("list", item=ValueType("string", values=LAYERS), words=("none",)),
        "boxes": ValueType("list", item=_BOX),
    },
    {
        "nodes": ValueType("integer", lowest=1),
        "content-type": ValueType("string", values=("a/b", "c/d")),
        "spot": ValueType("boolean"),
        "size": ValueType("number"),
    },
)

integers = st.integers(-3, 12) | st.sampled_from([0, 1, LARGEST, -LARGEST, LARGEST // 2])
floats = (
    st.integers(-3, 12).map(float)
    | st.sampled_from([0.0, 0.5, 1e-7, 1e300, -1e308, 5e-324])
    | st.floats(allow_nan=False, allow_infinity=False).map(lambda x: x + 0.0)
)
texts = st.sampled_from(["", "a", "warm_up", "adam", 'q"uote', "\\d", "é\u200b\U0001f600"]) | st.text(max_size=4)
patterns = st.sampled_from(["a", "^warm_", "[0-9]+$", "(sgd|adam)", "^$", r"\d", "é.?"])

_VALUES: dict[str, st.SearchStrategy[object]] = {
    "epochs": st.integers(1, 1000),
    "offset": integers,
    "warmup": st.integers(0, 9) | st.just("auto"),
    "lr": floats,
    "drop-rate": st.sampled_from([0.0, 0.25, 1.0]),
    "clip": floats | st.sampled_from(["Infinity", "auto"]),
    "flag": st.booleans(),
    "tune": st.booleans() | st.just("Auto"),
    "optimizer": st.sampled_from(OPTIMIZERS),
    "mode": st.sampled_from(["fast", "auto"]),
    "name": texts,
    "shape": st.tuples(st.integers(1, 9), st.integers(1, 9)),
    "steps": st.lists(integers, max_size=3).map(tuple),
    "weights": st.lists(floats | st.just("auto"), max_size=3).map(tuple),
    "layers": st.lists(st.sampled_from(LAYERS), max_size=3).map(tuple) | st.just("none"),
    "boxes": st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=3).map(tuple),
}
_FACTS: dict[str, st.SearchStrategy[object]] = {
    "nodes": st.integers(1, 4),
    "content-type": st.sampled_from(["a/b", "c/d"]),
    "spot": st.booleans(),
    "size": floats,
}


@st.composite
def environments(draw: st.DrawFn, facts: StaticFacts | None = None) -> Values:
    """Values, nothing and unknown for every name of SCOPE, as the static facts allow."""
    known = facts or StaticFacts(SCOPE)
    is_missing = st.integers(0, draw(st.integers(1, 9))).map(lambda number: number == 1)
    parameters = {}
    for name, values in _VALUES.items():
        missing = [NOTHING] * known.can_be_nothing(Name(name)) + [UNKNOWN] * known.can_be_unknown(Name(name))
        parameters[name] = draw(st.sampled_from(missing) if missing and draw(is_missing) else values)
    context = {}
    for name, values in _FACTS.items():
        absent = known.can_be_unknown(ContextName(name)) and draw(is_missing)
        context[name] = UNKNOWN if absent else draw(values)
    return Values(SCOPE, parameters, context)


@st.composite
def static_facts(draw: st.DrawFn) -> StaticFacts:
    """Some names that are never unknown and some that are never nothing."""
    parameters = [Name(name) for name in _VALUES]
    context = [ContextName(name) for name in _FACTS]
    return StaticFacts(
        SCOPE,
        draw(st.frozensets(st.sampled_from([*parameters, *context]))),
        draw(st.frozensets(st.sampled_from(parameters))),
    )

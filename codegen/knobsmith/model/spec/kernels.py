"""The keys of a kernels file: functions over tensors, and dispatch by the value of a hyperparameter."""

from typing import Any, NamedTuple, get_args

from knobsmith.load.tree import Mapping, Node, Scalar, Sequence
from knobsmith.model.forms import (
    Either,
    Flag,
    Json,
    Key,
    ListOf,
    MapOf,
    Name,
    Named,
    OneOrMany,
    Place,
    RangeText,
    Raw,
    RawKey,
    RecordOf,
    Text,
    Word,
)
from knobsmith.model.forms.laws import MISSING_KEY
from knobsmith.model.kernels import Backend
from knobsmith.model.spec.domains import DOMAIN_KEYS
from knobsmith.model.spec.kernel_records import DispatchSpec, FunctionSpec, ScalarSpec, SizeSpec, TensorSpec
from knobsmith.model.spec.parameters import CONDITION, UNIT, in_domain
from knobsmith.model.spec.records import DomainFacts
from knobsmith.model.spec.sections import RULE


def _type_or_use(scalar: ScalarSpec, node: Mapping, place: Place) -> bool:
    if scalar.use is not None or place.partial:
        return True
    missing = [key for key in ("type", "doc") if node.entry(key) is None]
    for key in missing:
        help = "state it, or take all facts from a hyperparameter with `use: ALGORITHM/NAME`"
        place.refuse(MISSING_KEY, node.span, f"`{key}` is missing", help)
    return not missing


class _ListOrLength(NamedTuple):
    """A flag, or the name of a length."""

    wanted: str = "`true`, or a name for the length of the lists"

    def read(self, node: Node, place: Place) -> bool | str | None:
        """Either."""
        is_flag = isinstance(node, Scalar) and isinstance(node.value, bool)
        return Flag().read(node, place) if is_flag else Name(wanted=self.wanted).read(node, place)

    def write(self, value: bool | str) -> Any:
        """As it is."""
        return value

    def schema(self, defs: Json) -> Json:
        """Either."""
        return {"anyOf": [Flag().schema(defs), Name().schema(defs)]}


_LIST = _ListOrLength()
_SYMBOL = Either(
    Mapping,
    RecordOf(SizeSpec, (Key("expr", CONDITION, "Expression that gives the size.", "2 * n", required=True),), "Size"),
    RangeText(constant=True),
    lambda symbol: isinstance(symbol, SizeSpec),
    "a range, or `{expr: E}`",
)
_SIZE = Either(
    Sequence,
    ListOf(Raw("a symbol or an integer")),
    Name(),
    lambda shape: not isinstance(shape, str),
    "a list of symbols and integers, the name of a tensor, or `any`",
)
TENSOR = RecordOf(
    TensorSpec,
    (
        Key("access", Word(("in", "out", "inout")), "Whether it is read, written or both.", "inout", required=True),
        Key(
            "dtype",
            OneOrMany(Text()),
            "Element type, a list of them (a variant each), or the tensor whose type it has.",
            ["float32", "float16"],
            required=True,
        ),
        Key("shape", _SIZE, "Symbols and integers, the tensor whose shape it has, or `any`.", ["n"], required=True),
        Key("many", _LIST, "Whether it is a list of tensors, or the name of its length; all lists have one.", True),
        Key("optional", Flag(), "Whether it may be left out.", True),
        Key("required_when", CONDITION, "While it must be given; else it may be left out.", "momentum > 0"),
        Key("required_for", ListOf(Text()), "Variants that need it; others must not have it.", ["float16"]),
        Key("doc", Text(), "What it holds.", "Running mean of the gradient."),
    ),
    "Tensor",
)
SCALAR = RecordOf(
    ScalarSpec,
    (
        Key("use", Text(), "Hyperparameter whose facts it has: `ALGORITHM/NAME`.", "image-classification/beta_1"),
        *in_domain(key._replace(required=False) for key in DOMAIN_KEYS),
        Key("doc", Text(), "What it is.", "Number of the update."),
        UNIT,
        Key("default", Raw(), "Value when none is given.", 1),
    ),
    "Scalar",
    parts={"domain": DomainFacts},
    checks=(_type_or_use,),
)
LETTERS = Key("letters", MapOf(Name(), Text(), Name().pattern), "What letters of formulas mean.", {"w": "weight"})
FUNCTION = RecordOf(
    FunctionSpec,
    (
        Key("doc", Text(), "What it computes.", "One Adam update of a list of tensors.", required=True),
        Key("formula", Text(), "The arithmetic, for readers.", "w -= lr * g"),
        LETTERS,
        Key("backends", OneOrMany(Word(get_args(Backend))), "Where it runs.", ["cpu", "cuda"], required=True),
        Key("tensors", Named(TENSOR), "Arrays that it reads and writes."),
        Key(
            "symbols", MapOf(Name(), _SYMBOL, Name().pattern), "Bounds of sizes, or how they follow.", {"n": "[1, inf)"}
        ),
        Key("scalars", Named(SCALAR), "Numbers, words and lists of them that it takes."),
        Key("rules", Named(RULE), "Constraints over scalars and symbols."),
    ),
    "Function",
)
DISPATCH = RecordOf(
    DispatchSpec,
    (
        Key("on", Text(), "Hyperparameter that decides: `ALGORITHM/NAME`.", "a/optimizer", required=True),
        Key("functions", MapOf(RawKey(), Name()), "Function of each value.", {"sgd": "sgd_step"}, required=True),
    ),
    "Dispatch",
)

"""What must hold before a spec has a meaning: names, types, values."""

from knobsmith.diagnostics import Rule, Severity
from knobsmith.model.forms.laws import EXPRESSION_SIZE, PATTERN

UNKNOWN_NAME = Rule(
    "KS030",
    Severity.ERROR,
    "a name refers to something that is declared",
    "Expressions and ends of ranges name parameters, `context` facts and fields; `group`, `source`, `use_instead` and "
    "`about` name what their section declares. The nearest declared name is shown.",
)
TYPE_ERROR = Rule(
    "KS031",
    Severity.ERROR,
    "an expression is well-typed",
    "Expressions are checked before anything is generated: arithmetic and order take numbers, `==` and `in` compare "
    "like with like, a condition is boolean.",
)
CIRCLE = Rule(
    "KS032",
    Severity.ERROR,
    "whether a parameter is used does not hang on itself",
    "`used_when`, `forbidden_when` and defaults that are computed or stand in cases decide one after the other; "
    "if they form a circle there is no first one.",
)
WRONG_VALUE = Rule(
    "KS033",
    Severity.ERROR,
    "a value in a spec is of its parameter's type",
    "Values, defaults, examples and tuned values are written in native form: `3` for an integer, `true` for a boolean, "
    "`[1, 2]` for a list, and the words of `special` as they are.",
)
CLASH = Rule(
    "KS034",
    Severity.ERROR,
    "names and aliases of one algorithm are distinct",
    "A name that could mean two parameters would be read as neither.",
)
NO_VALUE = Rule(
    "KS035",
    Severity.ERROR,
    "a text in an expression is a value of what it is compared with",
    'A misspelt value makes a condition that is never true: `optimizer == "adm"`.',
)
WRONG_FACET = Rule(
    "KS037",
    Severity.ERROR,
    "a fact fits the type of its parameter",
    "`range`, `multiple_of` and `precision` speak of numbers, `pattern` and `length` of texts, `items`, `fields`, "
    "`unique` and `increasing` of lists.",
)
IDENTIFIER = Rule(
    "KS038",
    Severity.ERROR,
    "a name in generated code is a plain one, and not taken",
    "An `identifier`, and the import name of the Python package, have letters, digits and underscores and do not start "
    "with a digit. An identifier stands once. A package is no keyword, and no module of Python or of what the "
    "generated client imports: it would be found in their place. The name of the npm package is one that npm "
    "publishes, and no module of Node; that of the CMake package is one that CMake takes for a target; that of the "
    "package of kernels is one that Python imports, and no other package's.",
)
KERNEL = Rule(
    "KS150",
    Severity.ERROR,
    "the declarations of a kernel fit together",
    "A dtype is one of the supported formats or the name of another tensor; a shape is a list of symbols and integers, "
    "the name of another tensor, or `any`, which one tensor of a function may have. Following names must come to an "
    "end, a symbol stands in some shape and has a size. All tensors of a function are lists, or none is. A scalar is "
    "of one type, its default is one of its values, and no name means two things.",
)
DISPATCH = Rule(
    "KS151",
    Severity.ERROR,
    "a dispatch names a function for every value, and for no other",
    "The generated dispatch is exhaustive: an optimizer without a kernel must be found here, not in training.",
)
GIVEN = Rule(
    "KS152",
    Severity.ERROR,
    "a call shows whether a tensor must be given",
    "`optional`, `required_when` and `required_for` exclude each other. `required_for` lists some of the dtypes of the "
    "only tensor that has several. Sizes, variants and the device are read off tensors that no call leaves out, so a "
    "function has at least one.",
)
UNUSED = Rule(
    "KS304",
    Severity.WARNING,
    "what is declared is used",
    "A group without members, a family without a template, a source that nothing cites or a fragment entry that no "
    "algorithm uses is usually a leftover or a misspelt name.",
)
ALONE = Rule(
    "KS308",
    Severity.WARNING,
    "a target stands beside those that it relies on",
    "`accelerator` compiles the headers that `cpp` writes, for the package that `python` writes; the packages of "
    "`optuna`, `ray`, `configspace` and `vizier` import that package. Without it they cannot be installed, unless it "
    "comes from elsewhere: name both, as in `targets: {python: {}, cpp: {}, accelerator: {}}`.",
)

RULES = (
    UNKNOWN_NAME,
    TYPE_ERROR,
    CIRCLE,
    WRONG_VALUE,
    CLASH,
    NO_VALUE,
    WRONG_FACET,
    IDENTIFIER,
    KERNEL,
    DISPATCH,
    GIVEN,
    UNUSED,
    ALONE,
)
# What the checker of expressions reports, by code; two of its laws are those of reading.
BY_CODE = {rule.code: rule for rule in (*RULES, PATTERN, EXPRESSION_SIZE)}

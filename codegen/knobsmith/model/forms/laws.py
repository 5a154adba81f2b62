"""The laws that a key and its value keep by themselves, before anything is known of the rest of a spec."""

from knobsmith.diagnostics import Rule, Severity

UNKNOWN_KEY = Rule(
    "KS010",
    Severity.ERROR,
    "every key is one that the language knows here",
    "A key that is not read would be a fact that is silently lost. A text with `,` inside `{...}` needs quotes: "
    "`{doc: Width, in pixels}` holds a second key, `in pixels`.",
)
WRONG_KIND = Rule(
    "KS011",
    Severity.ERROR,
    "a value is of the kind that its key holds",
    "A plain `true`, `false`, `null` or JSON number is no text: put it in quotes where a text is meant. Nothing else "
    "is a number or a boolean, so `yes`, `012` and `1_000` are texts. Brackets and braces outside quotes make a list "
    "or a map: quote ranges.",
)
MISSING_KEY = Rule(
    "KS012",
    Severity.ERROR,
    "the required keys are stated",
    "Without them the entry has no meaning. An entry may take them from a fragment with `use`, or from its family.",
)
VERSION = Rule(
    "KS013",
    Severity.ERROR,
    "a file starts with `knobsmith: 1` and then says what it is",
    "The first key is the version of the language, whose meaning never changes. The second is `algorithm`, "
    "`fragment`, `kernels` or `project`, with the name.",
)
FILE_NAME = Rule(
    "KS014",
    Severity.ERROR,
    "a file says its own name",
    "The second key repeats the file's name without `.yaml`, so that a reference such as `use: optimizers/momentum` "
    "leads to a file without a search.",
)
MALFORMED_NAME = Rule(
    "KS015",
    Severity.ERROR,
    "a name has letters, digits, `_`, `.` and `-`, at most 128, the first a letter or `_`",
    "Names go on the wire and are derived into many languages. The names of metrics may also hold `:`, `/` and `@`.",
)
REMOVES_NOTHING = Rule(
    "KS016",
    Severity.ERROR,
    "`null` removes an inherited key",
    "`null` has one meaning in a spec: it takes away a key that an entry would inherit from a fragment or a family, "
    "or the tuning of a parameter in one case. Where nothing is inherited it is a slip: leave the key out instead.",
)
RANGE = Rule(
    "KS020",
    Severity.ERROR,
    "a range is written as intervals",
    "`[1, inf)`, `(0, 1)`, `{0} | [2, 10]`, `[1, epochs]`: round brackets leave an end out, an infinite end is "
    "always open, an end may be a number, or the name of a parameter or of a fact of the context. At most 2,000 "
    "characters.",
)
EXPRESSION = Rule(
    "KS021",
    Severity.ERROR,
    "an expression is written in the subset of CEL",
    '`optimizer in ["sgd", "nag"]`, `!has(top_k)`, `image_shape.height > 32 && epochs < 10`: a name that is no plain '
    "identifier stands in backquotes.",
)
EXPRESSION_SIZE = Rule(
    "KS036",
    Severity.ERROR,
    "an expression has at most 2,000 characters and 32 levels",
    "People read conditions, and provers and generated code walk them. Split one into several cases or rules.",
)
PATTERN = Rule(
    "KS022",
    Severity.ERROR,
    "a regular expression keeps to what RE2, Python, JavaScript and C++ read alike",
    "Literals, `.`, classes, `\\d \\w \\s`, `^ $`, groups, alternatives and repetition up to 1,000, greedy or lazy. "
    "No look-around, back reference, flag, word boundary, named group or Unicode class.",
)
WIRE = Rule(
    "KS023",
    Severity.ERROR,
    "`wire` is the text form of a boolean or a list",
    "A boolean has two tokens, the one for true first: `wire: 1/0`. A list is written as `comma`, `space`, `json` or "
    "`tuple`; `json` is the only form that nests. All other types have one form and state none.",
)

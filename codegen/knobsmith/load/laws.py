"""The laws of a file as such: readable, UTF-8, YAML without its sharing, within limits."""

from knobsmith.diagnostics import Rule, Severity

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 64
MAX_NODES = 100_000

UNREADABLE = Rule(
    "KS001",
    Severity.ERROR,
    "a spec file can be read",
    "The file is missing, is no regular file, or may not be read by the user who runs the command. Check its path "
    "and its permissions.",
)
NOT_TEXT = Rule(
    "KS002",
    Severity.ERROR,
    "a spec file is UTF-8 text without control characters",
    "Every tool must see the same characters on the same lines. Save the file as UTF-8. A control character, or one "
    'that some tools take for the end of a line, is written as an escape in double quotes: `"\\u2028"`. A byte '
    "order mark at the start and line ends of Windows are fine.",
)
TOO_LARGE = Rule(
    "KS003",
    Severity.ERROR,
    f"a spec file has at most 1 MiB and {MAX_NODES:,} values",
    "A spec is written and read by people; one that is larger was most likely generated, or is no spec. Split it "
    "into several algorithms that share fragments.",
)
NOT_YAML = Rule(
    "KS004",
    Severity.ERROR,
    "a spec file is well-formed YAML",
    "The usual slips: a tab in the indentation; a text with `: ` or ` #`, or with `,` `[` `]` `{` `}` inside "
    "`{...}`, or one that starts with `!` `&` `*` `[` `{` `>` `|` `%` `@` or a backquote, without quotes around it.",
)
TOO_DEEP = Rule(
    "KS005",
    Severity.ERROR,
    f"maps and lists nest at most {MAX_DEPTH} deep",
    "No key of the language needs more than a handful of levels; only lists of lists nest freely.",
)
NOT_ONE_MAP = Rule(
    "KS006",
    Severity.ERROR,
    "a spec file is one YAML document that holds a map",
    "The first key of the map is `knobsmith: 1`, the second says what the file is: `algorithm`, `fragment`, "
    "`kernels` or `project`.",
)
FOREIGN_YAML = Rule(
    "KS007",
    Severity.ERROR,
    "a spec uses no tag, anchor, alias, merge key, directive or composite key of YAML",
    "Sharing has its own means, whose origin the docs can show: `use: FILE/NAME` starts an entry from a shared one. "
    "A text that starts with `!`, `&` or `*` is put in quotes.",
)
DUPLICATE_KEY = Rule(
    "KS008",
    Severity.ERROR,
    "a key stands once in its map",
    "Of two entries with the same key one would be lost without a word.",
)

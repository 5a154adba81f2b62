"""Random regular expressions of the common subset, as text, and texts that they are likely to meet."""

from hypothesis import strategies as st

# Few characters, among them those on which engines differ: line ends, digits beyond ASCII, code points beyond 16 bits.
ALPHABET = "ab01_-. \n\r\t\v\x85\u2028é٣😀"

_ATOMS = st.sampled_from(
    ["a", "b", "0", "_", "é", "😀", ".", r"\d", r"\D", r"\w", r"\W", r"\s", r"\S", r"\.", r"\-", r"\n", r"\x61"]
)
_CLASSES = st.builds(
    "[{}{}]".format,
    st.sampled_from(["", "^"]),
    st.lists(st.sampled_from(["a", "b-é", "0-9", r"\d", r"\S", r"\n", r"\]", "٣", "😀"]), min_size=1, max_size=3).map(
        "".join
    ),
)
_COUNTS = st.sampled_from(["*", "+", "?", "{2}", "{1,}", "{0,2}", "*?", "+?", "??", "{1,3}?"])


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.lists(inner, min_size=1, max_size=3).map("".join),
        st.lists(inner, min_size=2, max_size=3).map("|".join),
        st.builds("(?:{}){}".format, inner, _COUNTS),
        st.builds("({})".format, inner),
        st.builds("({}){}".format, inner, _COUNTS),
        st.builds("^{}".format, inner),
        st.builds("{}$".format, inner),
    )


def patterns() -> st.SearchStrategy[str]:
    """Patterns that the subset allows."""
    simple = st.one_of(_ATOMS, _CLASSES, st.builds("{}{}".format, st.one_of(_ATOMS, _CLASSES), _COUNTS))
    return st.recursive(simple, _compound, max_leaves=6)


def texts() -> st.SearchStrategy[str]:
    """Short texts over the characters that matter."""
    return st.text(ALPHABET, max_size=8)

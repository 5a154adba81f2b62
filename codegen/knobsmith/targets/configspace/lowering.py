"""Which ends ConfigSpace draws."""

from collections.abc import Mapping

# By the documentation of UniformFloatHyperparameter and UniformIntegerHyperparameter both ends belong to a range. A
# number is kept to 13 decimals, so a draw next to the upper end becomes that end, though numpy stops short of it.
ENDS: Mapping[str, tuple[bool, bool]] = {
    "integer": (True, True),
    "integer by log": (True, True),
    "integer by step": (True, True),
    "number": (True, True),
    "number by log": (True, True),
    "number by step": (True, True),
}

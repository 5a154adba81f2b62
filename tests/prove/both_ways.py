"""Small specs by hand: between them every kind of obligation holds somewhere and fails somewhere."""

from typing import Any

from tests.prove.small_specs import SmallSpec

HEAD = "knobsmith: 1\nalgorithm: example\ntitle: Example\ndoc: Both ways.\n"
ON, BOTH = (True,), (False, True)


def spec(text: str, **values: tuple[Any, ...]) -> SmallSpec:
    return SmallSpec(HEAD + text, values)


ALL_HOLDS = spec(
    """\
groups:
  used: {title: Used, used_when: q}
  forbidden: {title: Forbidden, forbidden_when: q}
parameters:
  p: {type: integer, range: "[1, 2]", default: 1, doc: P., tuning: {range: "[1, 2]"}}
  q: {type: boolean, default: false, doc: Q., tuning: {values: [true, false]}}
  r: {type: boolean, values: [true], if_unset: none, doc: R., used_when: p > 1, required_when: q}
  s:
    {type: integer, range: "[1, 3]", default: 3, doc: S., group: used,
     cases: [{when: p > 1, values: [2, 3], default: 2, tuning: {range: "[2, 3]"}}]}
  t: {type: boolean, values: [true], if_unset: none, doc: T., group: forbidden, forbidden_when: r}
  u: {type: boolean, values: [true], if_unset: none, doc: U., required_when: p > 3}
rules:
  kept: {when: q, require: p > 0, message: Tuning keeps it.}
  left: {require: s > 0, message: Tuning keeps it.}
metrics:
  m: {direction: maximize, doc: M., reported_when: q}
""",
    p=(1, 2),
    q=BOTH,
    r=ON,
    s=(1, 2, 3),
    t=ON,
    u=ON,
)
CONDITIONS_FAIL = spec(
    """\
groups:
  never: {title: Never, used_when: p > 3, forbidden_when: p >= 0}
  always: {title: Always, used_when: p >= 0, forbidden_when: p > 3}
parameters:
  p: {type: integer, range: "[0, 1]", default: 1, doc: P.}
  q: {type: boolean, values: [true], if_unset: none, doc: Q., used_when: p > 3, required_when: p > 3}
  r:
    {type: integer, range: "[0, 1]", default: 0, doc: R., used_when: p <= 3,
     cases: [{when: p <= 3, values: [0]}, {when: p == 1, values: [1]}, {when: p > 3, default: 1}]}
  s: {type: boolean, values: [true], if_unset: none, doc: S., forbidden_when: p > 3, required_when: p < 4}
  t: {type: boolean, values: [true], if_unset: none, doc: T., forbidden_when: p < 4}
  u: {type: boolean, values: [true], if_unset: none, doc: U., group: never}
  v: {type: boolean, values: [true], if_unset: none, doc: V., group: always}
rules:
  always: {when: p >= 0, require: p >= 0, message: It is never broken.}
  never: {when: p > 3, require: p > 0, message: It never acts.}
  broken: {require: p > 3, severity: warning, message: It never holds.}
metrics:
  always: {direction: maximize, doc: M., reported_when: p >= 0}
  never: {direction: maximize, doc: M., reported_when: p > 3}
""",
    p=(0, 1),
    q=ON,
    r=(0, 1),
    s=ON,
    t=ON,
    u=ON,
    v=ON,
)
VALUES_FAIL = spec(
    """\
parameters:
  p: {type: integer, range: "[0, 2]", default: 1, doc: P., tuning: {range: "[0, 2]"}}
  q: {type: integer, values: [0, 1, 2], range: "[0, p]", default: 2, doc: Q.}
  r:
    {type: integer, range: "[0, 2]", default: 2, doc: R., tuning: {values: [0, 2]},
     cases: [{when: p > 1, values: [1], default: 0, tuning: {range: "[0, 1]"}}]}
  s:
    {type: integer, range: "[0, 3]", default: 0, doc: S., tuning: {range: "(0, 3]", step: 2},
     cases: [{when: p == 0, values: [0]}]}
rules:
  low: {when: q == 0, require: p < 2, message: Tuning breaks it.}
  none: {when: p > 1, require: r > 1, message: It refuses all that is tuned.}
  one: {require: r != 2, message: It refuses what is listed.}
  even: {require: s != 1 && s != 3, message: It refuses every step.}
""",
    p=(0, 1, 2),
    q=(0, 1, 2),
    r=(0, 1, 2),
    s=(0, 1, 2, 3),
)
NOTHING_IS_VALID = spec(
    """\
parameters:
  p: {type: integer, range: "[0, 3]", required: true, doc: P.}
  q: {type: boolean, if_unset: none, doc: Q., required_when: p > 1}
rules:
  more: {require: p > 1 && !q, message: Q is off.}
  less: {require: q || p < 2, message: Q is on.}
""",
    p=(0, 1, 2, 3),
    q=BOTH,
)
BOTH_WAYS = {
    "all holds": ALL_HOLDS,
    "conditions fail": CONDITIONS_FAIL,
    "values fail": VALUES_FAIL,
    "nothing is valid": NOTHING_IS_VALID,
}

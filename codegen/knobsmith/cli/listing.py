"""``knobsmith rules`` and ``knobsmith schema``."""

import json
import re
import sys
from argparse import Namespace
from difflib import get_close_matches

from knobsmith.catalogue import RULES
from knobsmith.cli.problems import Usage
from knobsmith.model.spec import spec_schemas


def run_rules(options: Namespace) -> int:
    """List the laws by id, or explain one."""
    if options.id is None:
        sys.stdout.writelines(f"{rule.code}  {rule.severity.value:7}  {rule.law}\n" for rule in RULES.values())
        return 0
    rule = RULES.get(options.id.upper())
    if rule is None:
        near = ", ".join(_nearest(options.id.upper()))
        raise Usage(f"no rule `{options.id}`; {f'the nearest are {near}; ' * bool(near)}`knobsmith rules` lists all")
    law = f"{rule.law[0].upper()}{rule.law[1:]}."
    sys.stdout.write(f"{rule.code} ({rule.severity.value})\n\n{law}\n\n{rule.why}\n")
    return 0


def _nearest(id: str) -> list[str]:
    """Ids like one that does not exist: by number if it has one, else by spelling."""
    if re.fullmatch(r"KS[0-9]{1,9}", id):
        return sorted(RULES, key=lambda known: abs(int(known[2:]) - int(id[2:])))[:3]
    return get_close_matches(id, RULES, 3, 0.4)


def run_schema(options: Namespace) -> int:
    """Print the JSON Schema of one kind of spec file, for editors."""
    sys.stdout.write(json.dumps(spec_schemas()[options.kind], indent=2, ensure_ascii=False) + "\n")
    return 0

"""``knobsmith rules`` and ``knobsmith schema``."""

import json
import sys
from argparse import Namespace

from knobsmith.catalogue import RULES
from knobsmith.cli.problems import unknown
from knobsmith.model.spec import spec_schemas


def run_rules(options: Namespace) -> int:
    """List the laws by id, or explain one."""
    if options.id is None:
        sys.stdout.writelines(f"{rule.code}  {rule.severity.value:7}  {rule.law}\n" for rule in RULES.values())
        return 0
    rule = RULES.get(options.id.upper())
    if rule is None:
        raise unknown("rule", options.id, RULES)
    law = f"{rule.law[0].upper()}{rule.law[1:]}."
    sys.stdout.write(f"{rule.code} ({rule.severity.value})\n\n{law}\n\n{rule.why}\n")
    return 0


def run_schema(options: Namespace) -> int:
    """Print the JSON Schema of one kind of spec file, for editors."""
    sys.stdout.write(json.dumps(spec_schemas()[options.kind], indent=2, ensure_ascii=False) + "\n")
    return 0

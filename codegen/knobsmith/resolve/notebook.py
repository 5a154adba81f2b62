"""Where the builders of the catalog note what is wrong, by the path of the fact; places are found later."""

from knobsmith.diagnostics import Finding, Path, Rule


class Notebook:
    """The findings of one entity (an algorithm, a kernels file, the project)."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def note(self, rule: Rule, path: Path, fact: str, help: str, offsets: tuple[int, int] | None = None) -> None:
        """Record a breach."""
        self.findings.append(rule.at(path, fact, help, offsets))

"""Where the builders of the catalog note what is wrong, by the path of the fact; places are found later."""

from dataclasses import dataclass, field

from knobsmith.diagnostics import Finding, Path, Rule


@dataclass(slots=True)
class Notebook:
    """The findings of one entity (an algorithm, a kernels file, the project)."""

    findings: list[Finding] = field(default_factory=list)

    def note(self, rule: Rule, path: Path, fact: str, help: str, offsets: tuple[int, int] | None = None) -> None:
        """Record a breach."""
        self.findings.append(rule.at(path, fact, help, offsets))

"""Renders the reference: an index and a page for each algorithm."""

from collections.abc import Iterator

from knobsmith.model.catalog import Algorithm, Catalog
from knobsmith.targets.base import Options, OutputFile, carried
from knobsmith.targets.docs.algorithm_page import algorithm_page
from knobsmith.targets.docs.markdown import code, link, text
from knobsmith.targets.docs.python_sample import python_samples
from knobsmith.targets.docs.templating import render
from knobsmith.targets.paths import stem


class DocsTarget:
    """Markdown for people: what each hyperparameter does, takes, needs and affects."""

    name = "docs"
    fidelity = carried()

    def render(self, catalog: Catalog, options: Options) -> Iterator[OutputFile]:
        """The index, then the algorithms."""
        yield OutputFile("docs/algorithms/index.md", _index(catalog))
        samples = python_samples(catalog)
        for algorithm in catalog.algorithms:
            page = algorithm_page(algorithm, samples.get(algorithm.name))
            source = f"spec/algorithms/{algorithm.name}.yaml"
            yield OutputFile(page_path(algorithm.name), render("algorithm.md.j2", source, page=page))


TARGET = DocsTarget()


def page_path(name: str) -> str:
    """Where the page of an algorithm stands, relative to the generated folder."""
    return f"docs/algorithms/{stem(name, 'index', 'readme')}.md"


def _index(catalog: Catalog) -> str:
    rows = [_index_row(algorithm) for algorithm in catalog.algorithms]
    return render("index.md.j2", "spec/algorithms", rows=rows)


def _index_row(algorithm: Algorithm) -> tuple[str, ...]:
    tunable = [p for p in algorithm.parameters if p.tuning is not None or any(case.tuning for case in p.cases)]
    objective = next((metric.name for metric in algorithm.metrics if metric.objective), None)
    return (
        link(f"**{text(algorithm.title)}**", page_path(algorithm.name).rpartition("/")[2]),
        text(algorithm.doc),
        str(len(algorithm.parameters)),
        str(len(tunable)),
        code(objective) if objective is not None else "",
    )

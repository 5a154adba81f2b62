"""``knobsmith preflight``: what is wrong with a job, before it is launched."""

import sys
from argparse import Namespace
from collections.abc import Iterable
from collections.abc import Mapping as Facts
from pathlib import Path
from typing import Any

from knobsmith.catalogue import RULES
from knobsmith.cli.compiling import compiled
from knobsmith.cli.documents import Document, read_document
from knobsmith.cli.output import Output
from knobsmith.cli.problems import Usage, facts_of, project_folder, unknown
from knobsmith.cli.rendering import summary
from knobsmith.diagnostics import Diagnostic, Report, Severity
from knobsmith.load import Mapping, Node, Scalar, Sequence, span_at, text_span
from knobsmith.load.laws import UNREADABLE
from knobsmith.model.catalog import Catalog
from knobsmith.records import replace
from knobsmith.source import Span
from knobsmith.targets.python.in_memory import load_client
from knobsmith.targets.python.runtime._preflight import Problem, preflight

# What a problem with a name is about: the key, not the value beside it.
_ABOUT_NAMES = ("KS501", "KS502", "KS506", "KS507")


def run(options: Namespace) -> int:
    """Check a request or a table; returns 1 if anything in it is an error."""
    context = facts_of(options.context)
    catalog = compiled(project_folder(options.project), "nothing was checked")
    if catalog is None:
        return 1
    documents = [_readable(file) for file in (options.file, *options.parent)]
    tree = documents[0].tree
    algorithm = _algorithm(catalog, options, tree) if tree is not None else ""
    return _show(found_in(catalog, algorithm, documents, context), documents, options.format)


def _readable(file: str) -> Document:
    document = read_document(file)
    for problem in document.diagnostics:
        if problem.code == UNREADABLE.code:
            raise Usage(f"{file}: {problem.fact}; {problem.help}")
    return document


def found_in(
    catalog: Catalog, algorithm: str, documents: Iterable[Document], context: Facts[str, str] | None = None
) -> Report:
    """What is wrong with a document, at its places in the file.

    Args:
        catalog: What is known of algorithms.
        algorithm: The algorithm that the document is about.
        documents: The document, then the requests of the jobs that a warm start names.
        context: What is known of the job, in wire form.
    """
    document, *parents = documents
    report = Report()
    for one in (document, *parents):
        report.extend(one.diagnostics)
        if one.tree is None and not one.diagnostics:
            report.extend([_empty(one)])
    if document.tree is not None:
        known = [parent for one in parents if isinstance(parent := one.plain, dict)]
        with load_client(catalog) as client:
            problems = preflight(client.algorithm(algorithm), document.plain, context=context, parents=known)
        report.extend(_located(problem, document, algorithm) for problem in problems)
    return report


def _empty(document: Document) -> Diagnostic:
    rule, fact = RULES["KS519"], "and the request is empty"
    return rule.on(Span.whole(document.name), document.name, fact, "write it, or name the file that holds it")


def _show(report: Report, documents: list[Document], format: str) -> int:
    sources = {document.source.path: document.source for document in documents if document.source is not None}
    sys.stdout.write(Output(format, "").shown(report, sources))
    if format == "text":
        sys.stdout.write(f"{summary(report)}\n")
    return 1 if report.has_errors else 0


def _located(problem: Problem, document: Document, algorithm: str) -> Diagnostic:
    """A problem at its place in the file."""
    rule = RULES[problem.code]
    span = Span.whole(document.name) if document.tree is None else _span(problem, document.tree)
    found = rule.on(span, problem.place or algorithm, problem.fact, problem.help)
    return replace(found, severity=Severity(problem.severity))


def _span(problem: Problem, tree: Node) -> Span:
    path = problem.path
    parent = _below(tree, path[:-1])
    if problem.code in _ABOUT_NAMES and isinstance(parent, Mapping) and f"`{path[-1]}`" in problem.fact:
        entry = parent.entry(str(path[-1]))
        if entry is not None:
            return entry.key.span
    node = _below(tree, path)
    if node is not None and problem.part is not None:
        return text_span(node, *problem.part)
    span = span_at(tree, path)
    return span if isinstance(node, Scalar) else _first_line(span)


def _first_line(span: Span) -> Span:
    """Of a whole map or list, where it starts."""
    return span if span.line == span.end_line else Span(span.file, span.line, span.column, span.line, span.column)


def _below(node: Node, path: tuple[str | int, ...]) -> Node | None:
    for step in path:
        match node, step:
            case Mapping(), str():
                found = node.get(step)
            case Sequence(), int() if 0 <= step < len(node.items):
                found = node.items[step]
            case _:
                return None
        if found is None:
            return None
        node = found
    return node


def _algorithm(catalog: Catalog, options: Namespace, tree: Node) -> str:
    """The algorithm that a document is about.

    Raises:
        Usage: It cannot be told.
    """
    known = [algorithm.name for algorithm in catalog.algorithms]
    if options.algorithm is not None:
        if options.algorithm not in known:
            raise unknown("algorithm", options.algorithm, known)
        return str(options.algorithm)
    if len(known) == 1:
        return known[0]
    clues = [*_clues(tree), Path(options.file).name]
    for clue in clues:
        # Names may be the start of others: the longest counts.
        named = [name for name in known if name in clue.casefold().replace("_", "-")]
        if named:
            return max(named, key=len)
    title = tree.get("HyperParameterTuningJobName") if isinstance(tree, Mapping) else None
    begun = [name for name in known if isinstance(title, Scalar) and f"{title.text}-".startswith(f"{name}-")]
    if begun:
        return max(begun, key=len)
    raise Usage(
        f"{options.file} does not say which algorithm it is for; add `--algorithm` with one of {', '.join(known)}"
    )


def _clues(tree: Node) -> list[str]:
    """What may name the algorithm: a key of its own, or the image."""
    found = [tree.get("algorithm")] if isinstance(tree, Mapping) else []
    waiting: list[Any] = [tree]
    while waiting:
        node = waiting.pop()
        if isinstance(node, Mapping):
            for key in ("AlgorithmName", "TrainingImage"):
                found.append(node.get(key))
            waiting += [entry.value for entry in node if isinstance(entry.value, (Mapping, Sequence))]
        elif isinstance(node, Sequence):
            waiting += list(node)
    return [node.text for node in found if isinstance(node, Scalar)]

"""The grammar of section 6 as a recursive descent: one method for each of its rules, trees as nested tuples.

Trees: ("literal", value) ("name", n) ("context", n) ("variable", n) ("field", e, n) ("item", e, e) ("list", [e])
("not", e) ("negate", e) ("&&" or another operator, e, e) ("has", e) ("size", e) ("min" or "max", [e])
("matches", e, pattern) ("all" or "exists", e, variable, e).
"""

import json
import re
from functools import cache
from typing import Any

Tree = tuple[Any, ...]

TOKEN = re.compile(
    r"""\s*(?:
      (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
    | (?P<string>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    | (?P<quoted>`[^`]*`)
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<sign>\|\||&&|==|!=|<=|>=|[-+*/%<>!()\[\].,])
    )""",
    re.VERBOSE,
)


@cache
def parse(text: str) -> Tree:
    """The tree of an expression; the text is known to be legal."""
    parser = _Parser(text)
    tree = parser.or_()
    assert parser.kind == "end", f"{text!r} goes on at {parser.token!r}"
    return tree


def parameters_read(tree: Tree) -> list[str]:
    """The names of parameters in the order they are read."""
    return [node[1] for node in _nodes(tree) if node[0] == "name"]


def context_read(tree: Tree) -> list[str]:
    """The names of context facts in the order they are read."""
    return [node[1] for node in _nodes(tree) if node[0] == "context"]


def _nodes(tree: Tree) -> list[Tree]:
    found = [tree]
    for part in tree[1:]:
        for child in part if isinstance(part, list) else [part]:
            if isinstance(child, tuple):
                found.extend(_nodes(child))
    return found


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.end = 0
        self.variables: list[str] = []
        self.advance()

    def advance(self) -> None:
        match = TOKEN.match(self.text, self.end)
        if match is None:
            assert not self.text[self.end :].strip(), f"{self.text!r} has no token at {self.end}"
            self.kind, self.token = "end", ""
            return
        self.kind, self.token, self.end = str(match.lastgroup), match.group(str(match.lastgroup)), match.end()

    def take(self) -> str:
        token = self.token
        self.advance()
        return token

    def sees(self, *tokens: str) -> bool:
        return self.kind in ("sign", "word") and self.token in tokens

    def expect(self, token: str) -> None:
        assert self.sees(token), f"{self.text!r}: {token!r} expected, not {self.token!r}"
        self.advance()

    def or_(self) -> Tree:
        tree = self.and_()
        while self.sees("||"):
            tree = (self.take(), tree, self.and_())
        return tree

    def and_(self) -> Tree:
        tree = self.rel()
        while self.sees("&&"):
            tree = (self.take(), tree, self.rel())
        return tree

    def rel(self) -> Tree:
        tree = self.sum()
        if self.sees("==", "!=", "<", "<=", ">", ">=", "in"):
            tree = (self.take(), tree, self.sum())
        return tree

    def sum(self) -> Tree:
        tree = self.prod()
        while self.sees("+", "-"):
            tree = (self.take(), tree, self.prod())
        return tree

    def prod(self) -> Tree:
        tree = self.unary()
        while self.sees("*", "/", "%"):
            tree = (self.take(), tree, self.unary())
        return tree

    def unary(self) -> Tree:
        if self.sees("!"):
            self.advance()
            return ("not", self.unary())
        if self.sees("-"):
            self.advance()
            return ("negate", self.unary())
        return self.member()

    def member(self) -> Tree:
        tree = self.atom()
        while self.sees(".", "["):
            if self.take() == "[":
                tree = ("item", tree, self.or_())
                self.expect("]")
            else:
                tree = self.after_dot(tree)
        return tree

    def after_dot(self, subject: Tree) -> Tree:
        is_quoted = self.kind == "quoted"
        name = self.name()
        if is_quoted or not self.sees("("):
            return ("field", subject, name)
        self.advance()
        if name == "matches":
            tree: Tree = ("matches", subject, _unescaped(self.take()))
        else:
            assert name in ("all", "exists"), name
            variable = self.take()
            self.expect(",")
            self.variables.append(variable)
            tree = (name, subject, variable, self.or_())
            self.variables.pop()
        self.expect(")")
        return tree

    def name(self) -> str:
        assert self.kind in ("word", "quoted"), f"{self.text!r}: a name expected, not {self.token!r}"
        return self.take().strip("`")

    def atom(self) -> Tree:
        if self.kind == "number":
            return ("literal", _number(self.take()))
        if self.kind == "string":
            return ("literal", _unescaped(self.take()))
        if self.kind == "quoted":
            return ("name", self.name())
        if self.kind == "word":
            return self.after_word(self.take())
        if self.sees("["):
            self.advance()
            return ("list", self.arguments("]"))
        self.expect("(")
        tree = self.or_()
        self.expect(")")
        return tree

    def after_word(self, word: str) -> Tree:
        if word in ("true", "false"):
            return ("literal", word == "true")
        if word == "context":
            self.expect(".")
            return ("context", self.name())
        if not self.sees("("):
            return ("variable" if word in self.variables else "name", word)
        self.advance()
        arguments = self.arguments(")")
        if word in ("min", "max"):
            return (word, arguments)
        assert word in ("has", "size"), word
        if word == "has" and arguments[0][0] == "variable":
            return ("has", ("name", arguments[0][1]))
        return (word, *arguments)

    def arguments(self, closing: str) -> list[Tree]:
        found: list[Tree] = []
        while not self.sees(closing):
            if found:
                self.expect(",")
            found.append(self.or_())
        self.advance()
        return found


def _number(text: str) -> int | float:
    return int(text) if text.isdigit() else float(text)


def _unescaped(text: str) -> str:
    """A string in either quotes, with the escapes of JSON."""
    inner = text[1:-1]
    if text[0] == "'":
        inner = re.sub(r"\\.|\"", lambda m: {"\\'": "'", '"': '\\"'}.get(m.group(), m.group()), inner)
    value = json.loads(f'"{inner}"')
    assert isinstance(value, str)
    return value

"""A pattern's text to its tree. Errors name the construct and its place; nothing outside the subset slips through."""

from knobsmith.regex.syntax import (
    Alternation,
    Anchor,
    Characters,
    Concatenation,
    Group,
    Node,
    Repetition,
    Span,
    complement,
    merged,
)

MOST_REPETITIONS = 1000
_DEEPEST = 50

_DIGITS: tuple[Span, ...] = ((0x30, 0x39),)
_WORD: tuple[Span, ...] = ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A))
# RE2's five: the vertical tab is no space there.
_SPACES: tuple[Span, ...] = ((0x09, 0x0A), (0x0C, 0x0D), (0x20, 0x20))
_CLASSES = {"d": _DIGITS, "w": _WORD, "s": _SPACES}
_ESCAPES = {"n": 0x0A, "r": 0x0D, "t": 0x09, "f": 0x0C, "v": 0x0B}
_PUNCTUATION = set("^$\\.*+?()[]{}|/-")
_NOT_NEWLINE = Characters(complement(((0x0A, 0x0A),)))


class RegexSyntaxError(ValueError):
    """A pattern that is malformed or leaves the common subset.

    Attributes:
        message: What is wrong: "look-around is not in the common subset".
        help: What to write instead.
        start: Offset of the first character that is wrong.
        end: Offset after the last one.
    """

    def __init__(self, message: str, help: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.help = help
        self.start = start
        self.end = end


def parse(pattern: str) -> Node:
    """The tree of a pattern.

    Raises:
        RegexSyntaxError: it is malformed, or not in the subset that all languages read alike.
    """
    reader = _Reader(pattern)
    node = reader.alternation(0)
    if reader.at < len(pattern):
        raise reader.error("this parenthesis closes nothing", "remove it, or write `\\)`", 1)
    return node


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def alternation(self, depth: int) -> Node:
        if depth > _DEEPEST:
            raise self.error(f"groups are nested more than {_DEEPEST} deep", "write a simpler pattern", 1)
        branches = [self._concatenation(depth)]
        while self._takes("|"):
            branches.append(self._concatenation(depth))
        return branches[0] if len(branches) == 1 else Alternation(tuple(branches))

    def error(self, message: str, help: str, length: int, start: int | None = None) -> RegexSyntaxError:
        begin = self.at if start is None else start
        return RegexSyntaxError(message, help, begin, min(len(self.text), begin + length))

    def _concatenation(self, depth: int) -> Node:
        parts: list[Node] = []
        while self.at < len(self.text) and self.text[self.at] not in "|)":
            start = self.at
            atom = self._atom(depth)
            parts.append(self._repeated(atom, start))
        return parts[0] if len(parts) == 1 else Concatenation(tuple(parts))

    def _atom(self, depth: int) -> Node:
        char = self.text[self.at]
        if char == "(":
            return self._group(depth)
        if char == "[":
            return self._set()
        if char in "*+?":
            raise self.error(f"`{char}` repeats nothing", f"put something before it, or write `\\{char}`", 1)
        if char in "{}]":
            raise self.error(f"`{char}` stands alone", f"write `\\{char}`", 1)
        self.at += 1
        if char == "^":
            return Anchor("start")
        if char == "$":
            return Anchor("end")
        if char == ".":
            return _NOT_NEWLINE
        if char == "\\":
            return Characters(self._escape(in_set=False))
        return Characters(((ord(char), ord(char)),))

    def _group(self, depth: int) -> Node:
        start = self.at
        self.at += 1
        captures = not self._takes("?:")
        if captures and self.text.startswith("?", self.at):
            found = self.text[start : start + 3]
            what = "look-around" if self.text[self.at + 1 : self.at + 2] in ("=", "!", "<") else f"`{found}`"
            raise self.error(f"{what} is not in the common subset", "say it with alternatives, or with a rule", 3, start)
        body = self.alternation(depth + 1)
        if not self._takes(")"):
            raise self.error("this parenthesis is not closed", "close it, or write `\\(`", 1, start)
        return Group(body, captures)

    def _repeated(self, atom: Node, start: int) -> Node:
        bounds = self._quantifier()
        if bounds is None:
            return atom
        if isinstance(atom, Anchor):
            raise self.error("an anchor is not repeated", "remove the quantifier", self.at - start, start)
        if self.text[self.at : self.at + 1] in ("*", "+", "?", "{"):
            message = "lazy, possessive and double quantifiers are not in the common subset"
            raise self.error(message, "remove this; a search finds the same without it", 1)
        return Repetition(atom, *bounds)

    def _quantifier(self) -> tuple[int, int | None] | None:
        simple: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        char = self.text[self.at : self.at + 1]
        if char in simple:
            self.at += 1
            return simple[char]
        return self._counted() if char == "{" else None

    def _counted(self) -> tuple[int, int | None]:
        start = self.at
        close = self.text.find("}", start)
        low, comma, high = self.text[start + 1 : close].partition(",") if close > 0 else ("", "", "")
        if not _is_count(low) or (high != "" and not _is_count(high)):
            raise self.error("a quantifier in braces reads `{2}`, `{2,}` or `{2,5}`", "or write `\\{`", 1)
        self.at = close + 1
        least = int(low)
        most = least if not comma else None if high == "" else int(high)
        if max(least, most or 0) > MOST_REPETITIONS:
            message = f"nothing is repeated more than {MOST_REPETITIONS} times"
            raise self.error(message, "use `length` for long texts", self.at - start, start)
        if most is not None and most < least:
            raise self.error("this quantifier ends below its start", "swap the numbers", self.at - start, start)
        return least, most

    def _set(self) -> Characters:
        start = self.at
        self.at += 1
        negated = self._takes("^")
        spans: list[Span] = []
        while not self._takes("]"):
            if self.at >= len(self.text):
                raise self.error("this bracket is not closed", "close it, or write `\\[`", 1, start)
            spans.extend(self._member())
        if not spans:
            raise self.error("a set of no characters matches nothing", "name a character", self.at - start, start)
        members = merged(spans)
        return Characters(complement(members) if negated else members)

    def _member(self) -> tuple[Span, ...]:
        start = self.at
        low = self._member_part()
        follows = self.text[self.at : self.at + 2]
        if not follows.startswith("-") or follows in ("-", "-]"):
            return low
        self.at += 1
        high = self._member_part()
        if len(low) != 1 or len(high) != 1 or low[0][0] != low[0][1] or high[0][0] != high[0][1]:
            raise self.error("a range in a set goes from one character to another", "write `\\-`", 1, start)
        if high[0][0] < low[0][0]:
            raise self.error("this range ends before it starts", "swap its ends", self.at - start, start)
        return ((low[0][0], high[0][0]),)

    def _member_part(self) -> tuple[Span, ...]:
        char = self.text[self.at : self.at + 1]
        if char == "[":
            message = "`[` in a set is read differently between languages"
            raise self.error(message, "write `\\[`", 1)
        self.at += 1
        if char == "\\":
            return self._escape(in_set=True)
        return ((ord(char), ord(char)),) if char else ()

    def _escape(self, in_set: bool) -> tuple[Span, ...]:
        """What a backslash and the next character stand for; the backslash is read already."""
        start = self.at - 1
        char = self.text[self.at : self.at + 1]
        self.at += 1
        if char.lower() in _CLASSES and char:
            return _CLASSES[char] if char.islower() else complement(_CLASSES[char.lower()])
        if char in _ESCAPES:
            return ((_ESCAPES[char], _ESCAPES[char]),)
        if char and char in _PUNCTUATION:
            return ((ord(char), ord(char)),)
        if char == "x":
            return self._hexadecimal(start)
        what = "a back reference" if char.isdigit() else f"`\\{char}`" if char else "a backslash at the end"
        help = "write the character itself" if not in_set or char else "write `\\\\`"
        raise self.error(f"{what} is not in the common subset", help, 2, start)

    def _hexadecimal(self, start: int) -> tuple[Span, ...]:
        digits = self.text[self.at : self.at + 2]
        if len(digits) != 2 or any(digit not in "0123456789abcdefABCDEF" for digit in digits):
            raise self.error("`\\x` takes two hexadecimal digits", "write the character itself", 2, start)
        self.at += 2
        return ((int(digits, 16), int(digits, 16)),)

    def _takes(self, text: str) -> bool:
        if self.text.startswith(text, self.at):
            self.at += len(text)
            return True
        return False


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 5

"""A text and how far it has been read."""

import re

from knobsmith.regex.errors import RegexSyntaxError


class Text:
    """Reads a text from left to right. ``at`` is the offset of the next character."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.at = 0

    def peek(self, count: int = 1) -> str:
        """The next characters; fewer at the end of the text."""
        return self._text[self.at : self.at + count]

    def take(self, count: int = 1) -> str:
        """The next characters, which count as read."""
        taken = self.peek(count)
        self.at += len(taken)
        return taken

    def match(self, pattern: str) -> re.Match[str] | None:
        """What a pattern finds right here, which then counts as read."""
        found = re.compile(pattern).match(self._text, self.at)
        if found is not None:
            self.at = found.end()
        return found

    def error(self, message: str, help: str, width: int) -> RegexSyntaxError:
        """An error about the next characters."""
        return RegexSyntaxError(message, help, self.at, min(self.at + width, len(self._text)))

    def behind(self) -> str:
        """The character just read."""
        return self._text[self.at - 1 : self.at]

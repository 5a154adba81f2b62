"""What is wrong with the text of a regular expression."""


class RegexSyntaxError(ValueError):
    """A text is no regular expression of the common subset.

    Attributes:
        message: What is wrong, to be read after a comma: "`(?=` looks ahead".
        help: What to do about it.
        start: Offset of the first wrong character.
        end: Offset after the last one; may equal ``start`` at the end of the text.
    """

    def __init__(self, message: str, help: str, start: int, end: int) -> None:
        super().__init__(f"{message}: {help}")
        self.message = message
        self.help = help
        self.start = start
        self.end = end

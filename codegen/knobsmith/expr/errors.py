"""What is wrong with the text of an expression."""


class ExprSyntaxError(ValueError):
    """A text is no expression.

    Attributes:
        message: What is wrong, to be read after a comma: "`&` is no operator".
        help: What to do about it: "write `&&`".
        start: Offset of the first wrong character.
        end: Offset after the last one; may equal ``start`` at the end of the text.
        code: ``KS021``, or ``KS036`` for a text that is too long or too deep.
    """

    def __init__(self, message: str, help: str, start: int, end: int, code: str = "KS021") -> None:
        super().__init__(f"{message}: {help}")
        self.message = message
        self.help = help
        self.start = start
        self.end = end
        self.code = code

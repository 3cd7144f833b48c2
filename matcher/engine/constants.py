"""A number of the model with what it means and where it comes from, so that everybody can look it up."""

PRIOR = "prior"  # chosen by judgement, not measured
BENCH = "python -m tests.bench partners"


class Constant(float):
    """A number that says what it means and who says so: `PRIOR`, or the command that measures it and its figures."""

    __slots__ = ("sentence", "source")

    def __new__(cls, number: float, sentence: str, source: str) -> "Constant":
        """The number, used like any other."""
        made = super().__new__(cls, number)
        made.sentence, made.source = sentence, source
        return made

    def __reduce__(self) -> tuple[type["Constant"], tuple[float, str, str]]:
        """How it is copied."""
        return Constant, (float(self), self.sentence, self.source)

    sentence: str
    source: str

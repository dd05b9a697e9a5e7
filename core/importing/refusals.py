"""How an import says that something cannot come in."""


class RowError(Exception):
    """A row cannot come in; the message says why, the rows after it go on."""


class BrokenFile(Exception):
    """The file as a whole cannot be read, or not any further."""

"""Errors that a person reads: one line in Danish, the same line in English."""


class TwoLanguageError(Exception):
    """Something went otherwise than asked, and the reader can do something about it."""

    def __init__(self, da: str, en: str) -> None:
        super().__init__(f"{da} / {en}")
        self.da = da
        self.en = en


class RequestError(TwoLanguageError):
    """What was asked for cannot be done as asked; nothing was touched."""

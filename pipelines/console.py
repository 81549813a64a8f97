"""What the command says on the terminal: Danish first, English after it."""

from rich.console import Console
from rich.markup import escape

from assets.errors import TwoLanguageError

OUT = Console(highlight=False, soft_wrap=True)
ERR = Console(stderr=True, highlight=False, soft_wrap=True)


def say(da: str, en: str) -> None:
    """One thing in both languages, a line each."""
    OUT.print(escape(da))
    OUT.print(escape(en), style="dim")


def complain(error: TwoLanguageError) -> None:
    """An error in one line, on the error channel."""
    ERR.print(f"[red]{escape(error.da)}[/red] / {escape(error.en)}")


def number(value: int) -> str:
    """A whole number the Danish way: ``1.234``."""
    return f"{value:,}".replace(",", ".")

"""``netvaerdi mail``: what waits, what was sent, and what only a person can decide."""

from pathlib import Path
from typing import Annotated

import typer

from assets.clock import copenhagen_day, now
from assets.errors import RequestError
from assets.home import Home, home_folder, load_settings
from assets.mail.outbox import Outbox
from assets.mail.settings import MailSettings, read_mail_settings
from pipelines.console import say

mail_app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Udbakken: se, send, og afgør det usikre. / The outbox: look, send, and decide what is unsure.",
)
HomeOption = Annotated[Path | None, typer.Option("--home", help="Hjemmemappen. / The home folder.")]
KeyArgument = Annotated[str, typer.Argument(help="Nøglen, som status viser. / The key that status shows.")]


@mail_app.command()
def status(home: HomeOption = None) -> None:
    """Hvad der venter, er usikkert og er sendt. / What waits, is unsure and was sent."""
    outbox = _outbox(_home(home))
    waiting, unsure, sent = (outbox.keys(state) for state in ("waiting", "sending", "sent"))
    say(
        f"Venter: {len(waiting)}. Usikre: {len(unsure)}. Sendt: {len(sent)}.",
        f"Waiting: {len(waiting)}. Unsure: {len(unsure)}. Sent: {len(sent)}.",
    )
    for key in unsure:
        say(
            f"Usikker {key}: kom den frem, så luk den (close); ellers frigiv den (release).",
            f"Unsure {key}: close it if it arrived, else release it.",
        )


@mail_app.command()
def queue(
    home: HomeOption = None,
    monthly: Annotated[
        bool, typer.Option("--monthly", help="Kun dem, der får hver måned. / Only who gets it monthly.")
    ] = False,
) -> None:
    """Læg det offentliggjorte i udbakken; det samme aldrig to gange. / Queue what is published."""
    from assets.mail.post import queue_publication
    from assets.mail.recipients import recipients_of

    place = _home(home)
    queued = queue_publication(
        place,
        _settings(place).sender,
        recipients_of(place.warehouse_file),
        "monthly" if monthly else "quarterly",
        copenhagen_day(now()),
    )
    say(
        f"Nye: {queued.new}. Lagt eller sendt før: {queued.before}. Intet at sende: {queued.nothing}.",
        f"New: {queued.new}. Queued or sent before: {queued.before}. Nothing to send: {queued.nothing}.",
    )


@mail_app.command()
def send(home: HomeOption = None) -> None:
    """Send, hvad der venter; slutstatus 1, hvis noget ikke gik. / Send what waits; 1 if some did not go."""
    place = _home(home)
    sending = _outbox(place).send(_settings(place))
    say(
        f"Sendt: {sending.sent}. Venter: {sending.waiting}. Afvist: {sending.refused}. "
        f"Usikre: {sending.unsure}.",
        f"Sent: {sending.sent}. Waiting: {sending.waiting}. Refused: {sending.refused}. "
        f"Unsure: {sending.unsure}.",
    )
    if sending.first_cause:
        say(f"Første årsag: {sending.first_cause.da}", f"First cause: {sending.first_cause.en}")
    raise typer.Exit(1 if sending.waiting or sending.refused or sending.unsure else 0)


@mail_app.command()
def release(key: KeyArgument, home: HomeOption = None) -> None:
    """Send en usikker igen: den kom ikke frem. / Send an unsure one again: it did not arrive."""
    _unsure(_outbox(_home(home)), key).release(key)
    say(f"Frigivet: {key}", f"Released: {key}")


@mail_app.command()
def close(key: KeyArgument, home: HomeOption = None) -> None:
    """Regn en usikker som sendt: den kom frem. / Count an unsure one as sent: it arrived."""
    _unsure(_outbox(_home(home)), key).close(key)
    say(f"Lukket: {key}", f"Closed: {key}")


def _home(named: Path | None) -> Home:
    return Home.open(home_folder(str(named) if named else ""))


def _outbox(home: Home) -> Outbox:
    return Outbox(home.outbox)


def _settings(home: Home) -> MailSettings:
    """How mail goes out. Raises ``MailError`` where ``[mail]`` is missing or wrong."""
    return read_mail_settings(load_settings(home).mail)


def _unsure(outbox: Outbox, key: str) -> Outbox:
    if key not in outbox.keys("sending"):
        raise RequestError(
            f"Der er ingen usikker mail {key}; se netvaerdi mail status.",
            f"There is no unsure mail {key}; see netvaerdi mail status.",
        )
    return outbox

"""A person's rights: seeing, correcting and erasing what is held."""

import getpass
import json
import os
from pathlib import Path
from typing import Annotated

import typer

from assets.access_log import append
from assets.home import Home, home_folder, load_settings
from pipelines.command_trace import choose
from pipelines.console import OUT, number, say

person_app = typer.Typer(
    no_args_is_help=True,
    help="En persons rettigheder: se, ret, slet. / A person's rights: see, correct, erase.",
)
HomeOption = Annotated[
    Path | None,
    typer.Option("--home", help="Hjemmemappen. / The home folder.", show_default=False),
]
OrganisationOption = Annotated[str, typer.Option(help="Organisationen. / The organisation.")]
PersonArgument = Annotated[str, typer.Argument(help="Person-id eller fuldt navn. / Person id or full name.")]
AlsoOption = Annotated[
    list[str] | None,
    typer.Option(
        "--also", help="Andre ord for personen, fx et tidligere navn. / Other words for the person."
    ),
]


def access_log(home: Home) -> Path:
    """Where reading about single people is noted."""
    return home.warehouse_file.with_name("access.log")


def opened(named: Path | None) -> Home:
    """The home asked for."""
    return Home.open(home_folder(str(named) if named else ""))


def whose(home: Home, organisation: str) -> str:
    """The organisation meant."""
    from assets.people.organisations import organisations_of

    return choose(organisation, organisations_of(home), load_settings(home).default_organisation)


@person_app.command()
def show(
    person: PersonArgument,
    home: HomeOption = None,
    organisation: OrganisationOption = "",
    also: AlsoOption = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Skriv alt, hvad der er, i denne fil. / Write all there is to this file."),
    ] = None,
) -> None:
    """Alt, hvad der er om en person, i hvert lag. / All that is held about a person, in every layer."""
    from assets.people.extract import extract
    from assets.people.person import find_person
    from assets.people.places import places_of
    from assets.warehouse import open_warehouse
    from assets.writer import hold_writer

    place = opened(home)
    organisation = whose(place, organisation)
    append(access_log(place), "person_show", {"organisation": organisation})
    with hold_writer(place, "netvaerdi person show"), open_warehouse(place.warehouse_file) as connection:
        found = find_person(connection, organisation, person, tuple(also or ()))
        places = places_of(place, found, connection)
        said = extract(connection, found)
    for one in places:
        OUT.print(f"{one.layer:<12} {number(one.count):>6}  {one.where}", markup=False)
    rows = sum(len(table["rows"]) for table in said["tables"])
    say(
        f"{number(len(places))} steder, {number(rows)} rækker. Formål og rettigheder: netvaerdi duties.",
        f"{number(len(places))} places, {number(rows)} rows. Purpose and rights: netvaerdi duties.",
    )
    if out is not None:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(said, file, ensure_ascii=False, indent=1, default=str)
        say(
            f"Alt er skrevet i {out} (kun du kan læse den).",
            f"All is written to {out} (only you can read it).",
        )


@person_app.command()
def erase(
    person: PersonArgument,
    home: HomeOption = None,
    organisation: OrganisationOption = "",
    also: AlsoOption = None,
    run: Annotated[
        bool, typer.Option("--run/--no-run", help="Kør og offentliggør bagefter. / Run and publish after it.")
    ] = True,
) -> None:
    """Slet en person i hvert lag, for altid. / Erase a person from every layer, for good."""
    from assets.engine.lake import LAKE_VARIABLE
    from assets.people.erase import erase as erase_person

    place = opened(home)
    organisation = whose(place, organisation)
    append(access_log(place), "person_erase", {"organisation": organisation})
    erasure = erase_person(place, organisation, person, also=tuple(also or ()), progress=say)
    say(f"Slettet; forseglet som post {erasure.entry}.", f"Erased; sealed as entry {erasure.entry}.")
    if erasure.lake:
        say(
            f"{number(erasure.lake)} mapper er slettet i NETVAERDI_LAKE; næste kørsel skriver dem på ny.",
            f"{number(erasure.lake)} folders of NETVAERDI_LAKE were deleted; the next run writes them anew.",
        )
    elif not os.environ.get(LAKE_VARIABLE):
        say(
            "Er der regnet med Spark, så slet også mappen, NETVAERDI_LAKE dér peger på: den er ikke sat her.",
            "Where Spark was used, delete the folder NETVAERDI_LAKE names there too: it is not set here.",
        )
    if erasure.inbox:
        say(
            f"{len(erasure.inbox)} filer i indbakken nævner stadig personen; de læses uden, men ret dem hos "
            f"afsenderen: {', '.join(erasure.inbox)}",
            f"{len(erasure.inbox)} files of the inbox still name the person; they are read without, but mend "
            f"them at the sender's: {', '.join(erasure.inbox)}",
        )
    raise typer.Exit(run_again(place) if run else 0)


@person_app.command()
def correct(  # noqa: PLR0917 - what the command line takes
    person: PersonArgument,
    column: Annotated[
        str,
        typer.Argument(help="Kolonnen, fx Enhed; tekst: kun ord i tekster. / The column; text: words only."),
    ],
    value: Annotated[str, typer.Argument(help="Det rigtige, som det skrives i cellen. / What is right.")],
    home: HomeOption = None,
    organisation: OrganisationOption = "",
    valid_from: Annotated[
        str, typer.Option("--from", help="Kun rækken, der gælder fra den dag. / Only the row of that day.")
    ] = "",
    sheet: Annotated[
        str, typer.Option(help="Et andet ark end Personer, fx Samspil. / Another sheet than Personer.")
    ] = "",
    key: Annotated[str, typer.Option(help="Rækkens nøgle i det ark, fx S-4. / The row's key there.")] = "",
    instead_of: Annotated[
        list[str] | None,
        typer.Option(
            "--instead-of",
            help="Ord om personen, som det rigtige skal stå i stedet for overalt, også i arkiv, "
            "offentliggørelser og fri tekst. / Words about the person for which what is right is to stand.",
        ),
    ] = None,
    reason: Annotated[str, typer.Option(help="Grunden. / The reason.")] = "",
    run: Annotated[
        bool, typer.Option("--run/--no-run", help="Kør og offentliggør bagefter. / Run and publish after it.")
    ] = True,
) -> None:
    """Ret en oplysning om en person, i hvert ark og lag. / Correct what is held, in every sheet and layer.

    Et nyt navn (kolonnen Navn) skrives overalt i stedet for det gamle. / A new name stands everywhere.
    """
    from assets.writer import hold_writer

    place = opened(home)
    organisation = whose(place, organisation)
    append(access_log(place), "person_correct", {"organisation": organisation, "column": column})
    with hold_writer(place, "netvaerdi person correct"):
        _correct_held(
            place,
            organisation,
            person,
            column,
            value,
            valid_from,
            sheet,
            key,
            tuple(instead_of or ()),
            reason,
        )
    raise typer.Exit(run_again(place) if run else 0)


def _correct_held(  # noqa: PLR0917 - what was asked
    place: Home,
    organisation: str,
    person: str,
    column: str,
    value: str,
    valid_from: str,
    sheet: str,
    key: str,
    instead_of: tuple[str, ...],
    reason: str,
) -> None:
    """Correct the cell, then the words, in the warehouse held by the caller."""
    from datetime import date

    from assets.people.correction import PEOPLE, kind_named, record_correction
    from assets.people.matching import form_of
    from assets.people.person import find_person
    from assets.people.rewording import reword
    from assets.warehouse import open_warehouse

    words_only = column.strip().casefold() in ("tekst", "text")
    kind = kind_named(sheet) if sheet else PEOPLE
    words = list(instead_of)
    with open_warehouse(place.warehouse_file) as connection:
        found = find_person(connection, organisation, person)
        if not words_only:
            number = record_correction(
                connection,
                organisation=organisation,
                person_id=found.ids[0],
                column=column,
                value=value,
                reason=reason,
                who=getpass.getuser(),
                valid_from=date.fromisoformat(valid_from) if valid_from else None,
                kind=kind,
                key=key,
            )
            _told_of(place, organisation, kind.name, number)
    if kind is PEOPLE and column in ("name", PEOPLE.column("name").heading) and not valid_from:
        words += [name for name in found.names if form_of(name) != form_of(value) and name not in words]
    if not words and not words_only:
        return
    number, done = reword(place, found, words, value, reason=reason, who=getpass.getuser(), progress=say)
    _told_of(place, organisation, "text", number)
    say(
        f"Skrevet om i hvert lag; forseglet som post {done.entry}.",
        f"Rewritten in every layer; sealed as entry {done.entry}.",
    )
    if done.inbox:
        say(
            f"{len(done.inbox)} filer i indbakken har stadig de gamle ord; de læses rettet: "
            f"{', '.join(done.inbox)}",
            f"{len(done.inbox)} files of the inbox still have the old words; they are read corrected: "
            f"{', '.join(done.inbox)}",
        )


def _told_of(place: Home, organisation: str, table: str, number: int) -> None:
    from assets.people.sealed import note

    entry = note(place, "correction", {"organisation": organisation, "table": table, "number": number})
    say(
        f"Rettelse {number} er noteret og forseglet som post {entry}.",
        f"Correction {number} is recorded and sealed as entry {entry}.",
    )


@person_app.command()
def lift(
    correction: Annotated[int, typer.Argument(help="Rettelsens nummer. / The correction's number.")],
    home: HomeOption = None,
    back_to: Annotated[
        str,
        typer.Option(
            "--back-to", help="Det gamle ord, hvis der var flere. / The old word, where there were several."
        ),
    ] = "",
    run: Annotated[
        bool, typer.Option("--run/--no-run", help="Kør og offentliggør bagefter. / Run and publish after it.")
    ] = True,
) -> None:
    """Ophæv en rettelse: afsenderens celle gælder igen. / Lift a correction: the sender's cell holds again.

    Ord, der blev skrevet om, bliver de gamle igen i hvert lag. / Words rewritten are the old again.
    """
    from assets.people.rewording import lift as lift_words
    from assets.people.sealed import note
    from assets.writer import hold_writer

    place = opened(home)
    append(access_log(place), "person_lift", {"correction": str(correction)})
    with hold_writer(place, "netvaerdi person lift"):
        numbers, done = lift_words(place, correction, back_to=back_to, progress=say)
    for one in numbers:
        entry = note(place, "correction_lifted", {"number": one})
        say(
            f"Rettelse {one} er ophævet; forseglet som post {entry}.",
            f"Correction {one} is lifted; sealed as entry {entry}.",
        )
    if done is not None:
        say(
            f"De gamle ord står igen i hvert lag; forseglet som post {done.entry}.",
            f"The old words stand again in every layer; sealed as entry {done.entry}.",
        )
    raise typer.Exit(run_again(place) if run else 0)


def run_again(home: Home) -> int:
    """Compute and publish what stands now; the exit status of the run."""
    from pipelines.command_run import run_command

    return run_command(home.root, started_by="netvaerdi person")

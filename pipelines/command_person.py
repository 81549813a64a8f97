"""People: seeing, correcting and erasing what is held; roles, the researcher's file, retention, duties."""

import getpass
import json
import os
from pathlib import Path
from typing import Annotated, Literal

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
    from assets.people.erase import erase as erase_person

    place = opened(home)
    organisation = whose(place, organisation)
    append(access_log(place), "person_erase", {"organisation": organisation})
    erasure = erase_person(place, organisation, person, also=tuple(also or ()), progress=say)
    say(f"Slettet; forseglet som post {erasure.entry}.", f"Erased; sealed as entry {erasure.entry}.")
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
    run: Annotated[
        bool, typer.Option("--run/--no-run", help="Kør og offentliggør bagefter. / Run and publish after it.")
    ] = True,
) -> None:
    """Ophæv en rettelse: afsenderens celle gælder igen. / Lift a correction: the sender's cell holds again.

    Ord, der er skrevet om i arkiv og offentliggørelser, bliver stående. / Words rewritten there stay so.
    """
    from assets.people.correction import lift_correction
    from assets.people.sealed import note
    from assets.warehouse import open_warehouse
    from assets.writer import hold_writer

    place = opened(home)
    append(access_log(place), "person_lift", {"correction": str(correction)})
    with hold_writer(place, "netvaerdi person lift"), open_warehouse(place.warehouse_file) as connection:
        lift_correction(connection, correction)
    entry = note(place, "correction_lifted", {"number": correction})
    say(
        f"Rettelse {correction} er ophævet; forseglet som post {entry}.",
        f"Correction {correction} is lifted; sealed as entry {entry}.",
    )
    raise typer.Exit(run_again(place) if run else 0)


def run_again(home: Home) -> int:
    """Compute and publish what stands now; the exit status of the run."""
    from pipelines.command_run import run_command

    return run_command(home.root, started_by="netvaerdi person")


def roles_command(
    home: HomeOption = None,
    check: Annotated[
        bool,
        typer.Option("--check", help="Efterprøv rettighederne i hjemmet. / Check the home's permissions."),
    ] = False,
    lang: Annotated[Literal["da", "en"], typer.Option(help="Sprog. / Language.")] = "da",
) -> None:
    """Hvem der ser hvad. / Who sees what."""
    from assets.people.permissions import wrong_permissions
    from assets.people.roles_page import roles_table

    OUT.print(roles_table(lang), markup=False)
    if check:
        wrong = wrong_permissions(opened(home))
        for path in wrong:
            say(f"For åben: {path}", f"Too open: {path}")
        raise typer.Exit(1 if wrong else 0)


def research_command(
    home: HomeOption = None,
    rotate: Annotated[
        bool, typer.Option("--rotate", help="Skift nøglen først. / Change the key first.")
    ] = False,
) -> None:
    """Byg forskerens fil på ny. / Build the researcher's file anew."""
    from assets.people.keys import rotate as rotate_key
    from assets.people.research import build_research
    from assets.publication.seal import note_outputs, read_published

    place = opened(home)
    if rotate:
        keys = rotate_key(place)
        say(
            f"Nøglen er skiftet (nr. {keys.generation}); tidligere filer kan ikke kobles med nye.",
            f"The key was changed (no. {keys.generation}); earlier files cannot be joined with new ones.",
        )
    chain = read_published(place)
    built = build_research(place)
    note_outputs(place, chain[-1].sequence, [built.path])
    say(f"Forskerens fil: {built.path}", f"The researcher's file: {built.path}")
    for organisation, network_type in built.hidden:
        say(
            f"For få til at vises: {organisation}, {network_type}", f"Too few: {organisation}, {network_type}"
        )


def retention_command(  # noqa: PLR0917 - what the command line takes
    home: HomeOption = None,
    do: Annotated[
        bool,
        typer.Option("--do", help="Slet det, der er forfaldent; ellers vises det kun. / Delete what is due."),
    ] = False,
    hold: Annotated[
        str, typer.Option(help="Retligt hold: ORGANISATION eller ORGANISATION/NETVÆRK. / Set a legal hold.")
    ] = "",
    release: Annotated[str, typer.Option(help="Ophæv et hold. / Lift a hold.")] = "",
    reason: Annotated[str, typer.Option(help="Grunden; uden navne. / The reason; without names.")] = "",
    run: Annotated[
        bool, typer.Option("--run/--no-run", help="Kør og offentliggør bagefter. / Run and publish after it.")
    ] = True,
) -> None:
    """Det, der er gemt længe nok. / What has been kept long enough."""
    from assets.clock import copenhagen_day, now
    from assets.people.retention import KINDS, delete_due, find_due, holds_of, months_of, set_hold
    from assets.warehouse import open_warehouse
    from assets.writer import hold_writer

    place = opened(home)
    settings = load_settings(place)
    for what, holds in ((hold, True), (release, False)):
        if what:
            entry = set_hold(place, what, holds=holds, reason=reason)
            say(f"Forseglet som post {entry}.", f"Sealed as entry {entry}.")
    if hold or release:
        return
    today = settings.as_of or copenhagen_day(now())
    if do:
        due = delete_due(place, settings, today, say)
    else:
        with hold_writer(place, "netvaerdi retention"), open_warehouse(place.warehouse_file) as connection:
            due = find_due(connection, place, settings, today)
    months = months_of(settings)
    for kind, count in due.count.items():
        da, en = KINDS[kind]
        say(
            f"{number(count):>6}  {da} ({months[kind]} måneder)",
            f"{number(count):>6}  {en} ({months[kind]} months)",
        )
    for what in sorted(holds_of(place)):
        say(f"Under retligt hold: {what}", f"Under a legal hold: {what}")
    if do and run and any(due.count.values()):
        raise typer.Exit(run_again(place))


def duties_command(
    out: Annotated[Path, typer.Argument(help="Mappen, der skrives i. / The folder to write.")],
    home: HomeOption = None,
    organisation: OrganisationOption = "",
) -> None:
    """Fortegnelse, underretning og konsekvensanalyse. / Processing record, notice, impact assessment."""
    from assets.clock import copenhagen_day, now
    from assets.people.duties import write_duties
    from assets.warehouse import open_warehouse
    from assets.writer import hold_writer

    place = opened(home)
    organisation = whose(place, organisation)
    today = load_settings(place).as_of or copenhagen_day(now())
    with hold_writer(place, "netvaerdi duties"), open_warehouse(place.warehouse_file) as connection:
        for path in write_duties(connection, place, organisation, out, today):
            OUT.print(str(path), markup=False)

"""Answering for the numbers: targets and their history, the seal, and why a row is not in a figure."""

from pathlib import Path

from assets.access_log import append
from assets.clock import copenhagen_day, now
from assets.home import Home, home_folder, load_settings
from pipelines.command_trace import choose
from pipelines.console import ERR, OUT, say


def targets_command(
    named: Path | None,
    *,
    indicator: str = "",
    organisation: str = "",
    history: bool = False,
    lang: str = "da",
) -> int:
    """Show the targets that hold, what is wrong in their sheet, and on request every one there was.

    Returns:
        1 where the sheet of targets has an error, else 0.

    Raises:
        TwoLanguageError: There is no home, or nothing is published.
    """
    from assets.answerability.targets import target_findings, target_history, targets_in_force
    from assets.answerability.targets_text import findings_text, targets_text

    home = Home.open(home_folder(str(named) if named else ""))
    targets, units = targets_in_force(home.database, copenhagen_day(now()))
    if history:
        targets = target_history(home.warehouse_file)
    wanted = indicator.strip().upper()
    shown = [
        row
        for row in targets
        if wanted in ("", row.indicator_id)
        and (not organisation or row.organisation_id.casefold() in ("", organisation.strip().casefold()))
    ]
    OUT.print(targets_text(shown, units, lang, history=history))
    findings = target_findings(home.warehouse_file)
    OUT.print(findings_text(findings, lang))
    return 1 if any(severity == "error" for severity, *_ in findings) else 0


def verify_command(named: Path | None, *, folder: Path | None = None, head: str = "") -> int:
    """Derive the seal again from the files alone; 1 and the first thing that differs, where one does."""
    from assets.publication.verify import verify

    place = folder if folder else Home.open(home_folder(str(named) if named else "")).root
    report = verify(place, head.strip().lower() or None)
    if report.first is not None:
        ERR.print(f"{report.first.where}: {report.first.da}", style="red", markup=False)
        ERR.print(f"{report.first.where}: {report.first.en}", style="red", markup=False)
        return 1
    say(
        f"Alt står, som det blev offentliggjort: {report.publications} offentliggørelser.",
        f"All stands as it was published: {report.publications} publications.",
    )
    if report.redactions:
        say(*(f"{told.capitalize()}." for told in report.answer))
    if report.head_hash:
        say(f"Hovedhash: {report.head_hash}", f"Head hash: {report.head_hash}")
    for told in report.not_compared:
        say(told, told)
    return 0


def why_command(  # noqa: PLR0917 - what the command line takes
    named: Path | None,
    network: str,
    period: str,
    indicator: str,
    kind: str,
    key: str,
    *,
    organisation: str = "",
    dimension: str = "",
    lang: str = "da",
) -> int:
    """Say whether and why a record is not in a published figure.

    Raises:
        TwoLanguageError: There is no such figure or kind, or the key has not the kind's parts.
    """
    from assets.publication.trace_text import why_not_text
    from assets.publication.why_not import why_not
    from assets.reports.published import organisations

    home = Home.open(home_folder(str(named) if named else ""))
    published = sorted(organisations(home.database))
    whose = choose(organisation, published, load_settings(home).default_organisation)
    answer = why_not(home.database, whose, network, period, indicator, kind, key, dimension)
    read = {"organisation": whose, "network": network, "period": period, "indicator": indicator}
    append(home.warehouse_file.with_name("access.log"), "why", read)
    OUT.print(why_not_text(answer, lang))
    return 0


def as_known_command(named: Path | None, publication: int | None = None, out: Path | None = None) -> int:
    """Compute a publication again from what was known when it was made; 1 where it is not the same.

    Raises:
        TwoLanguageError: There is no such publication, or it cannot be repeated.
    """
    from assets.answerability.as_known import as_known
    from assets.clock import danish_date

    home = Home.open(home_folder(str(named) if named else ""))
    if out:  # a file with every leader's figures leaves the home
        which = {"publication": str(publication or "")}
        append(home.warehouse_file.with_name("access.log"), "as_known", which)
    found = as_known(home, publication, out.expanduser().absolute() if out else None)
    say(
        f"Offentliggørelse {found.publication}, opgjort {danish_date(found.as_of)}, "
        f"efter leverancer til og med løbenummer {found.known}.",
        f"Publication {found.publication}, as of {found.as_of}, by deliveries up to sequence {found.known}.",
    )
    say(f"Offentliggjort: {found.published_hash}", f"Published: {found.published_hash}")
    say(f"Genberegnet:    {found.computed_hash}", f"Computed again: {found.computed_hash}")
    if out:
        say(f"Skrevet: {out}", f"Written: {out}")
    if found.same:
        say("Det samme indhold.", "The same content.")
        return 0
    say(f"Forskellige tabeller: {', '.join(found.differing)}", f"Differing: {', '.join(found.differing)}")
    if not found.same_code:
        say(
            "Koden er en anden end dengang; det kan være grunden.",
            "The code is another than it was then; that may be why.",
        )
    return 1

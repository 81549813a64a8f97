"""What the findings of the reader itself say, in Danish and English: files, sheets, headings, cells.

``detail`` is that of ``raw.reading_fault``, described in ``assets/raw/faults.py``.
"""

# ruff: noqa: E501 - a sentence stands on one line, beside its translation.

from collections.abc import Callable, Mapping

from assets.raw.identify import TRUE_TYPES

Texts = tuple[str, str]
Detail = Mapping[str, object]

_UNKNOWN = (
    "Filen kunne ikke læses. Gem den igen, og send den på ny.",
    "The file could not be read. Save it again and resend it.",
)


def explain_reading(rule: str, detail: Detail, *, heading: str = "", value: str = "") -> Texts:
    """The message of one reading fault: Danish, English.

    Args:
        heading: The heading as written, for a fault of a column or cell.
        value: The cell as written; never a personal value.
    """
    where = (f"i »{heading}«", f"in »{heading}«") if heading else ("", "")
    return _MESSAGES[rule](detail, value, where) if rule in _MESSAGES else _UNKNOWN


def _text(detail: Detail, name: str) -> str:
    found = detail.get(name)
    return "" if found is None else str(found)


def _list(detail: Detail, name: str) -> str:
    found = detail.get(name)
    return ", ".join(f"»{word}«" for word in found) if isinstance(found, (list, tuple)) else ""


def _near(detail: Detail) -> Texts:
    found = detail.get("near")
    if not isinstance(found, Mapping) or not found:
        return "", ""
    da = " ".join(f"Mente du »{meant}« med »{written}«?" for written, meant in found.items())
    en = " ".join(f"Did you mean »{meant}« by »{written}«?" for written, meant in found.items())
    return " " + da, " " + en


def _wrong_type(detail: Detail, value: str, where: Texts) -> Texts:
    da, en = TRUE_TYPES.get(_text(detail, "is"), ("noget andet", "something else"))
    named = _text(detail, "named")
    if _text(detail, "is") == "marked_copy":
        return (
            "Filen er en mærket kopi med fund og er ikke læst. Er den rettet, så giv den filens oprindelige navn, og læg "
            "den i stedet for den; ellers fjern den.",
            "The file is a marked copy with findings and was not read. If it is mended, give it the file's own name and "
            "put it in its place; else remove it.",
        )
    return (
        f"Filen hedder .{named}, men er {da}. Gem den som .xlsx eller .csv, og send den igen.",
        f"The file is named .{named} but is {en}. Save it as .xlsx or .csv and send it again.",
    )


_TOO_LARGE = {
    "file_bytes": ("Filen er større end {limit} byte", "The file is larger than {limit} bytes"),
    "unpacked_bytes": (
        "Filen fylder udpakket mere end {limit} byte",
        "Unpacked, the file is more than {limit} bytes",
    ),
    "ratio": ("Filen er pakket usædvanligt hårdt", "The file is packed unusually hard"),
    "rows": ("Et ark har mere end {limit} rækker", "A sheet has more than {limit} rows"),
    "columns": ("Et ark har mere end {limit} kolonner", "A sheet has more than {limit} columns"),
    "line": ("En linje er længere end {limit} tegn", "A line is longer than {limit} characters"),
    "parts": ("Filen har mere end {limit} dele", "The file has more than {limit} parts"),
}


def _too_large(detail: Detail, value: str, where: Texts) -> Texts:
    da, en = _TOO_LARGE.get(_text(detail, "reason"), ("Filen er for stor", "The file is too large"))
    limit = _text(detail, "limit")
    return (
        f"{da.format(limit=limit)}. Del den op, eller fjern det, der ikke hører til, og send den igen.",
        f"{en.format(limit=limit)}. Split it, or remove what does not belong, and send it again.",
    )


_UNREADABLE = {
    "time": ("Det tog for lang tid at læse filen", "Reading the file took too long"),
    "memory": ("Filen kræver for meget hukommelse", "The file needs too much memory"),
    "permission": ("Filen må ikke læses", "The file may not be read"),
    "encoding": ("Filens tegnsæt er ukendt", "The file's encoding is unknown"),
}


def _together(problems: object) -> str:
    return "; ".join(str(one).rstrip(".") for one in problems) if isinstance(problems, list) else ""


def _unreadable(detail: Detail, value: str, where: Texts) -> Texts:
    if _text(detail, "reason") == "mapping":
        said_da, said_en = detail.get("problems_da"), detail.get("problems_en")
        da = _together(said_da)
        en = _together(said_en)
        named = _text(detail, "mapping")
        return (
            f"Filen er ikke læst, for kortlægningsfilen {named} kan ikke bruges: {da}. Ret den.",
            f"The file was not read, since the mapping file {named} cannot be used: {en}. Mend it.",
        )
    da, en = _UNREADABLE.get(
        _text(detail, "reason"), ("Filen kunne ikke læses", "The file could not be read")
    )
    return (
        f"{da}. Gem den igen som .xlsx (tekst som CSV UTF-8), og send den på ny.",
        f"{en}. Save it again as .xlsx (text as CSV UTF-8) and resend it.",
    )


def _unused_mapping(detail: Detail, value: str, where: Texts) -> Texts:
    mapping, file, meant = (_text(detail, name) for name in ("mapping", "file", "meant"))
    near_da = f" Mente du »{meant}«?" if meant else ""
    near_en = f" Did you mean »{meant}«?" if meant else ""
    lacking_da = (
        f"der er ingen fil ved navn »{file}« ved siden af den" if file else "dens mappe har ingen fil at læse"
    )
    lacking_en = f"there is no file named »{file}« beside it" if file else "its folder holds no file to read"
    return (
        f"Kortlægningsfilen {mapping} bruges ikke: {lacking_da}.{near_da} Giv den navn efter sin fil, læg filen ved "
        "siden af, eller slet den.",
        f"The mapping file {mapping} is not used: {lacking_en}.{near_en} Name it after its file, put the file beside "
        "it, or delete it.",
    )


def _missing_column(detail: Detail, value: str, where: Texts) -> Texts:
    near_da, near_en = _near(detail)
    missing, unexpected = _list(detail, "missing"), _list(detail, "unexpected")
    extra_da = f" Ukendte overskrifter: {unexpected}." if unexpected else ""
    extra_en = f" Unknown headings: {unexpected}." if unexpected else ""
    return (
        f"Arket mangler {missing} og er ikke læst.{extra_da}{near_da} Ret overskriften, eller tilføj kolonnen.",
        f"The sheet lacks {missing} and is not read.{extra_en}{near_en} Correct the heading, or add the column.",
    )


def _no_known_sheet(detail: Detail, value: str, where: Texts) -> Texts:
    near_da, near_en = _near(detail)
    sheets = _list(detail, "sheets")
    return (
        f"Intet ark kan genkendes på navn eller overskrifter ({sheets}).{near_da} Giv arket (af en CSV: filen) navn som "
        "i skabelonen, fx Ansøgninger, eller læg en kortlægningsfil ved siden af en liste, som andre fører.",
        f"No sheet is recognised by its name or headings ({sheets}).{near_en} Name the sheet (of a CSV: the file) as in "
        "the template, such as Ansøgninger, or put a mapping file beside a list that others keep.",
    )


def _unknown_column(detail: Detail, value: str, where: Texts) -> Texts:
    named = f" »{value}«" if value else ""
    return f"Kolonnen{named} er ukendt og gemmes kun.", f"The column{named} is unknown and only kept."


def _unknown_sheet(detail: Detail, value: str, where: Texts) -> Texts:
    near = _text(detail, "near")
    da, en = (f" Mente du »{near}«?", f" Did you mean »{near}«?") if near else ("", "")
    return f"Arket er ukendt og gemmes kun.{da}", f"The sheet is unknown and only kept.{en}"


def _near_heading(detail: Detail, value: str, where: Texts) -> Texts:
    meant = _text(detail, "meant")
    da, en = (f"»{value}«", f"»{value}«") if value else ("Overskriften", "The heading")
    return (
        f"{da} er ukendt og læses ikke. Mente du »{meant}«? Ret i så fald overskriften.",
        f"{en} is unknown and not read. Did you mean »{meant}«? Then correct the heading.",
    )


def _hidden(detail: Detail, value: str, where: Texts) -> Texts:
    which = f" ({_text(detail, 'which')})" if detail.get("which") else ""
    da, en = _HIDDEN.get(_text(detail, "what"), _HIDDEN["rows"])
    return f"{da.format(which)} Slet det, der ikke skal med.", f"{en.format(which)} Delete what is not meant."


_HIDDEN = {
    "sheet": ("Arket er skjult, men læses.{}", "The sheet is hidden but read.{}"),
    "rows": ("Skjulte rækker{} læses med.", "Hidden rows{} are read too."),
    "columns": ("Skjulte kolonner{} læses med.", "Hidden columns{} are read too."),
}


def _shrink_held(detail: Detail, value: str, where: Texts) -> Texts:
    kinds = detail.get("kinds")
    listed = ""
    if isinstance(kinds, Mapping):
        listed = "; ".join(f"{kind}: {counts[0]} → {counts[1]}" for kind, counts in kinds.items())
    return (
        f"Leverancen fjerner mere end en femtedel af rækkerne ({listed}) og venter på bekræftelse; det tidligere gælder. "
        "Er det rigtigt, så kør igen med --accept-shrink.",
        f"The delivery removes more than a fifth of the rows ({listed}) and waits to be confirmed; what stood still "
        "stands. If it is right, run again with --accept-shrink.",
    )


def _cell(da: str, en: str) -> Callable[[Detail, str, Texts], Texts]:
    """A message about one cell; ``{value}`` is the cell and ``{where}`` its column."""

    def explain(detail: Detail, value: str, where: Texts) -> Texts:
        words = {name: str(found) for name, found in detail.items()}
        known = {name: words.get(name, "") for name in _DETAILS}
        texts = (
            da.format(value=value, where=where[0], **known),
            en.format(value=value, where=where[1], **known),
        )
        return " ".join(texts[0].split()), " ".join(texts[1].split())

    return explain


_DETAILS = ("cell", "rows", "columns", "range", "code", "fields", "expected", "path", "declared", "heading")

_MESSAGES: dict[str, Callable[[Detail, str, Texts], Texts]] = {
    "wrong_type": _wrong_type,
    "too_large": _too_large,
    "unreadable": _unreadable,
    "missing_column": _missing_column,
    "no_known_sheet": _no_known_sheet,
    "unknown_sheet": _unknown_sheet,
    "near_heading": _near_heading,
    "hidden": _hidden,
    "shrink_held": _shrink_held,
    "damaged": _cell(
        "Filen er beskadiget eller ikke kommet helt frem. Send den igen.",
        "The file is damaged or did not arrive whole. Send it again.",
    ),
    "encrypted": _cell(
        "Filen er beskyttet med adgangskode. Åbn den, vælg Filer › Oplysninger › Beskyt projektmappe, fjern adgangskoden, "
        "gem, og send den igen.",
        "The file is protected by a password. Open it, choose File › Info › Protect Workbook, remove the password, save, "
        "and send it again.",
    ),
    "unsafe": _cell(
        "Filen er bygget på en måde, et regneark ikke har brug for, og er ikke åbnet. Gem indholdet i en ny projektmappe, "
        "og send den.",
        "The file is built in a way no spreadsheet needs, and was not opened. Save its content in a new workbook and send "
        "that.",
    ),
    "far_cell": _cell(
        "Cellen {cell} ligger uden for {rows} rækker og {columns} kolonner. Slet den, og send filen igen.",
        "The cell {cell} lies outside {rows} rows and {columns} columns. Delete it and send the file again.",
    ),
    "empty_file": _cell(
        "Filen er tom: der er ingen overskrifter. Send den igen, eller fjern den.",
        "The file is empty: it has no headings. Send it again, or remove it.",
    ),
    "unknown_organisation": _cell(
        "Mappen er ikke en organisation i indstillingerne ({declared}). Flyt filen, eller tilføj organisationen.",
        "The folder is no organisation of the settings ({declared}). Move the file, or add the organisation.",
    ),
    "unused_mapping": _unused_mapping,
    "erased": _cell(
        "Rækken nævnte en person, hvis oplysninger er slettet. De er ikke læst; tag dem ud af filen.",
        "The row named a person whose information was erased. It was not read; take it out of the file.",
    ),
    "duplicate_delivery": _cell(
        "Filen har samme indhold som {path} og tælles ikke med igen.",
        "The file has the same content as {path} and is not counted again.",
    ),
    "duplicate_heading": _cell(
        "Overskriften »{heading}« står flere gange, så det er uklart, hvilken kolonne der gælder. Slet eller omdøb den ene.",
        "The heading »{heading}« stands more than once, so it is unclear which column holds. Delete or rename one.",
    ),
    "unknown_column": _unknown_column,
    "merged_cell": _cell(
        "Cellen er flettet ({range}); værdien hører til den første celle. Ophæv fletningen, og skriv værdien i hver række.",
        "The cell is merged ({range}); the value belongs to the first cell. Unmerge, and write the value in each row.",
    ),
    "control_character": _cell(
        "Cellen {where} har et styretegn ({code}), som ikke kan være tekst. Slet cellen, og skriv den igen.",
        "The cell {where} has a control character ({code}) that cannot be text. Clear the cell and type it again.",
    ),
    "ragged_row": _cell(
        "Linjen har {fields} felter, men overskriften har {expected}. Se efter manglende skilletegn eller anførselstegn.",
        "The line has {fields} fields but the heading has {expected}. Look for a missing separator or quotation mark.",
    ),
    "unclosed_quote": _cell(
        "Et anførselstegn åbnes her, men lukkes aldrig. Sæt det manglende, eller fjern det.",
        "A quotation mark opens here and never closes. Add the missing one, or remove it.",
    ),
    "error_cell": _cell(
        "Formlen {where} giver en fejl ({value}). Ret formlen, eller skriv værdien.",
        "The formula {where} gives an error ({value}). Correct the formula, or write the value.",
    ),
    "no_cached_value": _cell(
        "Formlen {where} er aldrig regnet ud. Åbn filen i regnearket, gem den, og send den igen.",
        "The formula {where} was never calculated. Open the file in the spreadsheet, save it, and send it again.",
    ),
    "mojibake": _cell(
        "Teksten {where} er læst med forkert tegnsæt to gange (æ, ø og å er gået i stykker). Eksportér filen igen som UTF-8.",
        "The text {where} was decoded twice (æ, ø and å are broken). Export the file again as UTF-8.",
    ),
    "cpr": _cell(
        "Cellen {where} har et cpr-nummer. Rækken er afvist, og nummeret er ikke gemt. Slet det, og send filen igen.",
        "The cell {where} holds a civil registration number. The row is rejected and the number is not kept. Delete it "
        "and send the file again.",
    ),
    "personal_data": _cell(
        "Cellen {where} har en e-mail-adresse eller et telefonnummer. Den er læst som tom. Slet den i regnearket.",
        "The cell {where} holds an e-mail address or telephone number. It is read as empty. Delete it in the workbook.",
    ),
    "total_row": _cell("En sumrække; den er sprunget over.", "A row of totals; it is skipped."),
    "note_row": _cell("En note uden nøgle; den er sprunget over.", "A note without a key; it is skipped."),
    "example_row": _cell(
        "Skabelonens eksempel; det er sprunget over.", "The template's example; it is skipped."
    ),
}

READING_RULES_WITH_MESSAGE = frozenset(_MESSAGES)

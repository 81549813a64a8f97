"""The home folder: where each of its files stands, what marks it as ours, and its settings.

Nothing here opens a database or writes outside :meth:`Home.create`.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from assets.errors import TwoLanguageError

MARK = "netvaerdi.toml"
HOME_VARIABLE = "NETVAERDI_HOME"
FOLDERS = ("inbox", "archive", "warehouse", "published", "reports", "marked", "dagster")
# What a folder is made with, whatever the umask; assets/people/permissions.py keeps it so, and adds groups.
OWN, TO_READ, PASSABLE = 0o700, 0o750, 0o711
FOLDER_MODES = MappingProxyType({"published": PASSABLE, "reports": TO_READ})
SETTINGS_MODE = 0o600
LANGUAGES = ("da", "en")
LIMITS = ("file_bytes", "unpacked_bytes", "ratio", "rows", "columns", "seconds", "memory_bytes")

SETTINGS_TEXT = """\
# Netværdi: indstillinger for denne mappe. Filen er også mærket på, at mappen er Netværdis.
# Netværdi: settings of this folder. The file is also the mark that the folder is Netværdi's.
# En linje uden # gælder; med # gælder standarden, som er vist. / A line with # shows the default.

# Organisationen, som filer direkte i indbakken tilhører / whose the files lying in the inbox itself are
# default_organisation = "kommunen"

# Indbakken, hvis den ligger et andet sted / the inbox, if it lies elsewhere
# inbox = "inbox"

# Fast opgørelsesdag (demonstration); ellers dags dato / a fixed day to compute as of; else today
# as_of = 2026-09-30

# Kun opdigtede data, som demoen må skrive i / made-up data only, which the demo may write into
# demonstration = false

# Rapporternes sprog / languages of the reports
# languages = ["da", "en"]

# Så mange tidligere offentliggørelser gemmes hele / past publications kept whole
# keep_publications = 40

# Planer og indbakkevagt slået til, når Dagsters dæmon kører / running when Dagster's daemon runs
# schedules = true
# inbox_sensor = true

# Seneste rapport også som PDF efter hver offentliggørelse; kræver Chromium og Dagsters dæmon
# / the latest report as PDF too after each publication; needs Chromium and Dagster's daemon
# pdf_reports = false

# Adressen, hvor kontrollernes sider læses i en browser / the address at which the pages of checks are read
# checks_address = ""          # "https://netvaerdi.kommunen.dk/kontrol/"

# Mail, se docs/reports.md; uden [mail] sendes intet / mail, see docs/reports.md; without [mail] none is sent
# [mail]
# host = "smtp.kommunen.dk"
# port = 587
# security = "starttls"        # starttls, tls, none (kun denne maskine / this machine only)
# sender = "netvaerdi@kommunen.dk"
# login = ""
# password_file = ""           # 0600; ellers / else NETVAERDI_SMTP_PASSWORD
# ca_file = ""                 # udsteder af serverens certifikat / issuer of the server's certificate
# alert_to = ""                # får besked, når en kørsel fejler / told when a run fails

# Måneder, oplysninger gemmes / months that information is kept
# [retention]
# people = 24                  # efter at personens netværk er lukket / after the person's networks closed
# superseded_deliveries = 60   # afløste og trukne filer / files superseded or withdrawn
# dialogue_sheets = 24         # ark om den enkelte leder / sheets about a single leader
# automatic = true             # slet hver måned, når Dagsters dæmon kører / delete monthly by the schedule

# [limits]
# file_bytes = 50000000        # en fil / a file
# unpacked_bytes = 500000000   # pakket ud / unpacked
# ratio = 200                  # pakket ud over pakket / unpacked to packed
# rows = 300000                # et ark / a sheet
# columns = 200                # et ark / a sheet
# seconds = 60                 # en læsning / a reading
# memory_bytes = 2000000000    # en læsning / a reading
"""


class HomeError(TwoLanguageError):
    """The home cannot be used as it is."""


@dataclass(frozen=True)
class Settings:
    """What ``netvaerdi.toml`` says, with defaults for all it leaves out.

    Attributes:
        default_organisation: Whose the files are that lie in the inbox itself.
        inbox: The inbox, as written: relative to the home, or absolute.
        as_of: The day every run computes as of unless it names one; None for today.
        demonstration: The home holds made-up data only, and the demo may write into it.
        languages: Languages of the reports, of ``da`` and ``en``.
        keep_publications: How many past publications are kept whole.
        schedules: Schedules start switched on.
        inbox_sensor: The inbox is watched.
        pdf_reports: The latest reports are printed as PDF after each publication.
        checks_address: Where a browser reads the pages in ``kontrol/``; empty where nothing serves them.
        limits: Limits of reading one file; only those that are set, by the names of ``LIMITS``.
        mail: The table ``[mail]`` as written; ``assets/mail/settings.py`` reads it.
        retention: The table ``[retention]`` as written; ``assets/people/retention.py`` reads it.
    """

    default_organisation: str = "kommunen"
    inbox: str = "inbox"
    as_of: date | None = None
    demonstration: bool = False
    languages: tuple[str, ...] = LANGUAGES
    keep_publications: int = 40
    schedules: bool = True
    inbox_sensor: bool = True
    pdf_reports: bool = False
    checks_address: str = ""
    limits: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    mail: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    retention: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def stands_alone(self, lang: str) -> bool:
        """Whether a page in that language has none in the other to lead to."""
        return set(self.languages) <= {lang}


@dataclass(frozen=True)
class Home:
    """One home folder. Paths are always answered; nothing says that they exist."""

    root: Path

    @classmethod
    def create(cls, root: Path) -> "Home":
        """Make the folder ours, or complete it if it already is.

        Raises:
            HomeError: It is a file, it holds something and is not ours, or it cannot be written.
        """
        root = root.expanduser().absolute()
        check_claimable(root)
        home = cls(root)
        try:
            _make(root, PASSABLE)
            for name in FOLDERS:
                _make(root / name, FOLDER_MODES.get(name, OWN))
            if not home.settings_file.exists():
                home.settings_file.touch(mode=SETTINGS_MODE)
                home.settings_file.write_text(SETTINGS_TEXT, encoding="utf-8")
        except OSError as error:
            raise HomeError(
                f"Mappen {root} kan ikke skrives: {error.strerror}.",
                f"The folder {root} cannot be written: {error.strerror}.",
            ) from error
        return home

    @classmethod
    def open(cls, root: Path) -> "Home":
        """A home that is already there. Raises :class:`HomeError` where the folder is not ours."""
        root = root.expanduser().absolute()
        if not root.is_dir():
            raise HomeError(
                f"Mappen {root} findes ikke. Nævn den rigtige med --home, eller lav den med netvaerdi init.",
                f"There is no folder {root}. Name the right one with --home, or make it with netvaerdi init.",
            )
        if not (root / MARK).is_file():
            raise HomeError(
                f"Mappen {root} er ikke Netværdis: {MARK} mangler.",
                f"The folder {root} is not Netværdi's: {MARK} is missing.",
            )
        return cls(root)

    @property
    def settings_file(self) -> Path:
        """``netvaerdi.toml``, also the mark."""
        return self.root / MARK

    @property
    def inbox(self) -> Path:
        """Where deliveries are dropped, unless a run names another folder."""
        return self.root / "inbox"

    @property
    def archive(self) -> Path:
        """Every delivery's bytes, by their hash."""
        return self.root / "archive"

    @property
    def warehouse_file(self) -> Path:
        """The warehouse, written by one process at a time."""
        return self.root / "warehouse" / "netvaerdi.duckdb"

    @property
    def writer_lock(self) -> Path:
        """Held by whoever writes the warehouse."""
        return self.root / "warehouse" / "writer.lock"

    @property
    def standing(self) -> Path:
        """The fingerprint of what the last run came from and left; see ``assets/standing.py``."""
        return self.root / "warehouse" / "standing.json"

    @property
    def dialogue(self) -> Path:
        """The dialogue sheets, readable by their owner only; made by the first sheet."""
        return self.root / "dialogue"

    @property
    def todo(self) -> Path:
        """The secretariat's to-do lists, readable by their owner only; made by the first list."""
        return self.root / "todo"

    @property
    def outbox(self) -> Path:
        """Mail that waits, is under way or was sent; made by the first message."""
        return self.root / "warehouse" / "outbox"

    @property
    def published(self) -> Path:
        """The folder that readers may see."""
        return self.root / "published"

    @property
    def database(self) -> Path:
        """The publication that stands."""
        return self.published / "netvaerdi.duckdb"

    @property
    def reports(self) -> Path:
        """``reports/<organisation>/<period>/``."""
        return self.root / "reports"

    @property
    def marked(self) -> Path:
        """Copies of faulty files with the findings in their cells."""
        return self.root / "marked"

    @property
    def dagster(self) -> Path:
        """Dagster's own runs, logs and schedule state."""
        return self.root / "dagster"


def _make(folder: Path, mode: int) -> None:
    """Make a folder with exactly these permissions; one that is there keeps its own."""
    if not folder.exists():
        folder.mkdir(parents=True)
        folder.chmod(mode)


def home_folder(named: str = "") -> Path:
    """The home named, else ``NETVAERDI_HOME``, else ``~/netvaerdi``."""
    return Path(named or os.environ.get(HOME_VARIABLE) or "~/netvaerdi").expanduser().absolute()


def check_claimable(root: Path) -> None:
    """Raise :class:`HomeError` unless the folder is ours, empty or not there; touches nothing."""
    if (root / MARK).is_file():
        return
    if root.exists() and not root.is_dir():
        raise HomeError(f"{root} er ikke en mappe.", f"{root} is not a folder.")
    if root.is_dir() and any(root.iterdir()):
        raise HomeError(
            f"Mappen {root} er ikke tom og er ikke Netværdis ({MARK} mangler); vælg en tom mappe.",
            f"The folder {root} is not empty and not Netværdi's ({MARK} is missing); choose an empty one.",
        )


def load_settings(home: Home) -> Settings:
    """Read ``netvaerdi.toml``.

    Raises:
        HomeError: It cannot be read, names a setting that does not exist, or gives one of the wrong form.
    """
    try:
        given = tomllib.loads(home.settings_file.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise HomeError(
            f"{MARK} kan ikke læses. Ret det sted, som siges her: {error}",
            f"{MARK} cannot be read. Mend the place that is said here: {error}",
        ) from error
    _refuse_unknown(given, tuple(known.name for known in fields(Settings)), "")
    limits = given.get("limits", {})
    if not isinstance(limits, dict):
        raise _wrong("limits", "[limits]")
    _refuse_unknown(limits, LIMITS, "limits.")
    for name, value in limits.items():
        _expect(isinstance(value, int) and not isinstance(value, bool) and value > 0, f"limits.{name}", "1 …")
    for name in ("mail", "retention"):
        _expect(isinstance(given.get(name, {}), dict), name, f"[{name}]")
    defaults = Settings()
    organisation = given.get("default_organisation", defaults.default_organisation)
    _expect(
        isinstance(organisation, str) and bool(organisation.strip()) and not set(organisation) & set("/\\\0"),
        "default_organisation",
        '"kommunen"',
    )
    inbox = given.get("inbox", defaults.inbox)
    _expect(isinstance(inbox, str) and bool(inbox.strip()), "inbox", '"inbox"')
    as_of = given.get("as_of")
    _expect(
        as_of is None or (isinstance(as_of, date) and not isinstance(as_of, datetime)), "as_of", "2026-09-30"
    )
    languages = given.get("languages", list(defaults.languages))
    _expect(
        isinstance(languages, list) and bool(languages) and all(one in LANGUAGES for one in languages),
        "languages",
        '["da", "en"]',
    )
    keep = given.get("keep_publications", defaults.keep_publications)
    _expect(isinstance(keep, int) and not isinstance(keep, bool) and keep > 0, "keep_publications", "1 …")
    address = given.get("checks_address", defaults.checks_address)
    _expect(
        isinstance(address, str) and (not address or address.startswith(("https://", "http://"))),
        "checks_address",
        '"https://…/kontrol/"',
    )
    for name in ("demonstration", "schedules", "inbox_sensor", "pdf_reports"):
        _expect(isinstance(given.get(name, True), bool), name, "true / false")
    return Settings(
        default_organisation=organisation.strip(),
        inbox=inbox,
        as_of=as_of,
        demonstration=given.get("demonstration", defaults.demonstration),
        languages=tuple(dict.fromkeys(languages)),
        keep_publications=keep,
        schedules=given.get("schedules", defaults.schedules),
        inbox_sensor=given.get("inbox_sensor", defaults.inbox_sensor),
        pdf_reports=given.get("pdf_reports", defaults.pdf_reports),
        checks_address=address,
        limits=MappingProxyType(dict(limits)),
        mail=MappingProxyType(dict(given.get("mail", {}))),
        retention=MappingProxyType(dict(given.get("retention", {}))),
    )


def _refuse_unknown(given: Mapping[str, Any], known: tuple[str, ...], prefix: str) -> None:
    for name in given:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            da = f"; mentes {near[0]}?" if near else ""
            en = f"; is {near[0]} meant?" if near else ""
            raise HomeError(
                f"{MARK} har en ukendt indstilling, {prefix}{name}{da}",
                f"{MARK} has an unknown setting, {prefix}{name}{en}",
            )


def _expect(holds: bool, name: str, form: str) -> None:
    if not holds:
        raise _wrong(name, form)


def _wrong(name: str, form: str) -> HomeError:
    return HomeError(f"{MARK}: {name} skal skrives som {form}", f"{MARK}: {name} is to be written as {form}")

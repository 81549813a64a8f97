"""What a careless office sends for years, made up from a seed: sound files, faulty ones, again, back, away.

Every path of a kind has keys of its own, so that the last sound version of each path says in full what should
stand, whatever happened on the way.
"""

import io
import os
import random
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

ORGANISATIONS = ("aaby", "beby")
PEOPLE = [f"P-{number}" for number in range(1, 7)]
NETWORKS = [f"N-{number}" for number in range(1, 4)]
KINDS = ("touchpoints", "solutions", "applications", "value_records", "pulse")
MOST_PATHS = 14  # a kind's files of both organisations together stay so few that a run stays short
OLD = 1_700_000_000  # files that were written long ago are taken in at once


@dataclass
class Slot:
    """One path of the inbox that belongs to a sender: its kind, and every sound version so far."""

    organisation: str
    kind: str
    number: int
    name: str
    versions: list[bytes] = field(default_factory=list)

    @property
    def path(self) -> str:
        """Relative to the inbox."""
        return f"{self.organisation}/{self.name}"


def table(headings: str, rows: list[str]) -> bytes:
    """A CSV file."""
    return ("\r\n".join([headings, *rows]) + "\r\n").encode()


def base(organisation: str) -> dict[str, bytes]:
    """What the others refer to: people, networks and roles."""
    people = [f"{one};Navn {one};Enhed {n % 3};{1 + n % 5};2020-01-01" for n, one in enumerate(PEOPLE)]
    networks = [f"{one};Titel {one};Innovationsnetværk;2025-0{n + 1}-01" for n, one in enumerate(NETWORKS)]
    roles = [f"{one};{PEOPLE[n]};Referenceleder;2025-0{n + 1}-01" for n, one in enumerate(NETWORKS)]
    roles += [f"{one};{PEOPLE[n + 3]};Deltager;2025-0{n + 1}-01" for n, one in enumerate(NETWORKS)]
    return {
        f"{organisation}/Personer.csv": table("Person-id;Navn;Enhed;Niveau;Gældende fra", people),
        f"{organisation}/Netværk.csv": table("Netværks-id;Titel;Type;Startdato", networks),
        f"{organisation}/Roller.csv": table("Netværks-id;Person-id;Rolle;Fra", roles),
    }


def rows_of(dice: random.Random, kind: str, number: int) -> tuple[str, list[str]]:
    """Headings and sound rows of one version of a path."""
    keys = sorted(dice.sample(range(100), dice.randint(6, 9)))
    day = f"202{dice.randint(5, 6)}-0{dice.randint(1, 8)}-{dice.randint(10, 28)}"
    network = [dice.choice(NETWORKS) for _ in keys]
    person = dice.choice(PEOPLE)
    if kind == "touchpoints":
        what = ("Sparring", "Koordinering", "Strategisk kobling", "Medspil")
        return "Samspils-id;Netværks-id;Dato;Art;Af", [
            f"S-{number}-{key};{one};{day};{dice.choice(what)};{person}"
            for key, one in zip(keys, network, strict=True)
        ]
    if kind == "solutions":
        return "Løsnings-id;Netværks-id;Titel;Idédato;Kapitalbehov", [
            f"L-{number}-{key};{one};Titel {key};{day};{dice.randint(1, 90)}.000,50"
            for key, one in zip(keys, network, strict=True)
        ]
    if kind == "applications":
        heading = "Ansøgnings-id;Netværks-id;Fond;Kilde;Formål;Ansøgt beløb;Ansøgningsdato;Status"
        return heading.replace("Fond", "Fond/pulje"), [
            f"A-{number}-{key};{one};Pulje;Ekstern;Testfase;{dice.randint(1, 900)}.000;{day};Under behandling"
            for key, one in zip(keys, network, strict=True)
        ]
    if kind == "value_records":
        return "Værdi-id;Netværks-id;Dato;Værditype;Mål/indikator;Udgangspunkt;Målt", [
            f"V-{number}-{key};{one};{day};Kvalitet;Ventetid;{dice.randint(1, 99)};{dice.randint(1, 99)}"
            for key, one in zip(keys, network, strict=True)
        ]
    return "Netværks-id;Dato;Respondent;Ansvar;Svar", [
        f"{one};{day};Deltager;R{1 + key % 9};{dice.randint(1, 5)}"
        for key, one in zip(keys, network, strict=True)
    ]


def spoilt_rows(dice: random.Random, headings: str, rows: list[str]) -> list[str]:
    """The same rows, some of them against a rule of the contract."""
    spoilt = list(rows)
    for _ in range(dice.randint(1, 3)):
        at = dice.randrange(len(spoilt))
        cells = spoilt[at].split(";")
        cells[dice.randrange(len(cells))] = dice.choice(
            ("", "31-02-2025", "#REF!", "N-404", "1234.5", "=1+1")
        )
        spoilt[at] = ";".join(cells)
    spoilt.append(dice.choice((rows[0], f"I alt{';' * headings.count(';')}", ";" * headings.count(";"))))
    return spoilt


def faulty_file(dice: random.Random, sound: bytes) -> tuple[str, bytes]:
    """The end of a name, and content that cannot be read whole."""
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w", zipfile.ZIP_DEFLATED) as container:
        container.writestr("xl/workbook.xml", "<workbook/>" * 50)
    cut = book.getvalue()[: dice.randint(10, 80)]
    return dice.choice(
        (
            (".csv", b""),
            (".xlsx", cut),
            (".xlsx", sound),
            (".xls", b"<html><body>log ind</body></html>"),
            (".csv", sound.replace(b";", b'";', 1)),
            (".csv", sound.decode().encode("utf-8").replace("æ".encode(), "Ã¦".encode())),
            (".csv", sound + b"\x00\x01;" * 3),
            (".csv", b"Noget;helt;andet\r\n1;2;3\r\n"),
            (".ods", dice.randbytes(200)),
        )
    )


class Office:
    """Both organisations' inbox, changed one delivery at a time.

    Attributes:
        delivered: Deliveries so far by what they were.
        sent: Every content put at each path, latest last.
    """

    def __init__(self, inbox: Path, dice: random.Random) -> None:
        self.inbox, self.dice = inbox, dice
        self.delivered: Counter[str] = Counter()
        self.slots: list[Slot] = []
        self.loose: list[str] = []  # paths that are nobody's: copies and faulty files
        self.base: dict[str, bytes] = {}
        self.numbers = 0
        for organisation in ORGANISATIONS:
            self.base |= base(organisation)
        for path, content in self.base.items():
            self.put(path, content)

    def put(self, path: str, content: bytes) -> None:
        """Lay a file into the inbox as a copying program does that renames at the end."""
        place = self.inbox / path
        place.parent.mkdir(parents=True, exist_ok=True)
        aside = place.with_name(f".{place.name}.part")
        aside.write_bytes(content)
        os.utime(aside, (OLD, OLD))
        aside.replace(place)

    def deliver(self) -> str:
        """Change the inbox by one delivery; what it was."""
        if len(self.slots) < 4:
            what = "new"
        else:
            names, weights = zip(*WEIGHTS.items(), strict=True)
            (what,) = self.dice.choices(names, weights)
        if what == "new" and len(self.slots) >= MOST_PATHS:
            what = "corrected"
        getattr(self, f"_{what}")()
        self.delivered[what] += 1
        return what

    def mend(self) -> None:
        """Every path says its last sound version again, and nothing else lies there."""
        for path in self.loose:
            (self.inbox / path).unlink(missing_ok=True)
        self.loose.clear()
        for slot in self.slots:
            self.put(slot.path, slot.versions[-1])
        for path, content in self.base.items():
            self.put(path, content)

    def _version(self, slot: Slot, *, spoilt: bool = False) -> bytes:
        headings, rows = rows_of(self.dice, slot.kind, slot.number)
        content = table(headings, spoilt_rows(self.dice, headings, rows) if spoilt else rows)
        slot.versions.append(content)
        return content

    def _any(self) -> Slot:
        return self.dice.choice(self.slots)

    def _new(self) -> None:
        self.numbers += 1
        organisation, kind = self.dice.choice(ORGANISATIONS), self.dice.choice(KINDS)
        slot = Slot(organisation, kind, self.numbers, f"{kind} {self.numbers}.csv")
        self.slots.append(slot)
        self.put(slot.path, self._version(slot))

    def _corrected(self) -> None:
        slot = self._any()
        self.put(slot.path, self._version(slot))

    def _with_faulty_rows(self) -> None:
        slot = self._any()
        self.put(slot.path, self._version(slot, spoilt=True))

    def _repeated(self) -> None:
        slot = self._any()
        place = self.inbox / slot.path
        self.put(slot.path, place.read_bytes() if place.exists() else slot.versions[-1])

    def _copied(self) -> None:
        slot = self._any()
        path = f"{slot.organisation}/kopi {self.dice.randint(1, 5)} af {slot.name}"
        self.put(path, slot.versions[-1])
        self.loose.append(path)

    def _earlier_again(self) -> None:
        slot = self._any()
        slot.versions.append(self.dice.choice(slot.versions))
        self.put(slot.path, slot.versions[-1])

    def _rows_reordered(self) -> None:
        slot = self._any()
        first, *rows = slot.versions[-1].split(b"\r\n")[:-1]
        self.dice.shuffle(rows)
        slot.versions.append(b"\r\n".join([first, *rows]) + b"\r\n")
        self.put(slot.path, slot.versions[-1])

    def _exchanged(self) -> None:
        one = self._any()
        like = [slot for slot in self.slots if (slot.organisation, slot.kind) == (one.organisation, one.kind)]
        other = self.dice.choice(like)
        one.number, other.number = other.number, one.number
        one.versions, other.versions = other.versions, one.versions
        self.put(one.path, one.versions[-1])
        self.put(other.path, other.versions[-1])

    def _withdrawn(self) -> None:
        (self.inbox / self._any().path).unlink(missing_ok=True)

    def _renamed(self) -> None:
        slot = self._any()
        (self.inbox / slot.path).unlink(missing_ok=True)
        slot.name = f"{slot.name.removesuffix('.csv')[:40]} {self.dice.choice('abcdef')}.csv"
        self.put(slot.path, slot.versions[-1])

    def _unreadable(self) -> None:
        slot = self._any()
        ending, content = faulty_file(self.dice, slot.versions[-1])
        name = self.dice.choice(("fil", "=1+1", "'; drop table raw.delivery; --", "æøå \u202efil"))
        path = (
            slot.path
            if ending == ".csv" and self.dice.random() < 0.5
            else f"{slot.organisation}/{name}{ending}"
        )
        self.put(path, content)
        if path != slot.path:
            self.loose.append(path)

    def _with_personal_number(self) -> None:
        slot = self._any()
        path = f"{slot.organisation}/løsninger {self.dice.randint(1, 3)} med nummer.csv"
        row = (
            f"L-9-{self.dice.randint(1, 99)};N-1;Ring til 010180-{self.dice.randint(1000, 3999)};2025-05-05;"
        )
        self.put(path, table("Løsnings-id;Netværks-id;Titel;Idédato;Kapitalbehov", [row]))
        self.loose.append(path)


WEIGHTS = {
    "corrected": 24,
    "with_faulty_rows": 14,
    "repeated": 12,
    "unreadable": 12,
    "copied": 8,
    "earlier_again": 8,
    "withdrawn": 6,
    "new": 5,
    "exchanged": 4,
    "rows_reordered": 3,
    "renamed": 2,
    "with_personal_number": 2,
}

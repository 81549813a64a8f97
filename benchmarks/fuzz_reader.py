"""Mutation fuzzer of the reader: no file, however broken, may crash or hang the one who asks.

    python -m benchmarks.fuzz_reader --seconds 3600 --seed 1 [--seeds DIR] [--keep DIR]

Every case is a sound file, damaged: bytes flipped, cut or doubled; for packed formats also the XML inside,
packed again so that its checksums fit. A case passes when the reader answers within its time with a reading
that adds up or a refusal whose rule the contract knows and whose message can be written. One that was slow is
read once more: slow again it fails; else the machine was busy, and it is counted as such. Exit status 1 where
a case failed; its bytes are then kept. The same seed gives the same cases.
"""

import argparse
import io
import random
import re
import resource
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from assets.accepted.reading_messages import READING_RULES_WITH_MESSAGE, explain_reading
from assets.raw.child import Reader
from assets.raw.faults import FILE_RULES
from assets.raw.limits import Limits
from assets.raw.reading import FileReading, read_file
from benchmarks.fuzz_seeds import seeds, seeds_in

LIMITS = Limits(file_bytes=5_000_000, unpacked_bytes=50_000_000, seconds=10, memory_bytes=1_500_000_000)
SLOW_SECONDS = LIMITS.seconds + 5.0  # a process has to start, too
SPICE = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b'"',
    b"=1+1",
    b"010190-1234",
    b"<!DOCTYPE a [<!ENTITY x 'y'>]>",
    b"&#0;",
    b"999999999999999999999",
    b"-1",
    b"1e309",
    b"XFD1048576",
    b"A0",
    b"</row>",
    b"<c/>",
    b"\r",
    b"\xc3\x83\xc2\xa6",
    "\u202e".encode(),
    b"nan",
    b"../../",
)


def damage_bytes(data: bytes, random_: random.Random) -> bytes:
    """One to eight changes anywhere."""
    changed = bytearray(data)
    for _ in range(random_.choice((1, 1, 1, 2, 3, 8))):
        if not changed:
            return bytes(changed)
        at = random_.randrange(len(changed))
        length = random_.choice((1, 2, 4, 16, 200))
        match random_.randrange(7):
            case 0:
                changed[at] ^= 1 << random_.randrange(8)
            case 1:
                changed[at] = random_.choice((0, 1, 0x7F, 0x80, 0xFF))
            case 2:
                del changed[at : at + length]
            case 3:
                changed[at:at] = changed[at : at + length] * random_.choice((1, 3, 50))
            case 4:
                changed[at:at] = random_.choice(SPICE)
            case 5:
                changed = changed[:at]
            case 6:
                other = random_.randrange(len(changed))
                changed[at : at + length] = changed[other : other + length]
    return bytes(changed)


def damage_numbers(data: bytes, random_: random.Random) -> bytes:
    """One number inside becomes another, often one that is far too large."""
    found = list(re.finditer(rb"[0-9]+", data))
    if not found:
        return damage_bytes(data, random_)
    number = random_.choice(found)
    other = random_.choice((b"0", b"-1", b"65536", b"1048577", b"4294967296", b"9" * 30, b"", b"1.5", b"A"))
    return data[: number.start()] + other + data[number.end() :]


def damage_tags(data: bytes, random_: random.Random) -> bytes:
    """One tag or attribute is doubled, dropped or moved."""
    pattern = random_.choice((rb"<[^<>]{1,200}>", rb"\s[\w:]+=\"[^\"]*\"", rb">[^<>]+<"))
    found = list(re.finditer(pattern, data))
    if not found:
        return damage_bytes(data, random_)
    one, other = random_.choice(found), random_.choice(found)
    match random_.randrange(4):
        case 0:
            return data[: one.start()] + data[one.end() :]
        case 1:
            return data[: one.end()] + one[0] * random_.choice((1, 2, 500)) + data[one.end() :]
        case 2:
            return data[: one.start()] + other[0] + data[one.end() :]
        case _:
            return data[: one.start()] + random_.choice(SPICE) + data[one.end() :]


def damage_parts(data: bytes, random_: random.Random) -> bytes:
    """A packed file with one part changed inside, dropped, doubled or renamed; packed anew."""
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        parts = [(entry.filename, container.read(entry)) for entry in container.infolist()]
    at = random_.randrange(len(parts))
    name, content = parts[at]
    match random_.randrange(10):
        case 0:
            del parts[at]
        case 1:
            parts[at] = (random_.choice(parts)[0], content)
        case 2:
            parts[at] = (name.replace("/", random_.choice(("\\", "//", "/../", "")), 1), content)
        case 3 | 4:
            parts[at] = (name, damage_numbers(content, random_))
        case 5 | 6 | 7:
            parts[at] = (name, damage_tags(content, random_))
        case _:
            parts[at] = (name, damage_bytes(content, random_))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", random_.choice((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))) as container:
        for part, inside in parts:
            container.writestr(zipfile.ZipInfo(part or "x"), inside)
    return out.getvalue()


def damaged(data: bytes, random_: random.Random) -> bytes:
    """A seed, damaged one way or two."""
    ways: list[Callable[[bytes, random.Random], bytes]] = [damage_bytes, damage_numbers, damage_tags]
    if data.startswith(b"PK"):
        ways = [damage_parts, damage_parts, damage_parts, damage_bytes]
    changed = random_.choice(ways)(data, random_)
    if random_.random() < 0.3:
        try:
            changed = random_.choice(ways)(changed, random_)
        except Exception:  # damaged so that it cannot be unpacked any more
            changed = damage_bytes(changed, random_)
    return changed


def read_timed(path: Path, reader: Reader) -> tuple[FileReading, float]:
    """The reading, and how many seconds it took."""
    started = time.monotonic()
    return read_file(path, reader=reader), time.monotonic() - started


def complaints(reading: FileReading, seconds: float) -> list[str]:
    """What a reading must be and is not."""
    found = []
    if seconds > SLOW_SECONDS:
        found.append(f"took {seconds:.1f} s twice")
    if reading.refused and reading.refused not in FILE_RULES | {"unclosed_quote"}:
        found.append(f"refused by {reading.refused}")
    for fault in reading.faults:
        if fault.rule not in READING_RULES_WITH_MESSAGE:
            found.append(f"no message for {fault.rule}")
        elif not all(explain_reading(fault.rule, fault.detail, heading="x", value=fault.value)):
            found.append(f"an empty message for {fault.rule}")
    for sheet in reading.sheets:
        known = sheet.kind is not None
        if known and sheet.rows_read != sheet.rows_skipped + sheet.rows["skip_reason"].null_count():
            found.append("rows do not add up")
        numbers = sheet.rows["row_number"]
        if not (numbers.is_sorted() and numbers.n_unique() == numbers.len()):
            found.append("row numbers are not in order")
    return found


def main() -> int:
    """Run for as long as told; the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", type=Path, help="a folder with further sound files")
    parser.add_argument("--keep", type=Path, help="where the bytes of failing cases go")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    sound = seeds() | (seeds_in(asked.seeds) if asked.seeds else {})
    names = sorted(sound)
    outcomes: Counter[str] = Counter()
    by_format: Counter[str] = Counter()
    slowest, failures, waited, case = 0.0, 0, 0, 0
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, Reader(LIMITS) as reader:
        while time.monotonic() - began < asked.seconds:
            random_ = random.Random(f"{asked.seed}/{case}")  # noqa: S311
            name = names[case % len(names)]
            path = Path(folder) / name
            path.write_bytes(damaged(sound[name], random_))
            try:
                reading, seconds = read_timed(path, reader)
                if seconds > SLOW_SECONDS:
                    waited += 1
                    reading, seconds = read_timed(path, reader)
                slowest = max(slowest, seconds)
                wrong = complaints(reading, seconds)
                reason = reading.faults[0].detail.get("reason", "") if reading.refused else ""
                outcomes[f"{reading.refused} {reason}".strip() or "read"] += 1
            except Exception:
                wrong = [traceback.format_exc()]
            by_format[path.suffix] += 1
            if wrong:
                failures += 1
                print(f"case {case} ({name}): {'; '.join(wrong)}", flush=True)
                if asked.keep:
                    asked.keep.mkdir(parents=True, exist_ok=True)
                    (asked.keep / f"{asked.seed}_{case}_{name}").write_bytes(path.read_bytes())
            case += 1
    seconds = time.monotonic() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{case} cases in {seconds:.0f} s, seed {asked.seed}: {failures} failures")
    print(f"slowest {slowest:.1f} s, {waited} read again; the asking process at most {peak:.0f} MB")
    print("formats: " + ", ".join(f"{suffix} {count}" for suffix, count in sorted(by_format.items())))
    for outcome, count in outcomes.most_common():
        print(f"  {count:>8}  {outcome}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())

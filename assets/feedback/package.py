"""A workbook's package: its parts, how they refer to one another, and saving it with some of them changed."""

import posixpath
import zipfile
from pathlib import Path
from typing import BinaryIO

from assets.feedback.splice import PackageError, children, escape, inside, parse, splice
from assets.publication.file_steps import put_in_place

CONTENT_TYPES = "[Content_Types].xml"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_FIXED_DATE = (2026, 1, 1, 0, 0, 0)


class Package:
    """The parts of a workbook; those not changed are saved as they were."""

    def __init__(self, source: Path | BinaryIO) -> None:
        try:
            self._zip = zipfile.ZipFile(source)
        except (OSError, zipfile.BadZipFile) as error:
            raise PackageError("not a package") from error
        self._names = {entry.filename.casefold(): entry for entry in self._zip.infolist()}
        self._changed: dict[str, tuple[str, bytes]] = {}

    @property
    def office(self) -> str:
        """The namespace of relations between parts; a workbook saved as strict Open XML has its own."""
        return STRICT if b"purl.oclc.org" in self.read("_rels/.rels") else OFFICE

    def has(self, name: str) -> bool:
        """Whether there is such a part, whatever the case of its letters."""
        return name.casefold() in self._names or name.casefold() in self._changed

    def size(self, name: str) -> int:
        """Unpacked size of a part; 0 where there is none."""
        entry = self._names.get(name.casefold())
        return entry.file_size if entry else 0

    def read(self, name: str) -> bytes:
        """A part's bytes. Raises :class:`PackageError` where there is none or it is damaged."""
        folded = name.casefold()
        if folded in self._changed:
            return self._changed[folded][1]
        if folded not in self._names:
            raise PackageError("a part is missing")
        try:
            return self._zip.read(self._names[folded])
        except (zipfile.BadZipFile, OSError, RuntimeError, EOFError, NotImplementedError) as error:
            raise PackageError("a part is damaged") from error

    def write(self, name: str, content: bytes) -> None:
        """Change or add a part."""
        folded = name.casefold()
        entry = self._names.get(folded)
        self._changed[folded] = (entry.filename if entry else name, content)

    def free_name(self, pattern: str) -> str:
        """A part name that is not taken: ``xl/comments{}.xml`` with the first number that is free."""
        number = 1
        while self.has(pattern.format(number)):
            number += 1
        return pattern.format(number)

    def relations(self, part: str) -> dict[str, tuple[str, str]]:
        """Relation id → its type's last word and the target part."""
        name = _relations_of(part)
        if not self.has(name):
            return {}
        found = {}
        for relation in children(parse(self.read(name)), "Relationship"):
            target = relation.attributes.get("Target", "")
            if relation.attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
            kind = relation.attributes.get("Type", "").rpartition("/")[2]
            found[relation.attributes.get("Id", "")] = (kind, target)
        return found

    def relate(self, part: str, kind: str, target: str) -> str:
        """Add a relation from a part; its id."""
        name = _relations_of(part)
        xml = self.read(name) if self.has(name) else f'<Relationships xmlns="{_RELATIONS}"/>'.encode()
        root = parse(xml)
        taken = {relation.attributes.get("Id") for relation in root.children}
        number = 1
        while f"rIdNv{number}" in taken:
            number += 1
        line = (
            f'<{root.prefix}Relationship Id="rIdNv{number}" Type="{self.office}/{kind}" Target="/{target}"/>'
        )
        self.write(name, splice(xml, [inside(xml, root, line.encode())]))
        return f"rIdNv{number}"

    def declare(self, part: str, content_type: str) -> None:
        """Say what a new part is."""
        self._add_type(b' PartName="%s" ContentType="%s"', "Override", f"/{part}", content_type)

    def declare_ending(self, ending: str, content_type: str) -> None:
        """Say what parts of this ending are, unless it is said."""
        root = parse(self.read(CONTENT_TYPES))
        known = {default.attributes.get("Extension", "").casefold() for default in children(root, "Default")}
        if ending not in known:
            self._add_type(b' Extension="%s" ContentType="%s"', "Default", ending, content_type)

    def _add_type(self, form: bytes, element: str, subject: str, content_type: str) -> None:
        xml = self.read(CONTENT_TYPES)
        root = parse(xml)
        line = b"<" + (root.prefix + element).encode() + form % (escape(subject), escape(content_type))
        self.write(CONTENT_TYPES, splice(xml, [inside(xml, root, line + b"/>", first=element == "Default")]))

    def save(self, path: Path) -> None:
        """Write the package beside its place, then move it there; the same content gives the same bytes."""
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = path.with_name(f".{path.name}.part")
        try:
            with zipfile.ZipFile(aside, "w", zipfile.ZIP_DEFLATED) as out:
                for folded, entry in self._names.items():
                    content = self.read(entry.filename)
                    self._put(out, entry.filename, content, entry.date_time)
                    del content
                    if folded in self._changed:
                        self._changed[folded] = (entry.filename, b"")
                for folded, (name, content) in self._changed.items():
                    if folded not in self._names:
                        self._put(out, name, content, _FIXED_DATE)
            put_in_place(aside, path)
        finally:
            aside.unlink(missing_ok=True)
            self._zip.close()

    @staticmethod
    def _put(
        out: zipfile.ZipFile, name: str, content: bytes, moment: tuple[int, int, int, int, int, int]
    ) -> None:
        info = zipfile.ZipInfo(name, moment)
        info.external_attr = 0o600 << 16
        out.writestr(info, content, zipfile.ZIP_DEFLATED)


def _relations_of(part: str) -> str:
    folder, _, name = part.rpartition("/")
    return f"{folder}/_rels/{name}.rels".lstrip("/")

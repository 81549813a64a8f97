"""Reading a mapping file: every fault of it named by its line, with what was probably meant."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import yaml

from assets.contract import KINDS, Column, Kind
from assets.raw.cells import fold_heading, fold_label, nearest
from assets.raw.headings import headings_of, kind_by_name
from assets.raw.mapping import SheetMapping, constant_fault
from assets.raw.mapping_forms import DATE_FORMS, NUMBER_FORMS, is_date_form

Texts = tuple[str, str]
T = TypeVar("T")
_WORDS = {
    "sheets": "sheets",
    "ark": "sheets",
    "sheet": "sheet",
    "navn": "sheet",
    "kind": "kind",
    "slags": "kind",
    "heading_row": "heading_row",
    "overskriftsrække": "heading_row",
    "columns": "columns",
    "kolonner": "columns",
    "values": "values",
    "værdier": "values",
    "constants": "constants",
    "faste": "constants",
    "dates": "dates",
    "datoer": "dates",
    "numbers": "numbers",
    "tal": "numbers",
    "level_from": "level_from",
    "niveau_fra": "level_from",
}
_MOST_SHEETS = 100


class _Loader(yaml.BaseLoader):
    """Every scalar is text (``Yes`` stays ``Yes``); no anchors, which could unfold to anything."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("an alias")
        return super().compose_node(parent, index)


def load(data: bytes) -> tuple[list[SheetMapping], list[Texts]]:
    """The sheets a mapping file speaks of, and what is wrong with it."""
    try:
        root = yaml.compose(data.decode("utf-8-sig"), Loader=_Loader)
    except UnicodeDecodeError:
        return [], [("den er ikke gemt som UTF-8", "it is not saved as UTF-8")]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f" (linje {mark.line + 1})" if mark else ""
        line_en = f" (line {mark.line + 1})" if mark else ""
        return [], [(f"den er ikke gyldig YAML{line}", f"it is no valid YAML{line_en}")]
    except RecursionError:
        return [], [("den er ikke gyldig YAML", "it is no valid YAML")]
    return _File().read(root)


class _File:
    """One mapping file being read; its problems gather."""

    def __init__(self) -> None:
        self.problems: list[Texts] = []

    def read(self, root: Any) -> tuple[list[SheetMapping], list[Texts]]:
        parts = self._parts(root, ("sheets",))
        listed = parts.get("sheets")
        if listed is None:
            self._say(root, "der mangler »sheets«", "»sheets« is missing")
            return [], self.problems
        if not isinstance(listed, yaml.SequenceNode):
            self._say(listed, "»sheets« skal være en liste", "»sheets« has to be a list")
            return [], self.problems
        found = [self._sheet(node) for node in listed.value[:_MOST_SHEETS]]
        sheets = [sheet for sheet in found if sheet is not None]
        if not listed.value:
            self._say(listed, "der er ingen ark", "there are no sheets")
        return ([] if self.problems else sheets), self.problems

    def _say(self, node: Any, da: str, en: str) -> None:
        line = node.start_mark.line + 1 if node is not None else 1
        self.problems.append((f"linje {line}: {da}", f"line {line}: {en}"))

    def _parts(self, node: Any, allowed: Sequence[str]) -> dict[str, Any]:
        """The entries of a mapping node by their English word; an unknown or repeated one is a problem."""
        if not isinstance(node, yaml.MappingNode):
            self._say(node, "her skal stå navne og værdier", "names and values are expected here")
            return {}
        parts: dict[str, Any] = {}
        for key, value in node.value:
            word = _WORDS.get(str(key.value).casefold(), "")
            if word not in allowed:
                meant = nearest(str(key.value), [known for known in _WORDS if _WORDS[known] in allowed])
                da, en = (f" Mente du »{meant}«?", f" Did you mean »{meant}«?") if meant else ("", "")
                self._say(key, f"»{key.value}« er ukendt.{da}", f"»{key.value}« is unknown.{en}")
            elif word in parts:
                self._say(key, f"»{key.value}« står to gange", f"»{key.value}« stands twice")
            else:
                parts[word] = value
        return parts

    def _sheet(self, node: Any) -> SheetMapping | None:
        allowed = sorted(set(_WORDS.values()) - {"sheets"})
        parts = self._parts(node, allowed)
        kind = self._kind(node, parts.get("kind"))
        if kind is None:
            return None
        heading_row = self._text(parts.get("heading_row"))
        if heading_row and not (heading_row.isdigit() and 1 <= int(heading_row) <= 1000):
            self._say(parts["heading_row"], "rækkens nummer skal være 1-1000", "the row has to be 1-1000")
            heading_row = ""
        columns = self._by_column(kind, parts.get("columns"), self._heading)
        constants = self._by_column(kind, parts.get("constants"), self._constant)
        for name in sorted(columns.keys() & constants.keys()):
            self._say(
                parts["constants"],
                f"»{name}« er både kolonne og fast værdi",
                f"»{name}« is both a column and a constant",
            )
        return SheetMapping(
            self._text(parts.get("sheet")) or "*",
            kind,
            int(heading_row) if heading_row else None,
            columns,
            self._by_column(kind, parts.get("values"), self._values),
            constants,
            self._by_column(kind, parts.get("dates"), self._date),
            self._by_column(kind, parts.get("numbers"), self._number),
            self._level_from(kind, parts.get("level_from"), columns),
        )

    def _kind(self, node: Any, given: Any) -> Kind | None:
        if given is None:
            self._say(node, "der mangler »kind«", "»kind« is missing")
            return None
        text = self._text(given)
        kind = kind_by_name(text, KINDS)
        if kind is None:
            names = {fold_heading(name): name for known in KINDS for name in (known.name, known.sheet)}
            meant = nearest(fold_heading(text), names)
            da, en = (
                (f" Mente du »{names[meant]}«?", f" Did you mean »{names[meant]}«?") if meant else ("", "")
            )
            self._say(given, f"»{text}« er ikke et af arkene.{da}", f"»{text}« is none of the sheets.{en}")
        return kind

    def _text(self, node: Any) -> str:
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode):
            self._say(node, "her skal stå en enkelt værdi", "one value is expected here")
            return ""
        return str(node.value).strip()

    def _by_column(self, kind: Kind, node: Any, read: Callable[[Column, Any], T | None]) -> dict[str, T]:
        """Canonical name → what is said of it, for a mapping node whose keys are our columns."""
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            self._say(node, "her skal stå navne og værdier", "names and values are expected here")
            return {}
        found: dict[str, T] = {}
        for key, value in node.value:
            column = headings_of(kind).get(fold_heading(str(key.value)))
            if column is None:
                known = headings_of(kind)
                near = nearest(fold_heading(str(key.value)), known)
                da, en = (
                    (f" Mente du »{known[near].heading}«?", f" Did you mean »{known[near].name}«?")
                    if near
                    else ("", "")
                )
                self._say(
                    key,
                    f"{kind.sheet} har ingen kolonne »{key.value}«.{da}",
                    f"{kind.name} has no column »{key.value}«.{en}",
                )
                continue
            if column.name in found:
                self._say(key, f"»{key.value}« står to gange", f"»{key.value}« stands twice")
            said = read(column, value)
            if said is not None:
                found[column.name] = said
        return found

    def _heading(self, column: Column, node: Any) -> str | None:
        text = self._text(node)
        if not fold_heading(text):
            self._say(node, "overskriften i filen mangler", "the heading in the file is missing")
            return None
        return text

    def _constant(self, column: Column, node: Any) -> str | None:
        text = self._text(node)
        rule = constant_fault(column, text) if text else "required"
        if rule:
            self._bad(column, node, text)
            return None
        return text

    def _bad(self, column: Column, node: Any, text: str) -> None:
        labels = ", ".join(choice.label for choice in column.choices)
        da = f" Skriv en af: {labels}." if labels else ""
        en = f" Write one of: {', '.join(choice.value for choice in column.choices)}." if labels else ""
        self._say(
            node,
            f"»{text}« kan ikke stå i »{column.heading}«.{da}",
            f"»{text}« cannot stand in »{column.name}«.{en}",
        )

    def _values(self, column: Column, node: Any) -> dict[str, str] | None:
        if not isinstance(node, yaml.MappingNode):
            self._say(node, "her skal stå vores værdi: deres værdier", "ours: theirs is expected here")
            return None
        ours_of: dict[str, str] = {}
        for key, value in node.value:
            ours = str(key.value).strip()
            if constant_fault(column, ours):
                self._bad(column, key, ours)
            theirs = value.value if isinstance(value, yaml.SequenceNode) else [value]
            for one in theirs:
                folded = fold_label(self._text(one))
                if ours_of.setdefault(folded, ours) != ours:
                    self._say(
                        one,
                        f"»{one.value}« er kortlagt til både »{ours_of[folded]}« og »{ours}«",
                        f"»{one.value}« is mapped to both »{ours_of[folded]}« and »{ours}«",
                    )
        return ours_of

    def _date(self, column: Column, node: Any) -> str | None:
        text = self._text(node)
        if column.type != "date":
            self._say(node, f"»{column.heading}« er ikke en dato", f"»{column.name}« is no date")
        elif not is_date_form(text.casefold() if text.casefold() in DATE_FORMS else text):
            listed = ", ".join(DATE_FORMS)
            self._say(
                node,
                f"datoformen »{text}« er ukendt. Skriv en af: {listed}, eller et mønster som %d/%m/%y.",
                f"the date form »{text}« is unknown. Write one of: {listed}, or a pattern such as %d/%m/%y.",
            )
        else:
            return text.casefold() if text.casefold() in DATE_FORMS else text
        return None

    def _number(self, column: Column, node: Any) -> str | None:
        text = self._text(node).casefold()
        if column.type not in ("money", "number", "integer"):
            self._say(node, f"»{column.heading}« er ikke et tal", f"»{column.name}« is no number")
        elif text not in NUMBER_FORMS:
            listed = ", ".join(NUMBER_FORMS)
            self._say(
                node,
                f"talformen »{text}« er ukendt. Skriv en af: {listed}.",
                f"the number form »{text}« is unknown. Write one of: {listed}.",
            )
        else:
            return text
        return None

    def _level_from(self, kind: Kind, node: Any, columns: dict[str, str]) -> str:
        if node is None:
            return ""
        column = headings_of(kind).get(fold_heading(self._text(node)))
        if kind.name != "people" or column is None or column.refers_to != "people":
            self._say(
                node,
                "»level_from« hører til Personer og navngiver kolonnen med den overordnede",
                "»level_from« belongs to people and names the column of the superior",
            )
            return ""
        if "level" in columns or column.name not in columns:
            self._say(
                node,
                "»level_from« kræver, at den overordnede er kortlagt, og at niveauet ikke er det",
                "»level_from« needs the superior mapped, and the level not",
            )
            return ""
        return column.name

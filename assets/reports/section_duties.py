"""The nine responsibilities over all networks: where the role holds, quarter by quarter.

Whatever speaks of leaders here is read from ``responsibility_summary`` alone.
"""

from dataclasses import dataclass
from typing import Any

import altair as alt
import polars as pl

from assets.reports import charts_role, labels
from assets.reports import definition_changes as definitions
from assets.reports.blocks import ChartBlock, Duty, Section, Table
from assets.reports.labels import label
from assets.reports.published import Published
from assets.reports.words import Words

MATRIX_QUARTERS, MATRIX_NARROW = 8, 4
MOST, FEW = 2 / 3, 1 / 3


def shown_row(published: Published, responsibility_id: str, period: str) -> dict[str, Any] | None:
    """The summary row that may be shown for all types of network: the quarter, else two years, else none."""
    for window in ("quarter", "two_years"):
        for row in published.summary:
            if (
                row["period"] == period
                and row["responsibility_id"] == responsibility_id
                and row["network_type"] == ""
                and row["window"] == window
                and not row["suppressed"]
            ):
                return row
    return None


@dataclass(frozen=True)
class Standing:
    """How a responsibility stands over the networks: ``most``, ``some``, ``few`` or ``hidden``."""

    how: str
    fulfilled: int = 0
    judged: int = 0

    def text(self, words: Words) -> str:
        """Fulfilled of judged; empty where nothing may be shown."""
        return words.of(self.fulfilled, self.judged) if self.judged else ""


def standing(row: dict[str, Any] | None) -> Standing:
    """How the networks of a summary row stand; hidden where there is no row or nothing is judged."""
    if row is None:
        return Standing("hidden")
    judged = row["fulfilled"] + row["partly"] + row["not_fulfilled"]
    if not judged:
        return Standing("hidden")
    share = row["fulfilled"] / judged
    how = "most" if share >= MOST - 1e-9 else "few" if share <= FEW + 1e-9 else "some"
    return Standing(how, row["fulfilled"], judged)


def duties_section(published: Published, words: Words) -> Section:
    """How each of the nine responsibilities stands, from the suppressed summary alone."""
    title = words.pick(
        "De ni ansvar: hvor holder rollen?", "The nine responsibilities: where does the role hold?"
    )
    duties = tuple(_duty(published, words, row) for row in published.responsibilities)
    paragraphs = (
        words.pick(
            "Her vises, i hvor mange netværk hvert ansvar er opfyldt. Tallene siger noget om rollen som "
            "helhed, ikke om "
            "nogen enkelt leder, og de lægges ikke sammen til én karakter. Et tal vises kun, når mindst "
            "fem netværk og "
            "tre referenceledere står bag det.",
            "This shows in how many networks each responsibility is fulfilled. The figures speak of the "
            "role as a whole, "
            "not of any single leader, and they are not added up to one mark. A figure is shown only when "
            "at least five "
            "networks and three reference leaders stand behind it.",
        ),
    )
    moved = tuple(movement_sentences(published, words))
    return Section("ansvar", title, paragraphs + moved, tuple(_matrix(published, words)), duties=duties)


def movement_sentences(published: Published, words: Words) -> list[str]:
    """Which responsibilities stand otherwise than in the quarter before, of those shown in both."""
    if published.earlier is None:
        return []
    moved, still = [], 0
    for row in published.responsibilities:
        key = row["responsibility_id"]
        rows = [
            shown_row(published, key, quarter.period) for quarter in (published.quarter, published.earlier)
        ]
        now, then = (standing(one) for one in rows)
        windows = {one["window"] for one in rows if one}
        if "hidden" in (now.how, then.how) or len(windows) > 1:  # two windows do not count the same networks
            continue
        if now.how == then.how:
            still += 1
            continue
        was, is_ = (f"{label(words, labels.STANDS, one.how)} ({one.text(words)})" for one in (then, now))
        name = f"{key} {row[words.pick('name_da', 'name_en')]}"
        moved.append(words.pick(f"{name} gik fra {was} til {is_}", f"{name} went from {was} to {is_}"))
    if not moved and not still:
        return []
    if not moved:
        return [
            words.pick(
                "Siden kvartalet før har ingen af de ansvar, der vises, skiftet side.",
                "Since the quarter before none of the responsibilities shown has changed sides.",
            )
        ]
    return [
        words.pick(
            f"Siden kvartalet før: {'; '.join(moved)}.", f"Since the quarter before: {'; '.join(moved)}."
        )
    ]


def _duty(published: Published, words: Words, responsibility: dict[str, Any]) -> Duty:
    name = responsibility["name_da" if words.lang == "da" else "name_en"]
    row = shown_row(published, responsibility["responsibility_id"], published.quarter.period)
    accountability = label(words, labels.ANSWERING, responsibility["accountability"])
    if row is None:
        text = words.pick(
            "Vises ikke: for få netværk eller referenceledere står bag, eller tallet kunne røbe enkelte.",
            "Not shown: too few networks or reference leaders stand behind it, or it could expose "
            "individuals.",
        )
        return Duty(responsibility["responsibility_id"], name, accountability, text, (), "")
    judged = row["fulfilled"] + row["partly"] + row["not_fulfilled"]
    text = words.pick(
        f"Opfyldt i {words.of(row['fulfilled'], judged)} vurderede netværk",
        f"Fulfilled in {words.of(row['fulfilled'], judged)} networks judged",
    )
    if not judged:
        text = words.pick("Ingen netværk kan vurderes endnu", "No network can be judged yet")
    window = words.pick(
        "seneste to år, hvert netværk én gang" if row["window"] == "two_years" else "i kvartalet",
        "last two years, each network once" if row["window"] == "two_years" else "in the quarter",
    )
    counts = tuple(
        (status, label(words, labels.STATUSES, status), int(row[status])) for status in labels.STATUSES
    )
    return Duty(responsibility["responsibility_id"], name, accountability, text, counts, window)


def _matrix(published: Published, words: Words) -> list[ChartBlock]:
    shown = published.quarters[-MATRIX_QUARTERS:]
    frame, cells, new = [], [], []
    for responsibility in published.responsibilities:
        key = responsibility["responsibility_id"]
        name = f"{key} {responsibility['name_da' if words.lang == 'da' else 'name_en']}"
        texts = []
        for quarter in shown:
            stands = standing(shown_row(published, key, quarter.period))
            how_text, counted = label(words, labels.STANDINGS, stands.how), stands.text(words)
            frame.append(
                {
                    "responsibility": name,
                    "quarter": words.short_quarter(quarter.period),
                    "standing": stands.how,
                    "standing_label": how_text,
                    "place": list(labels.STANDINGS).index(stands.how),
                    "text": counted,
                }
            )
            changes = definitions.of_responsibilities(published.definition_changes, [key], [quarter.period])
            if changes:
                new.append((name, words.short_quarter(quarter.period), changes))
            text = f"{how_text} ({counted})" if counted else how_text
            texts.append(definitions.beside(words, changes, text))
        cells.append((name, *texts))
    if not frame:
        return []
    title = words.pick("Ansvarene kvartal for kvartal", "The responsibilities quarter by quarter")
    return [
        ChartBlock(
            charts_role.status_matrix_chart(
                pl.DataFrame(frame),
                {(name, quarter): definitions.mark(words, changes) for name, quarter, changes in new},
            ),
            title,
            words.pick(
                "Opfyldt af vurderede netværk. De fleste: mindst to tredjedele. Få: højst en tredjedel. "
                "Hvor kvartalet "
                "har for få, vises de seneste to år.",
                "Fulfilled of the networks judged. Most: at least two thirds. Few: at most a third. Where "
                "the quarter has "
                "too few, the last two years are shown.",
            )
            + definitions.note(words, [one for *_, changes in new for one in changes]),
            Table(
                title,
                (
                    words.pick("Ansvar", "Responsibility"),
                    *(words.short_quarter(quarter.period) for quarter in shown),
                ),
                tuple(cells),
                "responsibility_summary",
            ),
            told=words.prose(movement_sentences(published, words)),
            narrow=_narrow_matrix(words, pl.DataFrame(frame), new),
            narrow_text=words.pick(
                f"På en lille skærm vises de seneste {MATRIX_NARROW} kvartaler; tabellen har dem alle.",
                f"A small screen shows the last {MATRIX_NARROW} quarters; the table has them all.",
            ),
        )
    ]


def _narrow_matrix(
    words: Words, cells: pl.DataFrame, new: list[tuple[str, str, definitions.Changes]]
) -> alt.LayerChart:
    """The last quarters with the responsibilities by their ids; their names stand in the list above."""
    quarters = cells["quarter"].unique(maintain_order=True).to_list()[-MATRIX_NARROW:]
    shown = cells.filter(pl.col("quarter").is_in(quarters)).with_columns(
        pl.col("responsibility").str.split(" ").list.first()
    )
    marks = {
        (name.split(" ")[0], quarter): definitions.mark(words, changes)
        for name, quarter, changes in new
        if quarter in quarters
    }
    return charts_role.status_matrix_chart(shown, marks, alt.Step(52))

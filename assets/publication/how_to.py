"""``audit.how_to``: the questions that can be asked of the file, as rows with their SQL.

The questions are the macros of ``sql/questions`` and ``sql/publication/macros``. Their example names an
organisation, a network and a quarter that the publication holds, so that it can be run as it stands.
"""

from dataclasses import dataclass

from assets.publication.macros import Macro, load_macros
from assets.publication.tables import PublishedColumn as C
from assets.publication.tables import PublishedTable, quoted

PLACES = (":organisation", ":network", ":period")
# A network whose kroner are told, in the latest quarter: every question has something to say of it.
_EXAMPLE = """
    select organisation_id, network_id, period
    from results.indicator_result
    where indicator_id = 'V7'
    order by period desc, value desc nulls last, organisation_id, network_id
    limit 1
"""


@dataclass(frozen=True)
class HowToTable(PublishedTable):
    """A table whose rows come from the files of questions."""

    def query(self) -> str:
        """Its ``select``: a row a question, with the example filled in from the results."""
        rows = ", ".join(_row(macro) for macro in load_macros() if macro.ask)
        filled = "asked.ask"
        for place, column in zip(PLACES, ("organisation_id", "network_id", "period"), strict=True):
            filled = (
                f"replace({filled}, '{place}', coalesce(replace(example.{column}, '''', ''''''), '{place}'))"
            )
        names = "name, question_da, question_en, parameters, ask, definition"
        return (
            f"with asked as (select * from (values {rows}) as questions({names})), "
            f"example as (select any_value(organisation_id) as organisation_id, "
            f"any_value(network_id) as network_id, any_value(period) as period from ({_EXAMPLE})) "
            f"select asked.name, asked.question_da, asked.question_en, asked.parameters, {filled} as ask, "
            "asked.definition from asked cross join example"
        )


def _row(macro: Macro) -> str:
    da, _, en = macro.comment.partition(" / ")
    told = (macro.full_name, da, en, macro.signature.strip("()"), macro.ask, macro.query)
    return "(" + ", ".join(quoted(text) for text in told) + ")"


HOW_TO = HowToTable(
    "audit",
    "how_to",
    "Spørgsmålene, filen selv svarer på: hvad, hvordan der spørges, og den SQL, der svarer",
    "The questions the file itself answers: what, how to ask, and the SQL that answers",
    (
        C("name", "VARCHAR", "Spørgsmålets navn, en tabelmakro", "The question's name, a table macro"),
        C("question_da", "VARCHAR", "Spørgsmålet på dansk", "The question in Danish"),
        C("question_en", "VARCHAR", "Spørgsmålet på engelsk", "The question in English"),
        C("parameters", "VARCHAR", "Hvad der gives med", "What is given with it"),
        C("ask", "VARCHAR", "Et eksempel, der kan køres, som det står", "An example to run as it stands"),
        C("definition", "VARCHAR", "Makroens SQL", "The macro's SQL"),
    ),
    1,
    "",
)

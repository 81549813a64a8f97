"""The steps of drawing are measured on the whole drawing and on the same without its texts."""

import altair as alt
import polars as pl
import vl_convert

from assets.reports.charts import dumbbell_chart
from assets.reports.theme import specification
from benchmarks.charts import steps, without_texts


def test_a_drawing_without_its_texts_keeps_its_marks_and_every_step_is_counted():
    years = pl.DataFrame(
        {"year": ["2025"] * 2, "name": ["behov", "bevilget"], "place": [0, 1], "thousands": [5.0, 3.0]}
    )
    chart: alt.LayerChart = dumbbell_chart(years, "tusind kroner")
    spec = specification(chart)
    whole = vl_convert.vega_to_svg(vl_convert.vegalite_to_vega(spec))
    bare = vl_convert.vega_to_svg(without_texts(vl_convert.vegalite_to_vega(spec)))
    assert whole.count("<text") > 5 and "tusind kroner" in whole
    assert "<text" not in bare and bare.count("<path") >= 3
    measured = steps([(spec, "da", False)])
    assert measured["texts in a drawing"] == whole.count("<text")
    assert measured["of this, all but texts"] > 0 and measured["Vega-Lite to Vega"] > 0

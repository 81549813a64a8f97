"""One look for every chart, and the way a chart becomes text in a page.

Colours are few, told apart by the colour-blind and in grey; every mark also carries a word, a shape or its
value. The page's dark mode repaints these same colours, so each stands here by name.
"""

import html
import re
from typing import Any

import altair as alt

from assets.reports.words import CHART_LOCALES

INK = "#1c2b33"
MUTED = "#5c6b73"
RULE = "#d9dfe2"
PAPER = "#fefefe"
BLUE = "#12618c"
SKY = "#8bbbd6"
AMBER = "#b36b00"
SAND = "#dcab60"
GREEN = "#1b6e5a"
RED = "#9c3328"
GREY = "#b9c2c7"
STONE = "#8f9aa0"
PALETTE = {
    "ink": INK,
    "muted": MUTED,
    "rule": RULE,
    "paper": PAPER,
    "blue": BLUE,
    "sky": SKY,
    "amber": AMBER,
    "sand": SAND,
    "green": GREEN,
    "red": RED,
    "grey": GREY,
    "stone": STONE,
}
FONT = "Arial, Helvetica, sans-serif"
WIDTH = 600
NARROW = 156
# Where a definition is new: a dashed line before the first quarter it holds for, and a word by it.
NEW_LINE: dict[str, Any] = {"color": INK, "strokeWidth": 1.5, "strokeDash": [3, 3]}
NEW_WORD: dict[str, Any] = {"align": "left", "fontSize": 10.5}

# Arial's advance widths in em, rounded up: of thin, of ordinary, of wide letters, of capitals, of all others.
_WIDTHS = {
    **dict.fromkeys("fijlrtI.,:;'|!/()[]-– \xa0", 0.34),
    **dict.fromkeys("abcdeghknopqsuvxyzæøåéöü0123456789+", 0.56),
    **dict.fromkeys("ABCDEFGHJKLNOPQRSTUVXYZÆØÅÖÜ&", 0.78),
}
_WIDEST = 1.0
_LIMITED = {
    "axis-label": ("axis", "labelLimit"),
    "axis-title": ("axis", "titleLimit"),
    "legend-label": ("legend", "labelLimit"),
}
_LABELS = re.compile(rf'<g class="mark-text role-({"|".join(_LIMITED)})"[^>]*>(.*?)</g>', re.DOTALL)
_LABEL = re.compile(r'<text[^>]* font-size="([0-9.]+)px"[^>]*>(.*?)</text>', re.DOTALL)
_OPENING = re.compile(r"<svg\b([^>]*)>")
_MARK_ROLES = re.compile(r' (?:role|aria-roledescription|aria-label|aria-hidden)="[^"]*"')


@alt.theme.register("netvaerdi", enable=True)  # type: ignore[untyped-decorator]
def netvaerdi() -> alt.theme.ThemeConfig:
    """The theme: no frame, light grid, text that can be read in print."""
    axis = {
        "labelColor": MUTED,
        "labelFont": FONT,
        "labelFontSize": 12.5,
        "titleColor": MUTED,
        "titleFont": FONT,
        "titleFontSize": 12.5,
        "titleFontWeight": "normal",
        "domainColor": GREY,
        "tickColor": GREY,
        "gridColor": RULE,
        "labelLimit": 260,
        "labelPadding": 6,
        "titleLimit": 560,
        "labelFlush": False,
    }
    return {
        "config": {
            "background": "transparent",
            "font": FONT,
            "padding": 4,
            "view": {"stroke": None, "continuousWidth": WIDTH},
            "axis": axis,
            "axisX": {"grid": False},
            "axisY": {"domain": False, "ticks": False},
            "legend": {
                "orient": "top",
                "labelColor": INK,
                "labelFont": FONT,
                "labelFontSize": 12.5,
                "labelLimit": 320,
                "title": None,
                "symbolSize": 130,
                "columnPadding": 18,
                "offset": 8,
            },
            "header": {"labelFont": FONT, "labelColor": INK, "labelFontSize": 13, "title": None},
            "text": {"font": FONT, "fontSize": 12.5, "color": INK},
            "bar": {"color": BLUE},
            "line": {"color": BLUE, "strokeWidth": 2.4},
        }
    }


def chart_svg(chart: alt.Chart, lang: str, *, narrow: bool = False) -> str:
    """The chart as inline SVG with a title, a description and one role.

    Args:
        chart: Its ``title`` (text) and ``description`` become the SVG's own; nothing is read from elsewhere.
        lang: Number and time forms: ``da`` or ``en``.
        narrow: For a telephone: the same marks and words within 300 pixels.

    Returns:
        An ``<svg>`` element that names itself to a screen reader and loads nothing.
    """
    spec = specification(chart)
    return spec_svg(spec, lang, str(spec.get("title") or ""), str(spec.get("description") or ""), narrow)


def specification(chart: alt.Chart) -> dict[str, Any]:
    """The chart as Vega-Lite; the tests validate every chart, which would double the time here."""
    return dict(chart.to_dict(validate=False))


def spec_svg(spec: dict[str, Any], lang: str, title: str, description: str, narrow: bool = False) -> str:
    """As :func:`chart_svg`, of a specification, which is left as it is, under words of one's own."""
    drawn = {key: part for key, part in spec.items() if key not in ("title", "description")}
    if narrow:
        drawn = _narrowed(drawn)
        drawn["config"]["legend"] |= {"columns": 1, "labelLimit": 240}
        drawn["config"]["axis"] |= {"labelLimit": 116, "titleLimit": 200, "labelFontSize": 12}
    svg = _svg(unlimited(drawn), lang)
    return _named(svg if _within(svg, drawn["config"]) else _svg(drawn, lang), title, description)


def unlimited(spec: dict[str, Any]) -> dict[str, Any]:
    """The specification without limits to its labels.

    To hold a text to a limit costs a measuring of its own, and hardly any text here comes near to one.
    """
    config = dict(spec["config"])
    for part, name in _LIMITED.values():
        config[part] = {**config[part], name: 0}
    return spec | {"config": config}


def _svg(drawn: dict[str, Any], lang: str) -> str:
    import vl_convert

    return str(
        vl_convert.vegalite_to_svg(
            drawn,
            format_locale=CHART_LOCALES[lang],
            time_format_locale=CHART_LOCALES[lang],
            allowed_base_urls=[],
        )
    )


def _within(svg: str, config: dict[str, Any]) -> bool:
    """Whether every label that has a limit in the theme is surely shorter."""
    for role, labels in _LABELS.findall(svg):
        part, name = _LIMITED[role]
        for size, text in _LABEL.findall(labels):
            if width(html.unescape(text)) * float(size) > config[part][name]:
                return False
    return True


def width(text: str) -> float:
    """How wide a text is at most, in em, in the theme's font."""
    return sum(_WIDTHS.get(letter, _WIDEST) for letter in text)


def _narrowed(node: Any) -> Any:
    """The specification with every wide plot made narrow; the data is left alone."""
    if isinstance(node, dict):
        return {
            key: NARROW if key == "width" and isinstance(value, int) and value > NARROW else _narrowed(value)
            for key, value in node.items()
            if key != "tickCount"
        }
    return [_narrowed(item) for item in node] if isinstance(node, list) else node


def _named(svg: str, title: str, description: str) -> str:
    """Name the drawing and take the marks' own roles away: the table twin tells what they would."""
    body = _MARK_ROLES.sub("", svg[svg.index("<svg") :])
    opening = _OPENING.match(body)
    if opening is None:
        raise ValueError("the converter returned no svg")
    label = html.escape(f"{title}. {description}".strip(". ") + ".", quote=True)
    return (
        f'<svg{opening.group(1)} role="img" aria-label="{label}"><title>{html.escape(title)}</title>'
        f"<desc>{html.escape(description)}</desc>{body[opening.end() :]}"
    )


def rows_of(frame: Any) -> alt.Data:
    """The frame's rows as data that stands in the specification itself."""
    return alt.Data(values=tuple(frame.to_dicts()))  # a list would be copied at every step of the building

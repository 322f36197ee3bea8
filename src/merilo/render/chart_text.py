"""The words and numbers of a chart: values as printed, and a text that says every one of them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from merilo.assessment.reporting.charts import ChartSpec

NO_VALUE = {"ru": "нет данных", "en": "no data"}


def shown(value: float, digits: int, language: str) -> str:
    """A value as printed: half-up on its decimal text, with the decimal sign of the language."""
    number = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    text = format(abs(number), "f")
    if language == "ru":
        text = text.replace(".", ",")
    return f"−{text}" if number < 0 else text


def reference_text(chart: ChartSpec, language: str) -> str:
    """The reference line's name and value, empty where there is none."""
    if chart.reference is None:
        return ""
    name, value = chart.reference
    return f"{name}: {shown(value, chart.digits, language)}"


def values_text(chart: ChartSpec, language: str) -> str:
    """Every value of the chart in one text, for those who cannot see it."""
    parts = [f"{category}: {_category_text(chart, place, language)}" for place, category in enumerate(chart.categories)]
    if chart.reference is not None:
        parts.append(reference_text(chart, language))
    unit = f"{chart.unit}. " if chart.unit else ""
    return unit + "; ".join(parts)


def _category_text(chart: ChartSpec, place: int, language: str) -> str:
    texts = []
    for series in chart.series:
        value = series.values[place]
        text = NO_VALUE[language] if value is None else shown(value, chart.digits, language)
        texts.append(f"{series.name} – {text}" if len(chart.series) > 1 else text)
    return ", ".join(texts)

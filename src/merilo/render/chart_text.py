"""The words and numbers of a chart: values as printed, and a text that says every one of them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from merilo.assessment.reporting.charts import ChartSpec

NO_VALUE = {"ru": "нет данных", "en": "no data"}
# A dash beside a minus would be misread.
_BETWEEN = {"ru": "от {} до {}", "en": "{} to {}"}


def shown(value: float, digits: int, language: str) -> str:
    """A value as printed: half-up on its decimal text, with the decimal sign of the language."""
    number = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    text = format(abs(number), "f")
    if language == "ru":
        text = text.replace(".", ",")
    return f"−{text}" if number < 0 else text


def interval_text(interval: tuple[float, float], digits: int, language: str) -> str:
    """The ends of an interval as printed, in words where one is negative."""
    low, high = (shown(end, digits, language) for end in interval)
    return _BETWEEN[language].format(low, high) if low.startswith("−") else f"{low}–{high}"


def reference_text(chart: ChartSpec, language: str) -> str:
    """The reference line's name and value, empty where there is none."""
    if chart.reference is None:
        return ""
    name, value = chart.reference
    return f"{name}: {shown(value, chart.digits, language)}"


def values_text(chart: ChartSpec, language: str) -> str:
    """Every value of the chart in one text, with its interval, for those who cannot see it."""
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
        interval = series.interval(place)
        if interval is not None:
            text = f"{text} ({interval_text(interval, chart.digits, language)})"
        texts.append(f"{series.name} – {text}" if len(chart.series) > 1 else text)
    return ", ".join(texts)

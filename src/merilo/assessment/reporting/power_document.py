"""What a planned survey will be able to tell, as charts and as a short document for those who decide on its size."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from merilo.assessment.reporting.charts import ChartKind, ChartSpec, Series
from merilo.assessment.reporting.document import (
    Align,
    Block,
    Column,
    Document,
    Figure,
    Heading,
    Paragraph,
    Row,
    Table,
    TitlePage,
)
from merilo.assessment.reporting.fixed_words import fixed_words
from merilo.assessment.reporting.place_words import span_text
from merilo.assessment.reporting.short_names import short_names
from merilo.assessment.reporting.typography import typeset
from merilo.assessment.rounding import RoundingMode, round_exact
from merilo.assessment.sampling.forecast import GroupForecast
from merilo.assessment.wording import Wording

STEPS, MOST_DIGITS = 10, 10
NICE = tuple(map(Fraction, ("1", "1.2", "1.5", "2", "2.5", "3", "4", "5", "6", "8")))
SURE = 0.99


@dataclass(frozen=True, slots=True)
class PowerHead:
    """Whose survey it is: what the title page says."""

    operator: str
    title: str
    period: str
    place: str


def distances(found: GroupForecast) -> tuple[Decimal, ...]:
    """Ten distances in round steps, up to where nearly every pair is told apart."""
    margins = found.forecast.margins
    far = float(margins[min(len(margins) - 1, int(len(margins) * SURE))]) if len(margins) else 1.0
    raw = max(far, 1e-6) / STEPS
    power = Fraction(10) ** math.floor(math.log10(raw))
    step = next((nice * power for nice in NICE if nice * power >= Fraction(raw)), 10 * power)
    digits = next(number for number in range(MOST_DIGITS) if (step * 10**number).denominator == 1)
    return tuple(round_exact(step * number, digits, RoundingMode.HALF_UP) for number in range(1, STEPS + 1))


def chance_chart(found: GroupForecast, words: Wording) -> ChartSpec:
    """How probable it is that two organisations so far apart are told apart, in per cent."""
    shown = distances(found)
    values = tuple(100 * found.forecast.chance(float(distance)) for distance in shown)
    reference = (words.say("POWER-WANTED"), 100 * found.chance)
    return ChartSpec(
        ChartKind.COLUMN,
        words.say("POWER-CHANCE-TITLE", group=_named(found, words)),
        words.say("POWER-CHANCE-UNIT"),
        tuple(words.say("POWER-APART", distance=distance) for distance in shown),
        (Series(words.say("POWER-CHANCE-SERIES"), values),),
        digits=0,
        low=0.0,
        high=100.0,
        reference=reference,
    )


def width_chart(found: GroupForecast, words: Wording) -> ChartSpec:
    """How many places a set holds on average when so many times as many are asked."""
    return ChartSpec(
        ChartKind.COLUMN,
        words.say("POWER-WIDTH-TITLE", group=_named(found, words)),
        words.say("POWER-WIDTH-UNIT", organisations=len(found.rows)),
        tuple(factor_words(factor, words) for factor, _ in found.widths),
        (Series(words.say("POWER-WIDTH-SERIES"), tuple(width for _, width in found.widths)),),
        digits=1,
        low=0.0,
        high=float(len(found.rows)),
        highlight=tuple(number for number, (factor, _) in enumerate(found.widths) if factor == 1),
    )


def factor_words(factor: Fraction, words: Wording) -> str:
    """`анкет × ½`, `план`."""
    text = "½" if factor == Fraction(1, 2) else str(factor)
    return words.say("POWER-PLANNED") if factor == 1 else words.say("POWER-TIMES", times=text)


def power_lines(found: GroupForecast, words: Wording) -> Iterator[str]:
    """What to expect, in sentences."""
    forecast, count = found.forecast, len(found.rows)
    sizes = [row.size for row in found.rows]
    asked = str(min(sizes)) if min(sizes) == max(sizes) else f"{min(sizes)}–{max(sizes)}"
    yield words.say("POWER-GROUP", group=_named(found, words), count=count, asked=asked, all=sum(sizes))
    yield words.say("POWER-ERRORS", error=number(float(forecast.errors.mean()), 2))
    yield words.say("POWER-WIDTH", width=number(float(forecast.widths.mean()), 1), count=count)
    yield words.say("POWER-PAIRS", percent=number(100 * forecast.pairs_apart, 1))
    values = {"distance": number(found.distance, 2), "chance": number(100 * found.chance, 0)}
    now = number(100 * forecast.chance(found.distance), 0)
    yield words.say("POWER-NOW", now=now, **values)
    largest = max(row.population for row in found.rows)
    code = "POWER-NEEDED" if found.needed < largest else "POWER-NEEDED-CENSUS"
    yield words.say(code, needed=found.needed, **values)


def number(value: float, digits: int) -> Decimal:
    """A simulated figure as printed."""
    return round_exact(Fraction(value), digits, RoundingMode.HALF_UP)


def power_document(
    groups: Sequence[GroupForecast], head: PowerHead, assumptions: Sequence[str], words: Wording
) -> Document:
    """The forecast of every group with its charts; `words` are the catalogues `power` and `report`."""
    period = words.say("REPORT-PERIOD", period=head.period) if head.period else ""
    page = TitlePage(head.operator, words.say("POWER-TITLE"), head.title, period, head.place)
    blocks = [block for number, found in enumerate(groups, start=1) for block in _blocks(found, number, words)]
    blocks += [Heading(1, words.say("POWER-ASSUMPTIONS"), "assumptions"), *map(Paragraph, assumptions)]
    return typeset(Document(page, tuple(blocks), words.language, fixed_words(words)))


def _blocks(found: GroupForecast, place: int, words: Wording) -> Iterator[Block]:
    yield Heading(1, words.say("POWER-HEADING", group=_named(found, words)), f"group-{place}")
    yield from map(Paragraph, power_lines(found, words))
    for chart in (chance_chart(found, words), width_chart(found, words)):
        values = "; ".join(
            f"{name}: {words.number(number(value or 0.0, chart.digits))}"
            for name, value in zip(chart.categories, chart.series[0].values, strict=True)
        )
        yield Figure(chart.title, chart, f"{chart.title}. {values}")
    yield _set_table(found, words)


def _set_table(found: GroupForecast, words: Wording) -> Table:
    columns = (
        Column(words.say("POWER-ORGANISATION"), 0.5),
        Column(words.say("POWER-SIZE"), 0.14, Align.RIGHT),
        Column(words.say("POWER-ERROR"), 0.18, Align.RIGHT),
        Column(words.say("POWER-SET"), 0.18, Align.CENTER),
    )
    forecast = found.forecast
    names = short_names([row.name or row.organisation for row in found.rows])
    rows = [
        Row((
            f"{name} ({row.form})" if row.form else name,
            str(row.size),
            words.number(number(float(forecast.errors[place]), 2)),
            span_text(int(forecast.best[place]), int(forecast.worst[place])),
        ))
        for place, (row, name) in enumerate(zip(found.rows, names, strict=True))
    ]  # fmt: skip
    return Table(words.say("POWER-SETS"), columns, tuple(rows), words.say("POWER-SETS-NOTE"))


def _named(found: GroupForecast, words: Wording) -> str:
    return found.name or found.group or words.say("POWER-ALL")

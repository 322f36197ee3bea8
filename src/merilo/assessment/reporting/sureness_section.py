"""What the ranking can and cannot say: how many pairs are told apart, who cannot be, who may be first and last."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from merilo.assessment.reporting.document import Block, Bullets, Heading, Paragraph
from merilo.assessment.reporting.facts import Group, ReportFacts
from merilo.assessment.reporting.number_words import HUNDRED
from merilo.assessment.reporting.sureness import errors_of, half_width, is_sampled, level_text, possible_places
from merilo.assessment.rounding import RoundingMode, round_exact
from merilo.assessment.scoring.score import OVERALL

RUNS_SHOWN = 8
NAMED_IN_RUN = 6
WORTH_NAMING = 0.05
MOST_NAMED = 10


def sureness_blocks(facts: ReportFacts, group: Group) -> Iterator[Block]:
    """Nothing where nobody was asked; a plain word where the error is not known."""
    found = errors_of(facts, OVERALL)
    rows = [row for row in group.rows if facts.exact(OVERALL, row) is not None]
    if found is None or not any(found.is_sampled[row] for row in rows):
        return
    if not is_sampled(facts, OVERALL, rows):
        yield Paragraph(facts.say("REPORT-ERROR-UNKNOWN"), strong=True)
        return
    yield Paragraph(" ".join(_summary(facts, rows)), strong=True)
    sets = next((one for one in facts.assessment.place_sets.groups if set(one.rows.tolist()) <= set(group.rows)), None)
    if sets is not None and len(sets.rows) > 1:
        yield from _runs(facts, sets.not_apart())
    yield from _chances(facts, rows)


def _summary(facts: ReportFacts, rows: Sequence[int]) -> Iterator[str]:
    """How wide an interval is, how many pairs are surely apart, how many errors are not known."""
    errors = errors_of(facts, OVERALL)
    width = half_width(facts, OVERALL, rows)
    if width is not None:
        yield facts.say("REPORT-TYPICAL-INTERVAL", level=level_text(facts), width=facts.numbers.points(width))
    if len(rows) > 1:
        apart, pairs = pairs_apart(facts, rows)
        yield facts.say("REPORT-PAIRS-APART", level=level_text(facts), pairs=facts.numbers.of(apart, pairs))
    unknown = sum(bool(errors is not None and np.isnan(errors.error[row])) for row in rows)
    if unknown:
        yield facts.say("REPORT-SOME-ERRORS-UNKNOWN", organisations=facts.organisations(unknown))


def pairs_apart(facts: ReportFacts, rows: Sequence[int]) -> tuple[int, int]:
    """How many pairs of rows are surely apart, and how many pairs there are."""
    apart = 0
    wanted = set(rows)
    for one in facts.assessment.place_sets.groups:
        mine = [at for at, row in enumerate(one.rows.tolist()) if row in wanted]
        if mine:
            # Who is surely below k others has a set that ends so much earlier: each pair is counted once.
            apart += int((len(one.rows) - one.sets.worst[mine]).sum())
    return apart, len(rows) * (len(rows) - 1) // 2


def _runs(facts: ReportFacts, runs: Sequence[Sequence[int]]) -> Iterator[Block]:
    """The largest groups of neighbours in which no two can be told apart."""
    several = [run for run in runs if len(run) > 1]
    if not several:
        yield Paragraph(facts.say("REPORT-ALL-APART"))
        return
    if len(several) == 1 and len(several[0]) == max(len(run) for run in runs) == sum(len(run) for run in runs):
        yield Paragraph(facts.say("REPORT-NONE-APART"))
        return
    yield Paragraph(facts.say("REPORT-RUNS-INTRO"))
    yield Bullets(tuple(_run(facts, run) for run in several[:RUNS_SHOWN]))
    if len(several) > RUNS_SHOWN:
        yield Paragraph(facts.say("REPORT-MORE-RUNS", n=len(several) - RUNS_SHOWN))


def _run(facts: ReportFacts, run: Sequence[int]) -> str:
    if len(run) <= NAMED_IN_RUN:
        return "; ".join(facts.short[row] for row in run)
    first, last = facts.short[run[0]], facts.short[run[-1]]
    return facts.say("REPORT-LONG-RUN", first=first, last=last, organisations=facts.organisations(len(run)))


def _chances(facts: ReportFacts, rows: Sequence[int]) -> Iterator[Block]:
    """Who may be among the best and the worst k, with how probable it is."""
    sets, k = facts.assessment.place_sets, facts.assessment.case.uncertainty.best
    for code, chances in (("BEST", sets.chance_best), ("WORST", sets.chance_worst)):
        known = [row for row in rows if not np.isnan(chances[row]) and chances[row] >= WORTH_NAMING]
        named = sorted(known, key=lambda row: (-float(chances[row]), row))
        if named:
            told = [f"{facts.short[row]} – {_percent(facts, float(chances[row]))}" for row in named[:MOST_NAMED]]
            if len(named) > MOST_NAMED:
                told.append(
                    facts.say("REPORT-CHANCES-MORE", organisations=facts.organisations(len(named) - MOST_NAMED))
                )
            yield Paragraph(facts.say(f"REPORT-CHANCES-{code}", k=k, chances="; ".join(told)))


def _percent(facts: ReportFacts, chance: float) -> str:
    """A chance in whole percent: more digits than a thousand draws can give would be made up."""
    drawn = facts.assessment.case.uncertainty.draws
    hundredths = HUNDRED * int(chance * drawn + 0.5) / drawn
    return facts.numbers.percent_of(round_exact(hundredths, 0, RoundingMode.HALF_UP))


def places_sentence(facts: ReportFacts, row: int) -> str:
    """What an organisation's page says of its place beside the place itself; empty where no error is known."""
    found = errors_of(facts, OVERALL)
    places = possible_places(facts, row)
    if found is None or not found.is_sampled[row] or not places[0].isdigit():
        return ""
    return facts.say("REPORT-POSSIBLE-PLACES", places=places, level=level_text(facts))


def sureness_method(facts: ReportFacts) -> Iterator[Block]:
    """How the errors of this report came about: what was sampled, what was not, what had to be assumed."""
    sampled = [code for code, found in facts.assessment.errors.rows.items() if found.is_sampled.any()]
    yield Heading(2, facts.say("REPORT-SURENESS"), "sureness")
    if not sampled:
        yield Paragraph(facts.say("REPORT-NOTHING-SAMPLED"))
        return
    yield Paragraph(facts.say("REPORT-SURENESS-METHOD", level=level_text(facts)))
    points = ["OBSERVED", "STRATA"]
    if facts.assessment.case.table.joint is None:
        points.append("INDEPENDENT")
    if facts.assessment.case.table.given:
        points.append("GIVEN")
    if facts.has_overall:
        points.append("PLACES")
    yield Bullets(tuple(facts.say(f"REPORT-SURENESS-{point}", level=level_text(facts)) for point in points))

"""What calibrated weights are and what they cost, as a printed table."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from merilo.assessment.reporting.printed_table import PrintedCell, PrintedRow, PrintedTable, count, percent, rounded
from merilo.assessment.responses.calibrated import Calibration
from merilo.assessment.wording import Wording


def weights_table(
    found: Calibration, names: Sequence[str], file: str, bounds: tuple[Fraction, Fraction] | None, words: Wording
) -> PrintedTable:
    """Kish's design effect, the effective size, the extremes and how the raking went; `names` are those of the
    margins, `file` is where they come from, `bounds` are those of the weights in mean weights, if any."""
    cost, raked = found.diagnostics, found.raked
    rows: tuple[tuple[str, PrintedCell], ...] = (
        ("RESPONDENTS", count(cost.respondents)),
        ("RECIPIENTS", rounded(found.recipients, 0)),
        ("BY-DESIGN", rounded(found.recipients_before, 0)),
        ("DESIGN-EFFECT", rounded(cost.design_effect, 3)),
        ("EFFECTIVE-SIZE", rounded(cost.effective_size, 1)),
        ("SMALLEST", rounded(cost.smallest, 3)),
        ("LARGEST", rounded(cost.largest, 3)),
        ("RATIO", rounded(cost.largest / cost.smallest, 2)),
        ("TRIMMED", percent(cost.trimmed_share)),
        ("SWEEPS", count(raked.sweeps)),
        ("GAP", rounded(abs(raked.gap.gap), 3)),
    )
    method = "TABULATE-WEIGHTS-RAKED" if len(names) > 1 else "TABULATE-WEIGHTS-POST-STRATIFIED"
    listed = "; ".join(f"«{name}»" if words.language == "ru" else f"“{name}”" for name in names)
    lower, upper = (words.exact(one) for one in bounds or (Fraction(0), Fraction(0)))
    trimmed = (words.say("TABULATE-NOTE-BOUNDS", lower=lower, upper=upper),) if bounds else ()
    return PrintedTable(
        words.say("TABULATE-SHEET-WEIGHTS"),
        words.say("TABULATE-CAPTION-WEIGHTS"),
        (words.say("TABULATE-HEAD-FIGURE"), words.say("TABULATE-HEAD-VALUE")),
        tuple(PrintedRow((words.say(f"TABULATE-WEIGHTS-{code}"), cell)) for code, cell in rows),
        (
            words.say(method, margins=listed, file=file),
            *trimmed,
            words.say("TABULATE-NOTE-WEIGHTS-COST"),
            words.say("TABULATE-NOTE-SCORES-UNWEIGHTED"),
        ),
    )

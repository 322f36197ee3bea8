"""On how many people or answers every rated number stands: the n that is printed beside a change."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from merilo.assessment.methodology.edition import Edition
from merilo.assessment.methodology.formulas.working import Floats
from merilo.assessment.observations.sample import survey_sample
from merilo.assessment.observations.table import ObservationTable
from merilo.assessment.scoring.bulk import UnitScores
from merilo.assessment.scoring.errors import ScoreErrors
from merilo.assessment.scoring.organisations import RatedRows
from merilo.assessment.scoring.score import OVERALL


def answers_behind(
    edition: Edition,
    table: ObservationTable,
    scores: UnitScores,
    rows: RatedRows,
    errors: Mapping[str, ScoreErrors],
) -> dict[str, Floats]:
    """By subject, for every rated row, NaN where nothing was sampled or the number is not known.

    An indicator stands on its base (the smallest where it has several), or on the people asked where it was given
    ready; a criterion on the answers of its best measured indicator; the overall score on the people asked.
    """
    row_of, sample = rows.row_of_units(table.size), survey_sample(edition, table)

    def of_rows(units: Floats) -> Floats:
        found = np.bincount(row_of, np.nan_to_num(units), len(rows))
        return np.where(found > 0, found, np.nan)

    def sampled(code: str, size: Floats) -> Floats:
        return np.where(errors[code].is_sampled, size, np.nan)

    people = of_rows(np.maximum(sample.sizes, sample.asked))
    found = {OVERALL: sampled(OVERALL, people)}
    for criterion in edition.criteria:
        best = np.full(len(rows), np.nan)
        for code in (indicator.code for indicator in criterion.indicators):
            answers = of_rows(scores.indicators[code].result.base)
            found[code] = sampled(code, np.where(np.isnan(answers), people, answers))
            best = np.fmax(best, found[code])
        found[criterion.code] = sampled(criterion.code, best)
    return found

"""Numbers, plural forms and templates of the report; names in short; spaces; the value axis."""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from enum import Enum
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.methodology.edition import Comparison, SchemeKind, Standing
from merilo.assessment.methodology.formulas.working import Status
from merilo.assessment.methodology.policies import (
    Bases,
    Denominator,
    EmptyGroup,
    EmptyPart,
    FormsOfService,
    NoData,
    RankOn,
    Ties,
)
from merilo.assessment.methodology.quantity import Source
from merilo.assessment.recheck.comparability import Obstacle
from merilo.assessment.recheck.compare import Verdict
from merilo.assessment.reporting.number_words import NumberWords, number_words
from merilo.assessment.reporting.score_figures import axis_start
from merilo.assessment.reporting.short_names import short_names
from merilo.assessment.reporting.typography import tidy
from merilo.assessment.rounding import Rounding, RoundingMode, RoundingStage
from merilo.assessment.stats.change import ChangeVerdict
from merilo.shelf import wording
from tests.assessment.reporting.mini_assessment import mini_edition
from tests.assessment.reporting.reading import plain
from tests.house.tree import ASSESSMENT, tree

FAMILIES: dict[str, type[Enum]] = {
    "STANDING": Standing,
    "STATUS": Status,
    "SOURCE": Source,
    "KIND": SchemeKind,
    "DEMAND": Comparison,
    "VERDICT": Verdict,
    "STAGE": RoundingStage,
    "MODE": RoundingMode,
    "EMPTY-GROUP": EmptyGroup,
    "EMPTY-PART": EmptyPart,
    "NO-DATA": NoData,
    "DENOMINATOR": Denominator,
    "BASES": Bases,
    "FORMS": FormsOfService,
    "TIES": Ties,
    "TIES-NOTE": Ties,
    "RANK-ON": RankOn,
    "APPLIED": EmptyGroup,
    "CHANGE": ChangeVerdict,
    "SINCE": ChangeVerdict,
    "OBSTACLE": Obstacle,
}


def numbers(language: str = "ru") -> NumberWords:
    return number_words(mini_edition(), Rounding(), wording(language, "report"))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1", "1 балл"),
        ("2", "2 балла"),
        ("5", "5 баллов"),
        ("11", "11 баллов"),
        ("21", "21 балл"),
        ("9.44", "9,44 балла"),
        ("10.00", "10,00 балла"),
        ("-0.5", "−0,5 балла"),
    ],
)
def test_points_take_the_right_form(value: str, text: str) -> None:
    assert plain(numbers().points(Decimal(value))) == text
    assert "\u00a0" in numbers().points(Decimal(value))


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (1, "1 организация"),
        (3, "3 организации"),
        (5, "5 организаций"),
        (11, "11 организаций"),
        (14, "14 организаций"),
        (21, "21 организация"),
        (104, "104 организации"),
        (111, "111 организаций"),
    ],
)
def test_organisations_are_counted_in_russian(count: int, text: str) -> None:
    assert wording("ru", "report").say("REPORT-ORGANISATIONS", n=count) == text


@pytest.mark.parametrize(
    ("count", "base", "text"),
    [
        (1, 1, "1 из 1 организации (100,0 %)"),
        (2, 21, "2 из 21 организации (9,5 %)"),
        (12, 27, "12 из 27 организаций (44,4 %)"),
        (3, 2, "3 из 2 организаций (150,0 %)"),
    ],
)
def test_a_base_stands_in_the_genitive(count: int, base: int, text: str) -> None:
    share = numbers().percent(Fraction(count, base))
    said = wording("ru", "report").say("REPORT-OF-ORGANISATIONS", count=count, base=base, share=share)
    assert plain(said) == text


@pytest.mark.parametrize(
    ("value", "ru", "en"),
    [
        (Fraction(1, 5), "0,2", "0.2"),
        (Fraction(10), "10", "10"),
        (Fraction(1, 3), "1/3", "1/3"),
        (Fraction(3, 17), "≈ 0,1765", "≈ 0.1765"),
        (Fraction(1000), "1000", "1000"),
    ],
)
def test_constants_are_exact_or_say_that_they_are_not(value: Fraction, ru: str, en: str) -> None:
    assert plain(numbers("ru").constant(value)) == ru
    assert plain(numbers("en").constant(value)) == en


def test_percent_is_rounded_half_up_and_long_counts_are_grouped() -> None:
    assert plain(numbers().percent(Fraction(1, 8))) == "12,5 %"
    assert plain(numbers().percent(Fraction(5, 10_000))) == "0,1 %"
    assert plain(numbers().count(9999)) == "9999"
    assert plain(numbers().count(14_380)) == "14 380"
    assert numbers("en").count(14_380) == "14,380"


def test_every_template_exists_and_every_one_is_used() -> None:
    known = set(wording("ru", "report").templates)
    written, patterns = _written()
    families = {
        f"REPORT-{family}-{member.name.replace('_', '-')}" for family, members in FAMILIES.items() for member in members
    }
    families.add("REPORT-APPLIED-NOT-SCORED")  # the one policy for missing evidence that has no twin
    missing = sorted((written | families) - known)
    assert not missing, missing
    used = written | families
    unused = sorted(code for code in known - used if not any(pattern.fullmatch(code) for pattern in patterns))
    assert not unused, unused


def _written() -> tuple[set[str], list[re.Pattern[str]]]:
    """Codes written out in the code, and patterns of those put together there."""
    written: set[str] = set()
    patterns = []
    for path in sorted((ASSESSMENT / "reporting").glob("*.py")):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if re.fullmatch(r"REPORT-[A-Z0-9-]*[A-Z0-9]", node.value):
                    written.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values]
                # `REPORT-*-*` is how a family is put together; the families are listed above.
                if parts[0].startswith("REPORT-") and any(part.strip("-") not in ("REPORT", "*", "") for part in parts):
                    patterns.append(re.compile("".join(re.escape(p) if p != "*" else "[A-Z-]+" for p in parts)))
                elif parts[:2] in (["REPORT-", "*"],) and len(parts) == 2:
                    raise AssertionError(f"too open: {path.name}")
                elif parts[0].startswith("REPORT-"):
                    continue
    return written, patterns


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("ГБУ Самарской области «Владимировский пансионат (интернат)»", "Владимировский пансионат"),
        ("ГКУ «Приют для детей «Надежда»", "Надежда"),
        ("ГКУ «Приют для детей «Надежда»»", "Надежда"),
        ("ГБУ области« Центр помощи семье»", "Центр помощи семье"),
        ('МБУ "Центр Ромашка"', "Центр Ромашка"),
        ("Школа № 5", "Школа № 5"),
        ("ГБУ «Центр городского округа Чапаевск» (филиал)", "Центр г. о. Чапаевск"),
    ],
)
def test_a_short_name_is_what_stands_in_the_quotes(name: str, short: str) -> None:
    assert short_names([name]) == (short,)


def test_a_shared_opening_is_cut_but_its_territory_stays() -> None:
    opening = "ГБУ «Центр социального обслуживания граждан муниципального района"
    names = [f"{opening} {place}»" for place in ("Безенчукский", "Красноярский", "Приволжский")]
    assert short_names(names)[1] == "Центр социального обслуживания … м. р. Красноярский"


def test_names_that_coincide_in_short_are_told_in_full() -> None:
    assert short_names(["Школа «Луч»", "Клуб «Луч»", "Клуб «Маяк»"]) == ("Школа «Луч»", "Клуб «Луч»", "Маяк")
    assert short_names(["Школа «Луч»", "Школа «Луч»"]) == ("Школа «Луч»", "Школа «Луч» (2)")
    assert short_names(["Школа «Луч»", "Клуб «Маяк»"], ["Ш1", ""]) == ("Ш1", "Маяк")
    assert short_names(["Школа «Луч»", "Клуб «Маяк»"], ["Ш", "Ш"]) == ("Луч", "Маяк")


@given(st.lists(st.text(alphabet='аб «»()№1"', max_size=12), max_size=8))
def test_short_names_are_unique_and_never_empty_without_reason(names: list[str]) -> None:
    short = short_names(names)
    assert len(short) == len(names)
    assert len({one.casefold().strip() for one in short}) == len(names)


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        ("приказ № 344н", "приказ №\u00a0344н"),
        ("не менее 90 %", "не менее 90\u00a0%"),
        ("оценка – 5", "оценка\u00a0– 5"),
        ("2–3", "2–3"),
    ],
)
def test_spaces_that_must_not_break(text: str, tidied: str) -> None:
    assert tidy(text) == tidied


@pytest.mark.parametrize(
    ("worst", "best", "start"),
    [
        ("9.04", "9.80", 8),  # all in the upper part and close together: the axis is cut
        ("8.00", "9.99", 7),
        ("4.43", "10", 0),
        ("7.00", "9.50", 0),  # too far apart to need it
        ("0", "0", 0),
    ],
)
def test_the_axis_is_cut_only_where_bars_would_look_alike(worst: str, best: str, start: int) -> None:
    assert axis_start(Decimal(worst), Decimal(best), Fraction(0), Fraction(10)) == start

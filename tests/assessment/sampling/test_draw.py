"""A draw: the same for everybody, moved by nobody else, fair; its digests as any other program computes them."""

from __future__ import annotations

import hashlib
import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from merilo.assessment.sampling.draw import DrawMethod, ListedPerson, StratumDraw, digest, draw

ALL = ("", "")


def people(count: int, stratum: tuple[str, str] = ALL) -> list[ListedPerson]:
    return [ListedPerson(row, f"К-{row:03d}", stratum) for row in range(2, count + 2)]


def rows(listed: list[ListedPerson], size: int, reserve: int = 0, seed: str = "7", **kind: DrawMethod) -> list[int]:
    method = kind.get("method", DrawMethod.SIMPLE)
    return [one.person.row for one in draw(listed, [StratumDraw(ALL, size, reserve)], method, seed)]


def test_the_digest_is_sha_256_of_the_documented_text() -> None:
    text = "merilo draw 1\x1fпротокол 7\x1f7701\x1fday\x1fК-01"
    assert digest("протокол 7", "7701", "day", "К-01") == int(hashlib.sha256(text.encode()).hexdigest(), 16)
    # printf 'merilo draw 1\x1f7\x1f\x1f\x1fA' | sha256sum
    assert f"{digest('7', '', '', 'A'):x}" == "34516da6d0ed60eb019b14735b056f44bb191c2596addfaacb897fe0d56145e8"


def test_the_smallest_digests_are_drawn_in_their_order() -> None:
    listed = people(50)
    expected = sorted(listed, key=lambda one: digest("7", "", "", one.identifier))
    assert rows(listed, 5, 3) == [one.row for one in expected[:8]]


@given(st.permutations(people(12)), st.integers(0, 12))
def test_the_order_of_the_list_does_not_matter(listed: list[ListedPerson], size: int) -> None:
    assert rows(list(listed), size) == rows(people(12), size)


def test_a_line_more_moves_nobody_else() -> None:
    before = rows(people(40), 10)
    after = rows([*people(40), ListedPerson(99, "К-999", ALL)], 10)
    assert [row for row in after if row != 99] == [row for row in before if row in after]


def test_sample_and_reserve_are_different_people_and_strata_keep_apart() -> None:
    listed = people(30, ("1", "day")) + [ListedPerson(row, f"Д-{row}", ("1", "home")) for row in range(40, 60)]
    strata = [StratumDraw(("1", "day"), 6, 4), StratumDraw(("1", "home"), 5, 2)]
    for method in DrawMethod:
        drawn = draw(listed, strata, method, "зерно")
        assert len({one.person.row for one in drawn}) == 17
        assert Counter((one.person.stratum[1], one.is_reserve) for one in drawn) == {
            ("day", False): 6,
            ("day", True): 4,
            ("home", False): 5,
            ("home", True): 2,
        }
        assert [one.order for one in drawn] == [*range(1, 11), *range(1, 8)]


@pytest.mark.parametrize("method", list(DrawMethod))
def test_everybody_has_the_same_chance(method: DrawMethod) -> None:
    listed, times = people(10), 4000
    drawn = Counter(row for seed in range(times) for row in rows(listed, 3, seed=str(seed), method=method))
    # 1,200 expected of each; the standard deviation is √(4000 · 0.3 · 0.7) = 29.
    assert all(abs(drawn[one.row] - 1200) < 5 * 29 for one in listed)


@given(st.integers(1, 60), st.data())
def test_a_systematic_draw_spreads_over_the_list(count: int, data: st.DataObject) -> None:
    size = data.draw(st.integers(1, count))
    found = rows(people(count), size, method=DrawMethod.SYSTEMATIC)
    assert len(set(found)) == size
    gaps = {later - earlier for earlier, later in itertools.pairwise(found)}
    assert gaps <= {count // size, -(-count // size)}


def test_a_census_draws_everybody() -> None:
    for method in DrawMethod:
        assert sorted(rows(people(7), 7, method=method)) == list(range(2, 9))


def test_more_than_there_are_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="3 \\+ 1 of 3"):
        rows(people(3), 3, 1)

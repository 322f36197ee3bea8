"""`merilo tabulate` leaves the questionnaires out that the scores leave out, and says how many."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Merilo
from tests.folder.small_folder import responses, write
from tests.folder.test_exclusions import ANSWERS, BY_ID, GOOD, HEAD
from tests.render.recalculated import cells

ALL = ("--minimum-base", "1")


@pytest.mark.parametrize("asked", [("q3", "q15"), ("q15", "--by", "organisation"), ("q15", "--weights", "none")])
def test_left_out_equals_never_handed_in(merilo: Merilo, folder: Path, asked: tuple[str, ...]) -> None:
    everybody = merilo("tabulate", folder, *asked, *ALL, "--json").json
    write("exclusions.csv", HEAD + GOOD + BY_ID)(folder)
    left_out = merilo("tabulate", folder, *asked, *ALL, "--json").json
    (folder / "exclusions.csv").unlink()
    lines = responses().splitlines()
    write(ANSWERS, "\n".join([*lines[:2], lines[3], *lines[5:]]) + "\n")(folder)
    without = merilo("tabulate", folder, *asked, *ALL, "--json").json
    assert (everybody.pop("excluded"), left_out.pop("excluded"), without.pop("excluded")) == (0, 2, 0)
    for one in (left_out, without):
        one.pop("problems")
    assert left_out == without
    assert left_out != everybody


def test_it_is_said_on_the_screen_and_in_the_workbook(merilo: Merilo, folder: Path) -> None:
    write("exclusions.csv", HEAD + GOOD)(folder)
    ran = merilo("tabulate", folder, "q15", "--format", "xlsx", *ALL)
    sentence = "По решениям из exclusions.csv, как и в оценках, не учтена 1 анкета."
    assert sentence in ran.err
    assert [sentence] in [row[1:2] for row in cells(folder / "out" / "tabulate.xlsx")["Пояснения"]]
    assert sentence in merilo("tabulate", folder, "--correlations").err

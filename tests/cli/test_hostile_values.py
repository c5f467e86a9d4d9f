"""Very long numbers, signs that only look like digits, broken references: no command ends in an internal error."""

from __future__ import annotations

from pathlib import Path

import pytest

from pubtrack.exports import EXPORTS
from tests.cli.project import make_project
from tests.cli.run import run_in

N = "9" * 5000
STORE = f"""\
@article{{long, author={{Doe, Jane}}, title={{Long numbers}}, journal={{J}}, year={{2020}}, pages={{{N}--{N}}},
  volume={{{N}}}, number={{{N}}}, edition={{{N}}}, sortkey={{{N}}}, author+an={{{N}-{N}=equal}}}}
@book{{years, author={{Doe, Jane}}, title={{Long years}}, publisher={{P}}, date={{{N}-{N}}},
  month={{{N}}}, edition={{{N}}}}}
@book{{raised, author={{Doe, Jane}}, title={{Raised}}, publisher={{P}}, year={{2001}}, edition={{\u00b2}},
  number={{\u00b2}}, pages={{\u00b2--\u00b3}}, month={{\u00b2}}, url={{http://[x}}}}
@inproceedings{{comma, crossref={{,}}, author={{Doe, Jane}}, title={{Comma}}, booktitle={{B}}, year={{2001}},
  url={{https://x]/}}}}
@inproceedings{{two, crossref={{long, years}}, author={{Doe, Jane}}, title={{Two}}, booktitle={{B}}, year={{2001}}}}
"""


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",), ("list", f"year >= {N}"), ("list", f"year = {N}..{N}"), ("list", f"year > -{N}"), ("check",),
        ("who",), ("dedupe",), ("render", "--style", "apa"), ("render", "--style", "ieee"), ("render", "--style", "cv"),
        ("render", "--sort", "sortkey,-volume"),
        *(("export", "--to", name, "-o", "out") for name in sorted(EXPORTS)),
    ],
    ids=lambda arguments: " ".join(arguments)[:40],
)  # fmt: skip
def test_a_command_never_ends_in_an_internal_error(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    make_project(tmp_path, STORE)
    result = run_in(tmp_path, *arguments)
    assert "internal error" not in result.err
    assert result.code in (0, 1), result.err

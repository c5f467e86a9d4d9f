"""Every rule: in the table, documented, right on its own examples and on a table of rows."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from pubtrack import checks
from pubtrack.checks import ALIASES, CHECKS, Context, check, explain, load, select_rules
from pubtrack.checks.rule import Rule
from pubtrack.model.errors import UsageError
from pubtrack.store.library import Library
from tests.checks.rows import BAD, GOOD, entry

RULES = Path(checks.__file__).parent / "rules"
ROOT = Path(__file__).parent.parent.parent
NOT_IN_ROWS = frozenset(
    "txt-ascii nam-others nam-self nam-variants use-unused use-undefined sup-unused id-missing-doi".split()
) | {name for name in CHECKS if name.startswith("net-")}
"""Rules that need a context; their rows are tests of their own."""


def codes(source: str, context: Context, *select: str) -> list[str]:
    library = Library.parse(source.encode("utf-8", "surrogateescape"))
    return [found.code for found in check(library, context, select=select)]


def test_the_table_is_the_folder() -> None:
    found: dict[str, str] = {}
    for path in sorted(RULES.glob("[!_]*.py")):
        module = __import__(f"pubtrack.checks.rules.{path.stem}", fromlist=["x"])
        rules = {value.id: name for name, value in vars(module).items() if isinstance(value, Rule)}
        assert all(name == one.replace("-", "_") for one, name in rules.items())
        found |= dict.fromkeys(rules, path.stem)
    assert found == dict(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_a_rule_says_what_why_and_where_from(name: str) -> None:
    rule = load(name)
    assert rule.what.endswith(".") or rule.what.endswith(")")
    assert len(rule.why) > 30
    assert rule.source


@pytest.mark.parametrize("name", CHECKS)
def test_the_bad_example_gives_exactly_that_finding_and_the_good_one_none(name: str) -> None:
    rule = load(name)
    assert codes(rule.bad, rule.context) == [name]
    assert codes(rule.good, rule.context) == []


@pytest.mark.parametrize(("name", "row"), [(name, row) for name, rows in BAD.items() for row in rows])
def test_a_bad_row_is_found(name: str, row: str) -> None:
    assert name in codes(entry(row), Context(year=2026, month=5), name)


@pytest.mark.parametrize(("name", "row"), [(name, row) for name, rows in GOOD.items() for row in rows])
def test_a_good_row_is_left_alone(name: str, row: str) -> None:
    assert codes(entry(row), Context(year=2026, month=5), name) == []


def test_every_rule_has_rows() -> None:
    assert set(CHECKS) - NOT_IN_ROWS == set(BAD)
    assert set(BAD) - set(GOOD) == {"txt-encoding"}


@pytest.mark.parametrize("name", sorted(set(CHECKS) - NOT_IN_ROWS))
def test_a_rule_mends_something_if_it_says_so_and_nothing_if_not(name: str) -> None:
    rule = load(name)
    sources = [rule.bad, *map(entry, BAD[name])]
    libraries = [Library.parse(source.encode("utf-8", "surrogateescape")) for source in sources]
    found = [one.fixable for library in libraries for one in check(library, rule.context, select=[name])]
    assert any(found) == rule.fixes


def test_select_and_ignore_take_ids_prefixes_and_old_names() -> None:
    assert select_rules(["ttl-dot"]) == ("ttl-dot",)
    assert set(select_rules(["uni"])) == {"uni-bidi", "uni-invisible", "uni-mixed-script"}
    assert "uni-bidi" not in select_rules([], ["uni"])
    assert set(select_rules(["syntax", "duplicate-key"])) == {"syn-entry", "syn-braces", "syn-dup-key"}
    assert {name for names in ALIASES.values() for name in names} <= set(CHECKS)
    with pytest.raises(UsageError, match=r'no rule is called "ttl-dott".*did you mean ttl-dot'):
        select_rules(["ttl-dott"])


def test_the_page_of_rules_is_what_the_rules_say(golden: Callable[[Path, str], None]) -> None:
    golden(ROOT / "docs" / "checks.md", explain.page())


def test_every_rule_is_in_the_page_and_the_list() -> None:
    assert [name for name in CHECKS if f"### {name}\n" not in explain.page()] == []
    assert [name for name in CHECKS if f"\n{name} " not in f"\n{explain.listed()}"] == []


def test_the_judged_sample_is_of_a_hundred_findings_nearly_all_right() -> None:
    rows = tomllib.loads((ROOT / "docs" / "check-precision.toml").read_text(encoding="utf-8"))["finding"]
    assert len(rows) == 100
    assert sum(row["right"] for row in rows) >= 95
    assert {row["rule"] for row in rows} <= set(CHECKS)
    assert all(row["why"] and row["place"].startswith("bib/") for row in rows)

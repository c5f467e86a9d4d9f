"""The outcome of a refresh as people read it, a difference for each entry, and as programs do (JSON)."""

from __future__ import annotations

import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import click

from pubtrack.cli.project import Project
from pubtrack.cli.terminal import printable, wants_colour
from pubtrack.model.json_text import to_json
from pubtrack.refresh.proposal import Missed, Proposal, RefreshPlan, Remark

_COLOURS = {"fill": "green", "update": "green", "conflict": "yellow", "protected": "cyan", "problem": "red",
            "error": "red", "warning": "yellow", "info": "cyan"}  # fmt: skip
_LONGEST = 2000  # characters of one value that are shown


def print_plan(
    project: Project, titles: Mapping[str, str], outcome: RefreshPlan, *, as_json: bool,
    written: Sequence[Proposal] | None = (), is_kept: bool = True,
) -> None:  # fmt: skip
    """Prints the outcome. `titles` are the entries' by key; `written` are the proposals that were applied in this run,
    None where nothing was kept."""
    if as_json:
        click.echo(to_json(_members(outcome, written or ())))
        return
    by_key: dict[str, tuple[list[Proposal], list[Remark]]] = defaultdict(lambda: ([], []))
    for proposal in outcome.proposals:
        by_key[proposal.key][0].append(proposal)
    for remark in outcome.remarks:
        by_key[remark.key][1].append(remark)
    applied = {proposal.id for proposal in written or ()}
    lines: list[str] = []
    for key, (proposals, remarks) in by_key.items():
        lines.append(f"{click.style(_safe(key), bold=True)}  {_safe(titles.get(key, ''))}")
        lines += map(_remark, remarks)
        for proposal in proposals:
            lines += _proposal(proposal, is_written=proposal.id in applied)
        lines += _origins(proposals)
        lines.append("")
    _print(lines)
    _show_missed(outcome.incomplete)
    _say_what_next(project, outcome, written, is_kept=is_kept)


def _members(outcome: RefreshPlan, written: Sequence[Proposal]) -> dict[str, Any]:
    failed = Counter(missed.source for missed in outcome.incomplete if missed.source)
    return {
        "proposals": [
            {
                "id": one.id, "key": one.key, "field": one.field, "base": one.base, "mine": one.mine,
                "theirs": one.theirs, "source": one.source, "kind": one.kind, "safe": one.safe, "reason": one.reason,
                "evidence": one.evidence, "url": one.url, "fetched": one.fetched,
            }
            for one in outcome.proposals
        ],
        "applied": [one.id for one in written],
        "messages": [
            {"code": one.code, "severity": one.severity, "key": one.key, "message": one.message, "source": one.source,
             "url": one.url}
            for one in outcome.remarks
        ],
        "sources": [
            {"name": name, "works": outcome.sources.get(name, 0), "failed": failed[name]}
            for name in sorted({*outcome.sources, *failed})
        ],
        "incomplete": [{"key": one.key, "source": one.source, "reason": one.reason} for one in outcome.incomplete],
    }  # fmt: skip


def _print(lines: Iterable[str]) -> None:
    """The lines on stdout; their colours only on a terminal whose user wants any (no-color.org)."""
    text = "".join(f"{line}\n" for line in lines)
    click.echo(text, nl=False, color=wants_colour(sys.stdout))


def _safe(value: str) -> str:
    """A value on one line, with nothing in it that a terminal would act on."""
    return printable(" ".join(value.split()))


def _remark(remark: Remark) -> str:
    where = f" ({remark.url})" if remark.url else ""
    severity = click.style(remark.severity, fg=_COLOURS[remark.severity])
    return f"  {severity} {_safe(f'{remark.code}: {remark.message}{where}')}"


def _proposal(proposal: Proposal, *, is_written: bool) -> Iterator[str]:
    kind = click.style(f"{proposal.kind:<9}", fg=_COLOURS[proposal.kind])
    state = "written" if is_written else proposal.id
    reason = "" if proposal.kind == "fill" else f"  ({' '.join(proposal.reason.split())})"
    yield f"  {kind} {state}  {_safe(proposal.field)}{printable(reason)}"
    if proposal.base is not None and proposal.base not in (proposal.mine, proposal.theirs):
        yield _value(" ", f"{proposal.base}   (fetched before)", None)
    if proposal.mine is not None:
        yield _value("-", proposal.mine, "red")
    yield _value("+", proposal.theirs, "green")
    for change in proposal.changes if len(proposal.changes) > 1 else ():
        yield _value("+", f"{change.name} = {change.content}", "green")
    if proposal.addition is not None:
        new = proposal.addition
        fields = ", ".join(f"{name} = {value}" for name, value in new.fields)
        yield _value("+", f"@{new.type}{{{new.key}, {fields}}}", "green")


def _value(sign: str, value: str, colour: str | None) -> str:
    value = " ".join(value.split())
    value = value if len(value) <= _LONGEST else f"{value[:_LONGEST]} …"
    return f"      {click.style(printable(f'{sign} {value}'), fg=colour)}"


def _origins(proposals: Sequence[Proposal]) -> Iterator[str]:
    """Each record once: where the values come from, when, and why it is believed."""
    for source, url, fetched, evidence in dict.fromkeys(
        (one.source, one.url, one.fetched, one.evidence) for one in proposals
    ):
        when = f", fetched {fetched[:10]}" if fetched else ""
        yield f"      {_safe(f'from {source} {url}{when}: {evidence}')}"


def _show_missed(missed: Sequence[Missed]) -> None:
    """What was not reached, the entries of one cause together, on stderr."""
    by_reason: dict[str, list[str]] = defaultdict(list)
    for one in missed:
        by_reason[one.reason].append(one.key)
    for reason, keys in by_reason.items():
        listed = ", ".join(dict.fromkeys(keys))
        click.echo(_safe(f"not complete: {reason}: {listed}"), err=True)


def _say_what_next(
    project: Project, outcome: RefreshPlan, written: Sequence[Proposal] | None, *, is_kept: bool
) -> None:
    if written:
        entries = len({one.key for one in written})
        project.say(f"{len(written)} values in {entries} entries written; pubtrack refresh --undo takes them back")
    if not outcome.proposals:
        project.say("nothing to propose" + (" of what could be reached" if outcome.incomplete else ""))
    applied = {one.id for one in written or ()}
    left = Counter(one.kind for one in outcome.proposals if one.id not in applied)
    if left and is_kept and written is not None:
        shown = ", ".join(f"{count} {kind}" for kind, count in sorted(left.items()))
        project.say(f"{shown}; --apply-safe writes the fills and updates, --apply ID one, --keep ID declines it")

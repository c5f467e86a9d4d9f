"""Baseline: findings accepted when checking was introduced, in a file that only shrinks.

The file has one line a finding: a fingerprint, and for people the rule and where it was. A fingerprint is made of the
rule, the entry, the field and the message, so it stays when lines move; what is wrong in another way is a new finding.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from pubtrack.checks.lazy_regex import pattern
from pubtrack.model.errors import PubtrackError
from pubtrack.model.findings import Finding

HEAD = "# pubtrack check --baseline: findings that are known. Lines may be removed; --update-baseline does so.\n"
_LINE = pattern(r"([0-9a-f]{16}) (\S+) (.*)")
_NUMBERED = pattern(r"\bline(s?) \d+(?:, \d+)*")


def fingerprints(findings: Sequence[Finding]) -> list[str]:
    """One fingerprint a finding; equal findings are told apart by their order."""
    seen: Counter[str] = Counter()
    found: list[str] = []
    for one in findings:
        where = one.key or one.file.replace("\\", "/").rpartition("/")[2]
        text = "\0".join((one.code, where, one.field.lower(), _NUMBERED.sub(r"line\1", one.message)))
        seen[text] += 1
        found.append(hashlib.sha256(f"{text}\0{seen[text]}".encode("utf-8", "surrogatepass")).hexdigest()[:16])
    return found


def parse(source: str, file: str = "") -> Mapping[str, str]:
    """The fingerprints in a baseline, each with its line. Raises PubtrackError, with the line, for what is none."""
    found: dict[str, str] = {}
    for number, line in enumerate(source.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            raise PubtrackError("this is not a line of a baseline; remove it", file=file, line=number)
        found[match[1]] = line
    return found


def write(findings: Sequence[Finding], known: Mapping[str, str] | None, ran: Collection[str]) -> str:
    """The baseline of those findings that are `known` already; of all where there was none (None).

    What rules that did not run (they are not among `ran`) found earlier stays in it.
    """
    lines = [
        f"{mark} {one.code} {'.'.join(part for part in (one.key, one.field) if part) or '-'}"
        for one, mark in zip(findings, fingerprints(findings), strict=True)
        if known is None or mark in known
    ]
    lines += [line for line in (known or {}).values() if _code(line) not in ran]
    return HEAD + "".join(f"{_on_one_line(line)}\n" for line in sorted(lines))


def _code(line: str) -> str:
    return line.split(" ", 2)[1]


def _on_one_line(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def new_findings(
    findings: Sequence[Finding], known: Mapping[str, str], ran: Collection[str]
) -> tuple[tuple[Finding, ...], int]:
    """The findings that are not `known`, and how many known ones of the rules that `ran` are gone."""
    marks = fingerprints(findings)
    kept = tuple(one for one, mark in zip(findings, marks, strict=True) if mark not in known)
    return kept, sum(_code(line) in ran for mark, line in known.items() if mark not in marks)

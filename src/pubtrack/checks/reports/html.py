"""Findings as one HTML page that needs nothing from elsewhere: a table by entry, with filters where scripts run.

Every value is escaped; the page's policy allows no address at all, so nothing that a file says can be loaded.
"""

from __future__ import annotations

from collections import Counter
from html import escape
from itertools import groupby

from pubtrack.checks.reports import NO_PLACE, VERDICTS, Report, summary
from pubtrack.checks.rule_table import CHECKS, load
from pubtrack.model.findings import Finding

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8881; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1rem; margin: 1.5rem 0 .3rem; overflow-wrap: anywhere; }
h2 .file { font-weight: normal; opacity: .7; }
h2 .verdict { border: 1px solid; border-radius: 1rem; font-size: .8rem; padding: 0 .5rem; }
table { border-collapse: collapse; width: 100%; }
td, th { border-top: 1px solid var(--line); padding: .25rem .6rem .25rem 0; text-align: left; vertical-align: top; }
td.place { width: 6rem; font-variant-numeric: tabular-nums; opacity: .7; }
td.code { width: 17rem; overflow-wrap: anywhere; }
td.message { overflow-wrap: anywhere; } code { font: 0.9em ui-monospace, monospace; }
.error, .problem { color: #c0262d; } .warning, .unconfirmed { color: #a15c00; } .info, .unchecked { color: #1f6fb2; }
.verified { color: #1a7f37; }
@media (prefers-color-scheme: dark) {
  .error, .problem { color: #ff7b80; } .warning, .unconfirmed { color: #f0b45c; }
  .info, .unchecked { color: #7cc0f5; } .verified { color: #6fdd8b; }
}
form { display: flex; flex-wrap: wrap; gap: .5rem 1rem; padding: .8rem; background: var(--soft); border-radius: .4rem; }
input, select { font: inherit; max-width: 100%; } [hidden] { display: none; }
summary { cursor: pointer; } dt { font-weight: bold; margin-top: .8rem; } dd { margin: 0 0 0 1rem; }
"""
_SCRIPT = """
const form = document.querySelector('form'), parts = [...document.querySelectorAll('section.entry')];
const rows = [...document.querySelectorAll('tbody tr')];
const shown = document.querySelector('#shown'), at = form.elements;
function apply() {
  const wanted = new Set([...form.querySelectorAll('[name=severity]:checked')].map(box => box.value));
  const code = at.code.value, word = at.word.value.toLowerCase(), fixable = at.fixable.checked;
  const verdict = at.verdict ? at.verdict.value : '';
  let count = 0;
  for (const part of parts) {
    const meant = (!verdict || part.dataset.verdict === verdict) &&
      (!word || part.textContent.toLowerCase().includes(word));
    const own = [...part.querySelectorAll('tbody tr')];
    for (const row of own) {
      const good = meant && wanted.has(row.dataset.severity) && (!code || row.dataset.code === code) &&
        (!fixable || row.dataset.fixable === '1');
      row.hidden = !good; count += good;
    }
    part.hidden = own.length ? own.every(row => row.hidden) : !meant || code !== '' || fixable || wanted.size < 3;
  }
  shown.textContent = `${count} of ${rows.length} shown`;
}
form.hidden = false; form.addEventListener('input', apply); form.addEventListener('submit', e => e.preventDefault());
apply();
"""


def report(report: Report) -> str:
    """The page."""
    findings = sorted(report.findings, key=lambda one: (one.file, one.key == ""))
    first: dict[tuple[str, str], int] = {}
    for number, one in enumerate(findings):
        first.setdefault((one.file, one.key), number)
    findings.sort(key=lambda one: first[one.file, one.key])
    sections = [
        _section(file, key, list(group), report.verdicts.get(key, ""))
        for (file, key), group in groupby(findings, lambda one: (one.file, one.key))
    ]
    keys = {one.key for one in findings}
    sections += [_section("", key, [], verdict) for key, verdict in report.verdicts.items() if key not in keys]
    codes = Counter(one.code for one in report.findings)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'\">\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>pubtrack check</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>pubtrack check</h1>\n"
        f"<p>{escape(summary(report))}.</p>\n{_form(report, codes)}\n<main>\n{''.join(sections)}</main>\n"
        f"{_rules(codes)}\n<script>{_SCRIPT}</script>\n</body>\n</html>\n"
    )


def _form(report: Report, codes: Counter[str]) -> str:
    counts = report.counts
    boxes = " ".join(
        f'<label class="{one}"><input type="checkbox" name="severity" value="{one}" checked> '
        f"{one} ({counts[one]})</label>"
        for one in ("error", "warning", "info")
    )
    options = "".join(
        f'<option value="{escape(code)}">{escape(code)} ({count})</option>' for code, count in sorted(codes.items())
    )
    return (
        f'<form hidden>{boxes} <label>rule <select name="code"><option value="">all</option>{options}</select></label> '
        f"{_verdict_choice(report)}"
        '<label>text <input type="search" name="word"></label> '
        '<label><input type="checkbox" name="fixable"> can be fixed</label> <output id="shown"></output></form>'
    )


def _verdict_choice(report: Report) -> str:
    counts = Counter(report.verdicts.values())
    options = "".join(f'<option value="{one}">{one} ({counts[one]})</option>' for one in VERDICTS if counts[one])
    return f'<label>verdict <select name="verdict"><option value="">all</option>{options}</select></label> ' * bool(
        options
    )


def _section(file: str, key: str, findings: list[Finding], verdict: str) -> str:
    """One entry, or what concerns none (without a key); an entry without findings has no table."""
    rows = "".join(map(_row, findings))
    parts = [
        escape(key or ("" if file else NO_PLACE)),
        f'<span class="verdict {verdict}">{verdict}</span>' if verdict else "",
        f'<span class="file">{escape(file)}</span>' if file else "",
    ]
    head = f"<h2>{' '.join(part for part in parts if part)}</h2>\n"
    table = f"<table><tbody>\n{rows}</tbody></table>" if rows else ""
    return f'<section class="entry" data-verdict="{verdict}">{head}{table}</section>\n'


def _row(one: Finding) -> str:
    place = ":".join(str(number) for number in (one.line, one.column) if number)
    field = f" {escape(one.field)}" if one.field else ""
    fixable = " (can be fixed)" if one.fixable else ""
    return (
        f'<tr data-severity="{one.severity}" data-code="{escape(one.code)}" data-fixable="{int(one.fixable)}">'
        f'<td class="place">{place}</td><td class="code"><span class="{one.severity}">{one.severity}</span> '
        f'<code>{escape(one.code)}</code>{field}</td><td class="message">{escape(one.message)}{fixable}</td></tr>\n'
    )


def _rules(codes: Counter[str]) -> str:
    known = [load(code) for code in sorted(codes) if code in CHECKS]
    if not known:
        return ""
    rows = "".join(f"<dt><code>{rule.id}</code> {escape(rule.what)}</dt><dd>{escape(rule.why)}</dd>" for rule in known)
    return f"<details><summary>What the rules say</summary><dl>{rows}</dl></details>"

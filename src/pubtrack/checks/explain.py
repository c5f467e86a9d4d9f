"""What rules say of themselves: one rule to a page of text, all to a list and to the page in the documentation."""

from __future__ import annotations

from pubtrack.checks.rule import Rule
from pubtrack.checks.rule_table import CHECKS, load

_GROUPS = {
    "syn": "Syntax", "tex": "LaTeX", "txt": "Text", "uni": "Unicode", "fld": "Fields", "ttl": "Titles",
    "nam": "Names", "id": "Identifiers", "dup": "Duplicates", "key": "Keys", "use": "Use (`--cited`)",
    "net": "Registries (`--online`) and pages (`--urls`)", "sup": "Suppressions",
}  # fmt: skip


def explain_rule(name: str) -> str:
    """The rule of this id: what, why, where it is from, a bad and a good example. Raises UsageError for no rule."""
    rule = load(name)
    fixes = ", --fix corrects it" if rule.fixes else ""
    return (
        f"{rule.id} ({rule.severity}{fixes})\n\n{rule.what}\n\nWhy: {rule.why}\nSource: {rule.source}.\n\n"
        f"Bad:\n{_indented(rule.bad)}\n\nGood:\n{_indented(rule.good)}\n"
    )


def listed() -> str:
    """One line a rule: id, severity, whether it can be fixed, what it says."""
    rows = [load(name) for name in sorted(CHECKS)]
    return "".join(f"{rule.id:<20} {rule.severity:<8} {'fix' if rule.fixes else '':<4} {rule.what}\n" for rule in rows)


def page() -> str:
    """All rules as a page of the documentation, by group."""
    parts = [
        (
            "# The rules of `pubtrack check`\n\nWritten from the rules themselves; `pytest --update-golden` writes it "
            "anew. [Checking](checking.md) says how they are used.\n"
        )
    ]
    for prefix, title in _GROUPS.items():
        rules = [load(name) for name in CHECKS if name.startswith(f"{prefix}-")]
        parts.append(f"## {title}\n")
        parts += map(_section, rules)
    return "\n".join(parts)


def _section(rule: Rule) -> str:
    fixes = ", `--fix` corrects it" if rule.fixes else ""
    return (
        f"### {rule.id}\n\n*{rule.severity}{fixes}.* {_markdown(rule.what)}\n\n{_markdown(rule.why)} "
        f"Source: {_markdown(rule.source)}.\n\n```bibtex\n% bad\n{_shown(rule.bad)}\n% good\n{_shown(rule.good)}\n```\n"
    )


def _markdown(text: str) -> str:
    for sign in "\\_*<&":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\\<", "&lt;").replace("\\&", "&amp;")


def _shown(source: str) -> str:
    """An example with what cannot be seen written out."""
    return "".join(
        sign if sign.isprintable() or sign == "\n" else f"<U+{ord(sign):04X}>" for sign in source.rstrip("\n")
    )


def _indented(source: str) -> str:
    return "\n".join(f"  {line}" for line in _shown(source).splitlines())

"""What must hold after every run, whatever it was given."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import Iterator

from tests.fuzz.cases import PROJECT, Case
from tests.fuzz.execution import Outcome

CODES = (0, 1, 2)
READING = ("list", "show", "who", "styles", "completion")
"""Commands that write nothing."""
_WRITES_BESIDES_ERRORS = ("check", "cv", "refresh")
"""These report on each of several things, so that an exit code of 1 may stand beside what was written."""
_LEAVES_ENTRIES_OUT = ("render", "export")
"""These leave out a broken entry, name it and exit 1, and write their output; never the store."""
_IN_PART = {"--check", "--orcid", "--search"}
"""With these `add` adds what is chosen of an incomplete list, and exits 1 for what is missing."""
_RECOVERY = re.compile(r"\.pubtrack\.(?:lock|journal(?:\.rejected-\d+)?)|.*\.kept")
"""What a command that may write removes or sets apart, whatever becomes of it: left by a process that was killed."""
_SECONDS = {signal.SIGXCPU: "took too much processor time", signal.SIGALRM: "hung", signal.SIGKILL: "was killed"}


def broken_laws(case: Case, outcome: Outcome) -> Iterator[str]:
    """Each law that the run broke, in one line without what differs from run to run."""
    if outcome.code not in CODES:
        yield _SECONDS.get(-outcome.code, f"ended with {outcome.code}")  # type: ignore[call-overload]
    error = outcome.err.decode("utf-8", "replace")
    if found := re.search(r"internal error: (.*?)(; --debug shows|$)", error, re.MULTILINE):
        yield f"internal error: {found[1][:200]}"
    if "Traceback" in error and "Traceback" not in " ".join(case.arguments):
        yield f"a traceback: {error[-200:]!r}"
    yield from _broken_by_output(case, outcome)
    yield from _broken_by_files(case, outcome)


def _broken_by_output(case: Case, outcome: Outcome) -> Iterator[str]:
    try:
        out = outcome.out.decode("utf-8")
    except UnicodeDecodeError:
        if not outcome.out.startswith((b"PK", b"%PDF")):  # render --to docx, --to pdf
            yield "stdout is not UTF-8"
        return
    if "--json" in case.arguments and outcome.code in (0, 1) and out.strip():
        try:
            json.loads(out)
        except ValueError as error:
            yield f"stdout is not JSON: {error.args[0][:60]}"
    if outcome.code in (1, 2) and not out.strip() and not outcome.err.strip() and not _may_be_silent(case):
        yield "failed without a word"


def _may_be_silent(case: Case) -> bool:
    """With -q, and where the report goes into a file."""
    return any(word in ("-q", "--quiet", "-o") for word in case.arguments)


def _broken_by_files(case: Case, outcome: Outcome) -> Iterator[str]:
    changed = sorted(
        path
        for path in {*outcome.before, *outcome.after}
        if outcome.before.get(path, b"-") != outcome.after.get(path, b"-")
    )
    outside = [path for path in changed if path.partition("/")[0] not in (PROJECT, "cache")]
    outside = [path for path in outside if not any(f"../{path}" in word for word in case.arguments)]  # named by hand
    if outside:
        yield f"changed outside the project: {', '.join(outside)}"
    inside = [path for path in changed if path.startswith(f"{PROJECT}/")]
    if left := [path for path in inside if path in outcome.after and ".pubtrack-" in path.rpartition("/")[2]]:
        yield f"left {', '.join(re.sub('[0-9]+', 'N', path) for path in left)}"
    if case.arguments[0] not in READING:
        inside = [path for path in inside if not _RECOVERY.fullmatch(path.rpartition("/")[2])]
    if case.arguments[0] in _LEAVES_ENTRIES_OUT and any(path.startswith(f"{PROJECT}/bib/") for path in inside):
        yield f"changed the store: {', '.join(inside)}"
    if inside and (reason := _why_unchanged(case, outcome)):
        yield f"{reason}, and changed {', '.join(inside)}"


def _why_unchanged(case: Case, outcome: Outcome) -> str:
    """Why nothing in the project may have changed, or ""."""
    command, words = case.arguments[0], case.arguments[1:]
    if outcome.code == 2:
        return "refused its usage"
    if command in READING:
        return "only reads"
    options = words[: words.index("--")] if "--" in words else words
    if command != "check" and any(word in ("--dry-run", "--diff") for word in options):
        return "was told to write nothing"
    if command in ("cv", "export", "fmt") and "--check" in options:
        return "was told to write nothing"
    in_part = command == "add" and _IN_PART & {word.partition("=")[0] for word in options}
    partial = in_part or command in (*_WRITES_BESIDES_ERRORS, *_LEAVES_ENTRIES_OUT)
    if outcome.code == 1 and not partial:
        return "failed"
    return ""

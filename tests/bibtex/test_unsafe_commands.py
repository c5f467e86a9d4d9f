"""A command that acts on the reader's machine is found by the check, and harmless in an export."""

from __future__ import annotations

import pytest

from pubtrack.bibtex.latex_tables import UNSAFE_COMMANDS
from pubtrack.bibtex.reencode import reencode
from pubtrack.checks import Context, check
from pubtrack.store.library import Library


@pytest.mark.parametrize("command", sorted(UNSAFE_COMMANDS))
def test_a_command_is_unsafe_for_check_and_export(command: str) -> None:
    library = Library.parse(f"@misc{{a, title = {{Tea \\{command} x}}}}".encode())
    assert [one.code for one in check(library, Context(), select=["tex-danger"])] == ["tex-danger"]
    assert f"\\{command} " not in reencode(f"Tea \\{command} x", "latex")
    assert f"\\{command} " not in reencode(f"Tea $\\{command} x$", "unicode")

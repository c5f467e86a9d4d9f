"""Run by RenderCV's interpreter: a YAML file to the number of its publication entries, checked as RenderCV does.

RenderCV's Typst imports a package from the network, so its sections are set with stand-ins for its functions.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import typst
from rendercv.renderer.templater.templater import render_full_template  # type: ignore[import-not-found]
from rendercv.schema.models.cv.entries.publication import PublicationEntry  # type: ignore[import-not-found]
from rendercv.schema.rendercv_model_builder import build_rendercv_dictionary_and_model  # type: ignore[import-not-found]

KNOWN = {"emph", "h", "link", "regular-entry", "strong", "summary", "sym.ast.basic"}
"""The Typst commands that RenderCV itself writes into a section of publications."""
STAND_INS = "#let regular-entry(..columns) = columns.pos().join()\n#let summary(body) = body\n"

path = Path(sys.argv[1])
_, model = build_rendercv_dictionary_and_model(path.read_text(encoding="utf-8"), input_file_path=path)
entries = [entry for section in (model.cv.sections or {}).values() for entry in section]
assert all(isinstance(entry, PublicationEntry) for entry in entries)
written = render_full_template(model, "typst")
body = written[written.index("\n== ") :]
bare = re.sub(r'#link\("(?:[^"\\]|\\.)*"\)', "", body)
commands = {name.rstrip(".") for name in re.findall(r"(?<!\\)#([A-Za-z][\w.-]*)", bare)}
assert commands <= KNOWN, f"{path.name}: the commands {sorted(commands - KNOWN)} come from values"
assert not re.search(r"(?<!\\)\$", bare), f"{path.name}: a value is a formula"
source = path.with_suffix(".typ")
source.write_text(STAND_INS + body, encoding="utf-8")
typst.compile(str(source), output=str(path.with_suffix(".pdf")))
print(len(entries))

"""Prints the titles and authors of a RIS file's records as rispy reads them."""

import json
import sys
from pathlib import Path

import rispy

records = rispy.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
print(json.dumps([{"title": one.get("title", ""), "authors": one.get("authors", [])} for one in records]))

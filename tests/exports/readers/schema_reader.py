"""Run where jsonschema is: a JSON schema and a JSON file to nothing, or to what is wrong and exit 1."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from jsonschema import validators  # type: ignore[import-untyped,import-not-found,unused-ignore]

schema, value = (json.loads(Path(name).read_text(encoding="utf-8")) for name in sys.argv[1:3])
kind = validators.validator_for(schema)
wrong = list(kind(schema, format_checker=kind.FORMAT_CHECKER).iter_errors(value))
for error in wrong[:5]:
    print(f"{'/'.join(map(str, error.absolute_path))}: {error.message[:300]}")
sys.exit(1 if wrong else 0)

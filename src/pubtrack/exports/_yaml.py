"""Plain values to YAML that every reader takes alike, YAML 1.1 or 1.2; strings are quoted unless they are one word."""

from __future__ import annotations

import re
from typing import Any

import yaml

_WORD = re.compile("[a-z][a-z_-]*")


class _Dumper(yaml.SafeDumper):
    """PyYAML's, with lists set in below their keys."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _string(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    # What is plain in one version of YAML is a number or a date in another ("1e3", "0o17", "12:30").
    style = None if _WORD.fullmatch(value) else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _string)


def dump(value: Any) -> str:
    """`value` (mappings, lists, strings, whole numbers, truth values) as a YAML document, keys in their order."""
    found: str = yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1 << 30)
    return found

"""Paths as documents spell them, as strings only: nothing here looks at a disk."""

from __future__ import annotations

import os


def folder_of(file: str) -> str:
    """The folder of a file with its last separator, "" for one that is named alone."""
    return file[: max(file.rfind("/"), file.rfind(os.sep)) + 1]


def suffix_of(file: str) -> str:
    """What stands behind a file name's last full stop, with it and in lower case; "" for none."""
    stem, dot, ending = file[len(folder_of(file)) :].rpartition(".")
    return f".{ending}".lower() if dot and stem else ""


def join_path(folder: str, name: str) -> str:
    """`name` seen from `folder`, without needless `.` and `..`, so that one file is spelt one way."""
    path = name if name.startswith(("/", os.sep)) or name[1:3] == ":\\" else folder + name
    root = "/" if path.startswith("/") else ""
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return root + "/".join(parts)

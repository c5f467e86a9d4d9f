"""The user's own configuration file: which paths outside a project folder pubtrack may follow."""

from __future__ import annotations

import os
import re
import tomllib
from pathlib import Path

from pubtrack.config import read_text, toml_text
from pubtrack.model.errors import PubtrackError, did_you_mean
from pubtrack.platform_folders import configuration_folder

KEY = "allow_outside"
VARIABLE = "PUBTRACK_USER_CONFIG"


def user_config_file() -> Path | None:
    """PUBTRACK_USER_CONFIG, or `pubtrack/config.toml` in the platform's folder; None for a user without a home."""
    if given := os.environ.get(VARIABLE):
        return Path(given).expanduser()
    folder = configuration_folder()
    return None if folder is None else folder / "config.toml"


def allowed_paths() -> tuple[Path, ...]:
    """The paths of `allow_outside`. Raises PubtrackError for a file that is wrong."""
    file = user_config_file()
    if file is None or not os.path.lexists(file):
        return ()
    return _parse(read_text(file), str(file))


def remember_path(path: Path) -> None:
    """Add `path` to `allow_outside`. Raises PubtrackError where the file cannot be changed without harm."""
    from pubtrack.store import atomic_files

    file = user_config_file()
    if file is None:
        raise PubtrackError(f"there is no folder for your own configuration; name a file in {VARIABLE}")
    source = read_text(file) if os.path.lexists(file) else ""
    before = _parse(source, str(file))
    wanted = (path, *before)
    entry = toml_text(str(path))
    changed, count = re.subn(rf"(?m)^{KEY}\s*=\s*\[", lambda found: f"{found[0]}{entry}, ", source, count=1)
    if not count:  # a key of no table stands above all tables
        changed = f"{KEY} = [{entry}]\n{source}"
    try:
        if _parse(changed, str(file)) != wanted:
            raise PubtrackError(f"its {KEY} cannot be extended; add the path yourself", file=str(file))
        content = changed.encode("utf-8")
    except UnicodeEncodeError:
        raise PubtrackError("this path is not UTF-8, so it cannot be remembered", file=str(file)) from None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise PubtrackError(f"cannot make this folder: {error.strerror}", file=str(file.parent)) from error
    atomic_files.atomic_write(file, content)


def _parse(source: str, file: str) -> tuple[Path, ...]:
    try:
        table = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        raise PubtrackError(f"not valid TOML: {error}", file=file) from None
    for key in table:
        if key != KEY:
            raise PubtrackError(f'unknown key "{key}"{did_you_mean(key, [KEY]) or f"; known here: {KEY}"}', file=file)
    paths = table.get(KEY, [])
    if not isinstance(paths, list) or not all(isinstance(one, str) for one in paths):
        raise PubtrackError(f'{KEY} must be a list of paths, as in ["/home/ada/library"]', file=file)
    found = tuple(Path(one).expanduser() for one in paths)
    for one in found:
        if not one.is_absolute():
            raise PubtrackError(f'{KEY}: "{one}" is relative; write the whole path', file=file)
    return found

"""The platform's folders for caches and for a user's configuration."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> str:
    """PUBTRACK_CACHE, or a folder of our own in the platform's cache folder; "" for a user without a home."""
    if given := os.environ.get("PUBTRACK_CACHE"):
        return str(Path(given).expanduser())
    found = _folder("LOCALAPPDATA", "AppData/Local", "Library/Caches", "XDG_CACHE_HOME", ".cache")
    if found is None:
        return ""
    return str(found / "pubtrack" / "Cache" if sys.platform == "win32" else found / "pubtrack")


def configuration_folder() -> Path | None:
    """The folder of our own in the platform's folder for configuration; None for a user without a home."""
    found = _folder("APPDATA", "AppData/Roaming", "Library/Application Support", "XDG_CONFIG_HOME", ".config")
    return None if found is None else found / "pubtrack"


def _folder(windows: str, on_windows: str, on_macos: str, elsewhere: str, in_home: str) -> Path | None:
    """What a variable of the environment names, or the place in the user's home that the platform has for it."""
    try:
        home = Path.home()
    except RuntimeError:
        return None
    if sys.platform == "win32":
        return Path(os.environ.get(windows) or home / on_windows)
    if sys.platform == "darwin":
        return home / on_macos
    return Path(os.environ.get(elsewhere) or home / in_home)

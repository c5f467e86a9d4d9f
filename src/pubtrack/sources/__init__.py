"""The registries that know of works, one file a service: a pure `url` and `parse`; http.py holds the one GET."""

"""Paths of .bib files in; libraries out, and edited texts back to the disk: all of them or none.

The only room that writes the store: locks, atomic replacement, new entries, merged entries, citation keys.
"""

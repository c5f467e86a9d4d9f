"""Entries, registries' records and earlier bases in; proposals and edited texts out. Pure: nothing here does I/O."""

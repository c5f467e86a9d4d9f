"""Whole-command fuzzing: mutated files, configurations, replies and arguments through every command of pubtrack.

    python -m tests.fuzz --runs 50000 --seed 1 --jobs 2

`cases` makes run I of seed N, which is the same wherever it is made; `execution` runs it in a process of its own with
limits of memory and time; `laws` says what must hold afterwards.
"""

"""The rules, one or a few tightly related ones a file; `checks.CHECKS` is their table."""

"""The values that flow through every room: works, names, formatted text, records, findings, errors.

Nothing comes in and nothing goes out: these are frozen values and the vocabulary of CSL and the registries.
"""

"""Measurements of pubtrack against its peers; `python -m benchmarks` runs them."""

"""Runners for the acceptance cases, one small module per area.

To add a suite: write a function that takes the suite's JSON and yields an `Outcome` per case, and
give it a line in `tests/acceptance.py`.
"""

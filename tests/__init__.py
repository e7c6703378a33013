"""Tests: one sentence of behaviour each, in folders that mirror the rooms."""

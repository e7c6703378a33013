"""Measures: reported by `make bench`, never asserted. One file per measure."""

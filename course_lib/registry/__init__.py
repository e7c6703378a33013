"""Base images as data."""

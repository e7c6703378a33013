"""Grading a class of the course with nbgrader."""

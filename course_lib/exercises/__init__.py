"""The exercises of the course and the checks on their answers."""

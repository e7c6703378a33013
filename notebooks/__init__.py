"""The lessons of the course, and the loom that weaves them into notebooks."""

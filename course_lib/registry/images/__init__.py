"""The recipes of the base images, one module for each family."""

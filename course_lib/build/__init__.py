"""From a Dockerfile and a context to an image, step by step."""

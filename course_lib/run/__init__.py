"""From an image to a container: what runs, with what, and how it ends."""

"""Docker images, built and run without Docker, for people who learn how they work."""

"""Package managers: they resolve, write files and databases, and say what the real ones say."""

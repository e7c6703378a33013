"""A POSIX shell and core commands on a layered file system."""

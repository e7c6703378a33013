"""The keys of 02_commit."""

ANSWERS = {
    "commit-misses": {
        "ancestors": ["second", "debian"],
        "/log/one": "no",
        "/etc/two": "no",
        "/srv/three": "yes",
        "/log/four": "yes",
    },
}
HIDDEN = {}

"""The keys of 01_layers."""

ANSWERS = {
    "layers-serve": {
        "/etc/hosts.allow": 2,
        "/opt/tool": "none",
        "/srv/app": 2,
        "containers": 30,
        "together": 170,
    },
}
HIDDEN = {}

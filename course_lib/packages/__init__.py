"""Software packages as values: what is in them, and the databases that managers keep of them."""

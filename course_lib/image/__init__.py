"""What an image is: files in layers, a config, a history."""

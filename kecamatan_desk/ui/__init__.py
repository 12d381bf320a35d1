"""The window. The only layer that knows Qt."""

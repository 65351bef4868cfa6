"""Las pantallas."""

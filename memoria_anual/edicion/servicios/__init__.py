"""Los servicios de la edición."""

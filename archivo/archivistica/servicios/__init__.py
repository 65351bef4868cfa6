"""Los servicios de la archivística."""

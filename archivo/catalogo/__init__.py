"""Los elementos del archivo: tipos, descripción, estados, acceso, adjuntos y páginas."""

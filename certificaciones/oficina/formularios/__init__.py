"""Lo que se pregunta en cada pantalla."""

"""Lo que se hace con una solicitud."""

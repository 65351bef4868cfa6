"""Las vistas de la oficina: leen, llaman a un servicio y muestran."""

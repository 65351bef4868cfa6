"""Los formularios de la oficina."""

"""Los servicios de actos: cada uno hace un paso completo, con su constancia."""

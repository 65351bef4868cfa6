"""La memoria anual de actividades, con cada cifra rastreable."""

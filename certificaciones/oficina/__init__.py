"""Las pantallas de quien solicita, coteja y certifica, dentro de la oficina."""

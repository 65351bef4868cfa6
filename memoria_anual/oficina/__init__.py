"""Las pantallas de quien integra la memoria, dentro de la oficina."""

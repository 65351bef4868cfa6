"""Los servicios del catálogo: cada cambio es una función que valida, escribe, deja constancia y avisa."""

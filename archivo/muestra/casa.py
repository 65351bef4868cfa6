"""La institución inventada de la muestra."""

from archivo.salidas import Contacto, Institucion

CASA = Institucion(
    nombre="Alcaldía Ejemplo",
    area="Coordinación de Comunicación Social",
    domicilio="Plaza Mayor 1, Barrio Centro, C. P. 00000, Alcaldía Ejemplo",
    sitio="acervo.ejemplo.mx",
)
CLAVE = "AE"
CONTACTO = Contacto(
    "Jefatura de Información", "Guardia de prensa", "55 0000 0142", "prensa@ejemplo.mx", "lunes a viernes, de 8:00 a 20:00 horas"
)
AVISO = (
    "Se permite reproducir esta publicación, en todo o en parte, siempre que se cite la fuente y no se altere su "
    "contenido. Documento de muestra: la Alcaldía Ejemplo, sus áreas y sus cifras son inventadas."
)
EDITOR = "Coordinación de Comunicación Social"

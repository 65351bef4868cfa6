"""La firma con e.firma: la página que abre la clave en el navegador y las llamadas que hace. Aquí nunca llegan clave ni contraseña.

La página lleva su propia política de contenido, sin código en línea: por eso no usa el marco de Wagtail, que lo trae.
"""

from django.utils.decorators import method_decorator  # noqa: F401

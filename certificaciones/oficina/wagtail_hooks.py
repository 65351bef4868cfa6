"""Las direcciones y el menú de solicitudes, certificaciones, libro y reglas."""

from django.urls import URLPattern, path, re_path
from wagtail import hooks

from archivo.oficina.puerta import poner_en_el_menu, quien_ejerce
from certificaciones.oficina import firma_ganchos as _firma_ganchos  # noqa: F401 - al importarse se registran
from certificaciones.oficina.permisos import CERTIFICAN, COTEJAN, VEN_CERTIFICACIONES
from certificaciones.oficina.reglas import PANTALLAS, ReglaViewSet
from certificaciones.oficina.reglas_de_plazos import PANTALLAS_DE_PLAZOS
from certificaciones.oficina.vistas import certificaciones, cotejo, libro, pagos, preparacion, solicitudes
from certificaciones.solicitudes.puerta import VEN_SOLICITUDES


@hooks.register("register_admin_viewset")
def reglas() -> list[ReglaViewSet]:
    """Facultades, textos, tabuladores, tarifas, UMA, política, calendarios y avisos."""
    return [pantalla() for pantalla in (*PANTALLAS, *PANTALLAS_DE_PLAZOS)]


@hooks.register("register_admin_urls")
def direcciones_de_solicitudes() -> list[URLPattern]:
    """La lista, la captura y lo que se hace con una."""
    una = r"^solicitudes/(?P<folio>SI-\d{4}-\d{4,9})/"
    return [
        path("solicitudes/", solicitudes.lista, name="oficina_solicitudes"),
        path("solicitudes/nueva/", solicitudes.nueva, name="oficina_solicitud_nueva"),
        re_path(rf"{una}$", solicitudes.ver, name="oficina_solicitud"),
        re_path(rf"{una}canasta/$", solicitudes.canasta, name="oficina_solicitud_canasta"),
        re_path(rf"{una}orden/$", pagos.orden, name="oficina_solicitud_orden"),
        re_path(rf"{una}pago/$", pagos.pago, name="oficina_solicitud_pago"),
        re_path(rf"{una}exencion/$", pagos.exencion, name="oficina_solicitud_exencion"),
        re_path(rf"{una}avisos/(?P<pk>\d{{1,18}})/$", pagos.repetir_aviso, name="oficina_solicitud_aviso"),
        re_path(rf"{una}acuse\.pdf$", solicitudes.acuse, name="oficina_solicitud_acuse"),
        re_path(rf"{una}comprobante/$", pagos.comprobante, name="oficina_solicitud_comprobante"),
        re_path(rf"{una}(?P<accion>[a-z_]+)/$", solicitudes.paso, name="oficina_solicitud_paso"),
    ]


UNA = r"^certificaciones/(?P<clave>[0-9a-z]{12})/"
COTEJO = r"^cotejo/(?P<clave>[0-9a-z]{12})/"


@hooks.register("register_admin_urls")
def direcciones_de_certificaciones() -> list[URLPattern]:
    """La lista, la ficha y lo que se hace con una."""
    return [
        path("certificaciones/", certificaciones.lista, name="oficina_certificaciones"),
        path("certificaciones/preparar/", preparacion.nueva, name="oficina_certificacion_preparar"),
        re_path(rf"{UNA}$", certificaciones.ver, name="oficina_certificacion"),
        re_path(rf"{UNA}corregir-datos/$", preparacion.corregir, name="oficina_certificacion_corregir"),
        re_path(rf"{UNA}firma/$", certificaciones.firma, name="oficina_certificacion_firma"),
        re_path(rf"{UNA}expedir/$", certificaciones.expide, name="oficina_certificacion_expedir"),
        re_path(rf"{UNA}ejemplar/$", certificaciones.ejemplar, name="oficina_certificacion_ejemplar"),
        re_path(rf"{UNA}entrega/$", certificaciones.entrega, name="oficina_certificacion_entrega"),
        re_path(rf"{UNA}recibo/$", certificaciones.recibo, name="oficina_certificacion_recibo"),
        re_path(rf"{UNA}acuse\.pdf$", certificaciones.acuse, name="oficina_certificacion_acuse"),
        re_path(rf"{UNA}cancelar/$", certificaciones.cancela, name="oficina_certificacion_cancelar"),
        re_path(rf"{UNA}sustituir/$", certificaciones.sustituye, name="oficina_certificacion_sustituir"),
        re_path(rf"{UNA}paso/(?P<accion>[a-z_]+)/$", certificaciones.paso, name="oficina_certificacion_paso"),
        re_path(
            rf"{UNA}(?P<que>copia|borrador|firmado|prueba)/descargar/$",
            certificaciones.archivo,
            name="oficina_certificacion_archivo",
        ),
        re_path(
            rf"{UNA}(?P<que>copia)/(?P<tomo>\d{{1,3}})/descargar/$", certificaciones.archivo, name="oficina_certificacion_tomo"
        ),
    ]


@hooks.register("register_admin_urls")
def direcciones_del_cotejo() -> list[URLPattern]:
    """Lo que espera cotejo y la mesa."""
    imagen = rf"{COTEJO}(?P<de>original|copia)/(?P<foja>\d{{1,6}})-(?P<cara>\d)\.webp$"
    return [
        path("cotejo/", cotejo.lista, name="oficina_cotejos"),
        re_path(rf"{COTEJO}$", cotejo.cotejar, name="oficina_cotejar"),
        re_path(imagen, cotejo.imagen, name="oficina_cotejo_imagen"),
    ]


@hooks.register("register_admin_urls")
def direcciones_del_libro() -> list[URLPattern]:
    """Los libros."""
    return [
        path("libro/", libro.lista, name="oficina_libros"),
        path("libro/<int:pk>/", libro.ver, name="oficina_libro"),
        path("libro/<int:pk>/cerrar/", libro.cerrar, name="oficina_libro_cerrar"),
        path("libro/<int:pk>/acta.pdf", libro.acta, name="oficina_libro_acta"),
        re_path(r"^libro/(?P<pk>\d+)/libro\.(?P<formato>csv|pdf)$", libro.exportar, name="oficina_libro_exportar"),
    ]


poner_en_el_menu("solicitudes", "Solicitudes", "oficina_solicitudes", "mail", quien_ejerce(*VEN_SOLICITUDES))
poner_en_el_menu("cotejo", "Cotejo", "oficina_cotejos", "view", quien_ejerce(*COTEJAN))
poner_en_el_menu("certificaciones", "Certificaciones", "oficina_certificaciones", "doc-full", quien_ejerce(*VEN_CERTIFICACIONES))
poner_en_el_menu("firmar-copias", "Firmar copias", "certificaciones_firma", "key", quien_ejerce(*CERTIFICAN))
poner_en_el_menu(
    "libro-de-certificaciones", "Libro de certificaciones", "oficina_libros", "list-ol", quien_ejerce(*VEN_SOLICITUDES)
)

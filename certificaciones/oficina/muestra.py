"""Lo que el archivo de muestra trae para certificar: quién puede, con qué reglas, un libro abierto y una solicitud por cotejar."""

from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from archivo.archivistica.puerta import Expediente, Integracion
from archivo.identidad.puerta import Area, Usuario, crear_usuario
from certificaciones.actos.puerta import DatosDelActo, LibroCertificacion, abrir_libro, mandar_a_cotejo
from certificaciones.oficina.copias import pedidos_de_la_canasta, preparar_para
from certificaciones.reglas.puerta import (
    Calendario,
    FacultadCertificacion,
    PoliticaDeCertificacion,
    Tabulador,
    cargar_reglas_de_muestra,
)
from certificaciones.solicitudes.puerta import (
    QuienPide,
    Solicitud,
    SolicitudNueva,
    acreditacion_de,
    dar_paso,
    eximir,
    pedido_de,
    quien_pide,
    recibir,
    referencia_de,
)

GENTE = {
    "transparencia": ("unidad_transparencia", "Irene", "Salgado Peña"),
    "cotejo": ("cotejo", "Tomás", "Quiroz Lara"),
    "certificacion": ("certificacion", "Ana Lucía", "Robles Meza"),
}
PREFIJO, PAGINAS_POCAS = "CC", 12


@transaction.atomic
def sembrar(avisar: Callable[[str], None]) -> None:
    """Deja la muestra lista para certificar; si ya hay una solicitud, no toca nada."""
    if Solicitud.objects.exists() or not Expediente.objects.exists():
        return
    avisar("Facultades, libro y una solicitud de copia…")
    cargar_reglas_de_muestra()
    personas = {cuenta: _persona(cuenta, *datos) for cuenta, datos in GENTE.items()}
    _reglas(personas["certificacion"])
    anio = timezone.localdate().year
    if not LibroCertificacion.objects.abiertos().filter(anio=anio, registro=LibroCertificacion.Registro.EXPEDIDAS).exists():
        abrir_libro(anio, PREFIJO, personas["certificacion"])
    _solicitud(personas["transparencia"], personas["certificacion"])


def _persona(cuenta: str, rol: str, nombre: str, apellidos: str) -> Usuario:
    persona = crear_usuario(cuenta, rol)
    if not persona.first_name:
        persona.first_name, persona.last_name = nombre, apellidos
        persona.save(update_fields=["first_name", "last_name"])
    return persona


def _reglas(certificadora: Usuario) -> None:
    """Una política con el tabulador federal y una facultad sobre las áreas que tienen expedientes, señaladas de muestra."""
    inicio = timezone.localdate().replace(month=1, day=1)
    if not PoliticaDeCertificacion.objects.exists():
        tabulador = Tabulador.objects.filter(clave="LFD-2025").first()
        calendario = Calendario.objects.filter(clave="LFT-74").first()
        PoliticaDeCertificacion.objects.create(vigente_desde=inicio, tabulador=tabulador, calendario=calendario, es_muestra=True)
    if not FacultadCertificacion.objects.exists():
        facultad = FacultadCertificacion.objects.create(
            persona=certificadora,
            cargo="Directora de Información y Difusión",
            fundamento="el artículo 15, fracción XV, del Reglamento Interior de muestra",
            documento_soporte="Nombramiento de muestra CCS/01",
            vigente_desde=inicio,
            es_muestra=True,
        )
        facultad.areas.set(Area.objects.filter(pk__in=Expediente.objects.values("area_id")))


def _por_copiar() -> Integracion | None:
    """Un documento público de pocas páginas que obra en un expediente, de preferencia con archivo."""
    integradas = Integracion.objects.vigentes().filter(item__acceso_efectivo="publico").select_related("item").order_by("id")
    con_archivo = integradas.filter(item__adjuntos__objeto__paginas__range=(2, PAGINAS_POCAS)).first()
    return con_archivo or integradas.first()


def _solicitud(ut: Usuario, certificadora: Usuario) -> None:
    """Un oficio de un juzgado, exento, con su copia en espera de cotejo."""
    integracion = _por_copiar()
    if integracion is None:
        return
    nueva = Solicitud(
        tipo=Solicitud.Tipo.REQUERIMIENTO,
        medio=Solicitud.Medio.OFICINA,
        autoridad="Juzgado Segundo de lo Civil de Ejemplo",
        referencia="oficio 1234/2026 del Juzgado Segundo de lo Civil",
        finalidad="exhibirla en el juicio ordinario 55/2026",
        prioritaria=True,
    )
    solicitud = recibir(SolicitudNueva(nueva, QuienPide("Secretaría de Acuerdos"), [pedido_de(integracion.item)]), ut).solicitud
    dar_paso(solicitud, "localizar", ut)
    eximir(solicitud, "autoridad", "petición oficial de autoridad judicial (LFD, art. 5)", ut)
    acreditacion = acreditacion_de(solicitud)
    datos = DatosDelActo(
        peticionario=quien_pide(solicitud),
        a_autoridad=True,
        referencia=referencia_de(solicitud),
        finalidad=solicitud.finalidad,
        derechos=acreditacion.frase if acreditacion else "",
        pago_acreditado=acreditacion is not None,
        elaboro="ISP",
        certificador=certificadora,
    )
    certificacion = preparar_para(solicitud, pedidos_de_la_canasta(solicitud), datos, ut)
    mandar_a_cotejo(certificacion, ut)

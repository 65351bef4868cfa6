"""Las memorias del archivo de muestra: la de 2025, publicada, y la de 2026, que se está integrando."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from archivo.catalogo.puerta import Item
from archivo.identidad.puerta import Area, Usuario
from memoria_anual.cortes.puerta import cortar
from memoria_anual.edicion.puerta import (
    LoAportado,
    Memoria,
    MemoriaNueva,
    abrir_memoria,
    ajustar_cifra,
    capturar_aportacion,
    dar_paso,
    en_lista,
    guardar_capitulo,
    mover_aportacion,
    pedir_aportaciones,
    poner_corte,
    publicar,
    quitar_capitulo,
)
from memoria_anual.indicadores.puerta import leer_periodo, programar

PUBLICADA, EN_CURSO = "2025", "2026"
SE_QUEDAN = ("Presentación", "Objetivos", "Información", "Publicaciones", "Archivo", "Actividades", "Resultados", "Anexos")
"""Los capítulos de 2025: de lo demás la muestra no tiene registro ese año, y un capítulo de ceros no dice nada."""
METAS = {"BOL": (20, 24, 22, 20), "PUB": (5, 4, 4, 3), "VES": (1, 2, 1, 1)}
CONVOCADAS: dict[str, LoAportado | None] = {
    "DGSU": LoAportado(
        "Ciudad limpia y sin encharcamientos",
        "Desazolvar 1,500 coladeras antes de las lluvias",
        "Se desazolvaron coladeras en las zonas bajas y se retiró el azolve antes de la temporada.\n\n"
        "Quince cuadrillas atendieron el operativo de lluvias.",
        ("boletin-2025-015", "boletin-2025-020", "boletin-2025-042"),
    ),
    "DMA": LoAportado(
        "Arbolado y agua de lluvia",
        "Sembrar 3,000 árboles nativos",
        "Se sembraron árboles nativos en dos jornadas y 22 planteles instalaron sistemas de captación de lluvia.",
        ("boletin-2025-004", "boletin-2025-007", "boletin-2025-028"),
    ),
    "DED": LoAportado(
        "Becas y bibliotecas", "Abrir 460 lugares de beca", "Se publicaron las listas de becas y reabrió una biblioteca pública."
    ),
    "DMOV": None,
}
PRESENTACION = (
    "<p>Al {{corte}}, el archivo de la Alcaldía cuenta <b>{{cifra:BOL}}</b> boletines y comunicados emitidos en 2025, "
    "{{cifra:BOL:variacion}} que un año antes, y <b>{{cifra:PUB}}</b> publicaciones oficiales. Cada número de esta memoria abre la "
    "lista de lo que cuenta.</p><p>Lo que no tiene registro no se inventa: donde no hay dato se lee «n/a», y lo que se corrigió a mano "
    "lo dice al pie.</p>"
)
HECHOS = ("boletin-2025-001", "boletin-2025-016", "boletin-2025-025", "boletin-2025-041")
PLAZO = timedelta(days=21)
GENTE = {"redaccion": ("Emilio", "Fuentes Rivas"), "titular": ("Laura Beatriz", "Cárdenas Ochoa")}


def sembrar(avisar: Callable[[str], None]) -> None:
    """Publica la de 2025 y deja la de 2026 pidiendo aportaciones. Si se interrumpió al publicar, sigue desde ahí."""
    personas = {u.username: u for u in Usuario.objects.filter(username__in=GENTE)}
    if len(personas) < len(GENTE) or not Item.objects.filter(fecha__year=PUBLICADA, estado="publicado").exists():
        return
    avisar("La memoria de 2025…")
    for cuenta, persona in personas.items():
        if not persona.first_name:
            persona.first_name, persona.last_name = GENTE[cuenta]
            persona.save(update_fields=["first_name", "last_name"])
    redaccion, titular = personas["redaccion"], personas["titular"]
    memoria = Memoria.objects.filter(periodo=PUBLICADA).first() or _autorizada(redaccion, titular)
    if memoria.estado == "autorizada":
        publicar(memoria, titular)
    if not Memoria.objects.filter(periodo=EN_CURSO).exists():
        _en_curso(redaccion)


@transaction.atomic
def _autorizada(redaccion: Usuario, titular: Usuario) -> Memoria:
    for clave, partes in METAS.items():
        for n, meta in enumerate(partes, 1):
            programar(clave, (int(PUBLICADA), n), Decimal(meta), None)
    cortar(leer_periodo(PUBLICADA).anterior)
    memoria = _abierta(PUBLICADA, redaccion)
    poner_corte(memoria, redaccion, cortar(memoria.como_periodo))
    for capitulo in memoria.capitulos.all():
        if not capitulo.titulo.startswith(SE_QUEDAN):
            quitar_capitulo(memoria, redaccion, capitulo)
    for empieza, bloques in _lo_escrito().items():
        capitulo = memoria.capitulos.get(titulo__startswith=empieza)
        capitulo.cuerpo = [*bloques, *capitulo.cuerpo.get_prep_value()]
        guardar_capitulo(memoria, redaccion, capitulo)
    _aportan(memoria, redaccion)
    razon = "Dos entrevistas de radio de octubre, que constan en la bitácora de prensa y no se capturaron como acto."
    ajustar_cifra(memoria, redaccion, "ENT", Decimal(2), razon)
    dar_paso(memoria, redaccion, "enviar_a_revision")
    return dar_paso(memoria, titular, "autorizar")


def _abierta(periodo: str, redaccion: Usuario) -> Memoria:
    memoria = abrir_memoria(MemoriaNueva(leer_periodo(periodo), area=Area.objects.filter(clave="CCS").first()), redaccion)
    dar_paso(memoria, redaccion, "integrar")
    return dar_paso(memoria, redaccion, "editar") if periodo == PUBLICADA else memoria


def _parrafos(*textos: str) -> list[dict[str, Any]]:
    return [{"type": "parrafo", "value": {"texto": texto, "revisado": True}} for texto in textos]


def _lo_escrito() -> dict[str, list[dict[str, Any]]]:
    """Los bloques que van antes de los que trae cada capítulo, por cómo empieza su título."""
    por_area = {"clave": "BOL", "por": "area", "titulo": "Boletines, por el área que informa"}
    cita = {"texto": "Informar es dejar constancia: lo que no se puede consultar después, no se dijo.", "quien": "", "cargo": ""}
    piezas = _de_la_muestra(HECHOS)
    hechos = [{"fecha": i.fecha.isoformat(), "titulo": i.titulo, "texto": "", "elemento": i.clave} for i in piezas if i.fecha]
    cronologia = {"titulo": "Cuatro momentos del año", "hechos": en_lista(hechos)}
    pozo = [
        {"type": "destacado", "value": {"elemento": i.clave, "texto": "La obra más consultada del año en este archivo."}}
        for i in piezas[-1:]
    ]
    fotos = [{"elemento": i.clave, "pie": "", "credito": "", "alternativa": ""} for i in _de_la_muestra(["cobertura-fototeca-1"])]
    galeria = {"titulo": "De la fototeca", "fotos": en_lista(fotos)}
    return {
        "Presentación": [*_parrafos(PRESENTACION), {"type": "cita", "value": cita}],
        "Objetivos": _parrafos(
            "<p>El programa anual fijó metas de boletines, publicaciones y versiones estenográficas; cómo terminaron se lee en "
            "«Resultados e indicadores».</p>"
        ),
        "Información": [*_parrafos("<p>El archivo registra {{cifra:BOL}} boletines y {{cifra:VES}} versiones estenográficas.</p>"),
                        {"type": "grafica", "value": por_area}, *pozo],
        "Anexos": [{"type": "cronologia", "value": cronologia}, {"type": "galeria", "value": galeria}],
    }  # fmt: skip


def _de_la_muestra(nombres: Sequence[str]) -> list[Item]:
    """Los elementos públicos de la muestra con esos nombres, del más viejo al más nuevo."""
    return list(Item.objects.publicos().filter(id_externo__in=[f"muestra-{n}" for n in nombres]).order_by("fecha", "pk"))


def _aportan(memoria: Memoria, redaccion: Usuario) -> None:
    """Tres dependencias entregan (una, sin prueba) y la cuarta no."""
    areas = {a.clave: a for a in Area.objects.filter(clave__in=CONVOCADAS)}
    for aportacion in pedir_aportaciones(memoria, redaccion, areas.values(), timezone.localdate()):
        escrito = CONVOCADAS[aportacion.area.clave]
        if escrito is None:
            continue
        claves = [i.clave for i in _de_la_muestra(escrito.pruebas)]
        capturar_aportacion(aportacion, redaccion, LoAportado(escrito.linea, escrito.meta, escrito.texto, claves))
        mover_aportacion(aportacion, None, "entregar")
        mover_aportacion(aportacion, redaccion, "aceptar")


def _en_curso(redaccion: Usuario) -> None:
    memoria = _abierta(EN_CURSO, redaccion)
    areas = Area.objects.filter(clave__in=CONVOCADAS)
    pedir_aportaciones(memoria, redaccion, areas, timezone.localdate() + PLAZO)

"""Los diecisiete capítulos con que empieza una memoria (dominio b.4). Son datos de muestra: cada oficina pone los suyos."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from memoria_anual.edicion.models import PlantillaDeCapitulo
from memoria_anual.indicadores.puerta import Indicador, indicadores

A, D, M = "automatico", "aportacion", "manual"
CAPITULOS: tuple[tuple[str, str, str], ...] = (
    ("Presentación", M, "Qué hizo la institución en el periodo y cómo lo contó."),
    ("Marco jurídico y estructura", M, "Con qué facultades y con qué áreas."),
    ("Objetivos y programa anual", M, "Lo que se programó."),
    ("Información y prensa", A, "Boletines, entrevistas, ruedas de prensa y coberturas."),
    ("Monitoreo y síntesis", A, "Lo que dijeron los medios."),
    ("Comunicación digital", A, "Portal, redes y transmisiones."),
    ("Producción audiovisual", A, "Fotografía y video."),
    ("Diseño e imagen institucional", A, "Lo que se diseñó y se imprimió."),
    ("Campañas", A, "Mensajes con objetivo, periodo y medios."),
    ("Publicaciones oficiales", A, "Lo que se editó."),
    ("Relaciones públicas, invitaciones y eventos", A, "A qué se asistió y qué se organizó."),
    ("Encuestas y estudios", A, "Lo que se preguntó, con su ficha técnica."),
    ("Atención a quejas captadas en medios", A, "Lo que se turnó y lo que se contestó."),
    ("Archivo, transparencia y certificaciones", A, "Expedientes, solicitudes y copias certificadas."),
    ("Actividades por dependencia", D, "Lo que cada dependencia entregó, con lo que lo prueba."),
    ("Resultados e indicadores", A, "Lo logrado frente a lo programado y frente al año anterior."),
    ("Anexos", A, "Cronología, relación de boletines y galería."),
)
DE_APORTACIONES, DE_RESULTADOS, DE_ANEXOS = 15, 16, 17
GRANDES = 9


def asegurar_plantillas() -> None:
    """Las de fábrica, si no hay ninguna."""
    if not PlantillaDeCapitulo.objects.exists():
        PlantillaDeCapitulo.objects.bulk_create(
            PlantillaDeCapitulo(orden=n, titulo=titulo, origen=origen, entradilla=entradilla, es_muestra=True)
            for n, (titulo, origen, entradilla) in enumerate(CAPITULOS, 1)
        )


def cuerpo_para(n: int) -> list[dict[str, Any]]:
    """Los bloques con que empieza el capítulo `n`: las cifras que los indicadores dicen suyas, repartidas por mes o como se pueda."""
    if n == DE_APORTACIONES:
        return [{"type": "aportaciones", "value": {"area": ""}}]
    if n == DE_RESULTADOS:
        return [{"type": "metas", "value": {"titulo": "Resultados frente a las metas"}}]
    if n == DE_ANEXOS:
        return [{"type": "relacion", "value": {"clave": "BOL", "titulo": "Relación de boletines", "maximo": 400}}]
    suyos = [i for i in indicadores() if i.capitulo == n]
    if not suyos:
        return []
    bloques: list[dict[str, Any]] = [{"type": "cifras", "value": {"claves": en_lista([i.clave for i in suyos[:GRANDES]])}}]
    bloques += [{"type": "grafica", "value": {"clave": i.clave, "por": "mes", "titulo": ""}} for i in suyos if _se_dibuja(i)][:2]
    return [
        *bloques,
        {"type": "tabla", "value": {"titulo": "Comparación con el año anterior", "claves": en_lista([i.clave for i in suyos])}},
    ]


def en_lista(valores: Iterable[Any]) -> list[dict[str, Any]]:
    """Los valores de un bloque de lista, como los guarda Wagtail."""
    return [{"type": "item", "value": valor, "id": str(uuid4())} for valor in valores]


def _se_dibuja(indicador: Indicador) -> bool:
    return "mes" in indicador.desgloses and str(indicador.medida) in {"cuenta", "suma"}

"""Un archivo generado con semilla y, aparte, su recuento en Python llano sobre un volcado: no usa ninguna regla del producto."""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection

from archivo.catalogo.puerta import Item, Relacion, SerieDeNumeracion, serie_de
from archivo.identidad.puerta import Area

SERIES = ("boletin", "comunicado", "discurso", "version-estenografica", "conferencia-prensa", "entrevista", "tarjeta-informativa")
ESTADOS = ("borrador", "en_revision", "autorizado", "programado", "publicado", "archivado", "retirado", "cancelado")
PESOS = (2, 1, 2, 1, 20, 8, 1, 2)
EMITIDOS = {"publicado", "archivado"}
FIRMES = EMITIDOS | {"autorizado", "programado"}


def _audiovisual(azar: random.Random) -> dict[str, Any]:
    clase = azar.choice(("video", "spot_tv", "spot_radio", "transmision_en_vivo", "audio", "fotografia", "album_fotografico"))
    if clase in {"fotografia", "album_fotografico"}:
        tomadas = azar.randint(0, 40)
        elegidas = azar.randint(0, tomadas)
        return {"clase": clase, "tomadas": tomadas, "seleccionadas": elegidas, "publicadas": azar.randint(0, elegidas)}
    duracion = f"00:{azar.randint(0, 59):02}:{azar.randint(0, 59):02}"
    return {"clase": clase} | ({"duracion": duracion} if azar.random() < 0.9 else {})


def _campania(azar: random.Random) -> dict[str, Any]:
    desde = date(2023, 10, 1) + timedelta(days=azar.randint(0, 900))
    hasta = {"hasta": (desde + timedelta(days=azar.randint(0, 200))).isoformat()} if azar.random() < 0.8 else {}
    return {"desde": desde.isoformat()} | hasta


_FICHAS: dict[str, Any] = {
    "boletin": lambda a: {},
    "recorte": lambda a: (
        {"tipo_medio": a.choice(("prensa", "radio"))}
        | ({"valoracion": a.choice(("positiva", "informativa", "negativa"))} if a.random() < 0.8 else {})
    ),
    "evento": lambda a: {
        "clase": a.choice(("acto_publico", "entrevista", "rueda_de_prensa", "invitacion")),
        "situacion": a.choice(("cubierto", "cubierto", "programado", "cancelado")),
    },
    "audiovisual": _audiovisual,
    "sintesis": lambda a: {"clase": a.choice(("matutina", "vespertina"))},
    "campania": _campania,
    "impreso": lambda a: (
        {"clase": "cartel"}
        | a.choice(({}, {"fecha_solicitud": "2024-01-01"}, {"fecha_solicitud": "2024-01-01", "fecha_entrega": "2024-02-01"}))
    ),
    "publicacion": lambda a: {"clase": a.choice(("informe", "gaceta", "encuesta"))},
}


def sembrar(cuantos: int, semilla: int = 7) -> None:
    """Elementos de todos los tipos que se cuentan, con fechas de cuatro años, y sus relaciones."""
    azar = random.Random(semilla)
    areas = [Area.objects.get_or_create(clave=f"G{n}", defaults={"nombre": f"Dirección {n}"})[0] for n in range(3)]
    series: list[SerieDeNumeracion] = [serie_de(c) for c in SERIES]
    items = []
    for n in range(cuantos):
        tipo = azar.choice(tuple(_FICHAS))
        dia = date(2023, 1, 1) + timedelta(days=azar.randint(0, 4 * 365)) if azar.random() < 0.98 else None
        acceso = azar.choice(("publico", "publico", "interno", "reservado"))
        items.append(
            Item(
                tipo=tipo, titulo=f"{tipo} {n}", fecha=dia, fecha_hasta=dia, estado=azar.choices(ESTADOS, PESOS)[0], acceso=acceso,
                acceso_efectivo=acceso, area=azar.choice([*areas, None]), ficha=_FICHAS[tipo](azar),
                serie=azar.choice(series) if tipo == "boletin" else None,
            )
        )  # fmt: skip
    Item.objects.bulk_create(items)
    _relacionar(azar, items)


def _relacionar(azar: random.Random, items: list[Item]) -> None:
    de: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        de[item.tipo].append(item)
    lazos = set()
    for recorte in de["recorte"]:
        if azar.random() < 0.4:
            lazos.add((recorte.pk, azar.choice(de["boletin"]).pk, "cobertura_de"))
        if azar.random() < 0.3:
            lazos.add((recorte.pk, azar.choice(de["recorte"]).pk, "nota_madre"))
    for boletin in de["boletin"]:
        if azar.random() < 0.1:
            lazos.add((boletin.pk, azar.choice(de["boletin"]).pk, "fe_de_erratas_de"))
        if azar.random() < 0.2:
            lazos.add((boletin.pk, azar.choice(de["evento"]).pk, "producido_en"))
    Relacion.objects.bulk_create(Relacion(origen_id=o, destino_id=d, clase=c) for o, d, c in sorted(lazos) if o != d)


def volcado() -> Iterator[str]:
    """El archivo fuera de él: un renglón JSON por elemento y por relación, sacado con SQL llano."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.id, i.tipo, i.estado, i.fecha, i.acceso_efectivo, i.ficha, s.clave FROM catalogo_item i"
            " LEFT JOIN catalogo_seriedenumeracion s ON s.id = i.serie_id"
        )
        for pk, tipo, estado, fecha, acceso, ficha, serie in cursor.fetchall():
            dicha = json.loads(ficha) if isinstance(ficha, str) else ficha
            dia = None if fecha is None else str(fecha)
            yield json.dumps(
                {"pk": pk, "tipo": tipo, "estado": estado, "dia": dia, "acceso": acceso, "ficha": dicha, "serie": serie}
            )
        cursor.execute("SELECT origen_id, destino_id, clase FROM catalogo_relacion")
        for lazo in cursor.fetchall():
            yield json.dumps({"lazo": lazo})


@dataclass(frozen=True)
class Fila:
    """Un elemento, leído del volcado."""

    pk: int
    tipo: str
    estado: str
    dia: str | None
    acceso: str
    ficha: dict[str, Any]
    serie: str | None

    @property
    def fecha(self) -> date | None:
        """Su fecha local."""
        return date.fromisoformat(self.dia) if self.dia else None


class Recuento:
    """Las cifras contadas a mano, recorriendo en Python todos los renglones de un volcado."""

    def __init__(self, desde: date, hasta: date) -> None:
        self.desde, self.hasta = desde, hasta
        dichos = [json.loads(renglon) for renglon in volcado()]
        self.todos = [Fila(**d) for d in dichos if "lazo" not in d]
        self.por_pk = {i.pk: i for i in self.todos}
        self.lazos = [tuple(d["lazo"]) for d in dichos if "lazo" in d]
        self.erratas = {o for o, _, c in self.lazos if c == "fe_de_erratas_de"}

    def _en(self, tipo: str, estados: set[str], **ficha: Any) -> list[Fila]:
        return [
            i
            for i in self.todos
            if i.tipo == tipo and i.estado in estados and i.fecha and self.desde <= i.fecha <= self.hasta
            and all(i.ficha.get(c) == v for c, v in ficha.items())
        ]  # fmt: skip

    def boletines(self) -> list[Fila]:
        return [i for i in self._en("boletin", EMITIDOS) if i.serie in {"boletin", "comunicado"} and i.pk not in self.erratas]

    def con_impacto(self) -> int:
        cubiertos = {d for o, d, c in self.lazos if c == "cobertura_de" and self.por_pk[o].estado in EMITIDOS}
        return sum(1 for i in self.boletines() if i.pk in cubiertos)

    def entrevistas(self) -> int:
        def es(i: Fila) -> bool:
            f = i.ficha
            return i.estado in FIRMES and f.get("situacion") == "cubierto" and f.get("clase") in {"entrevista", "rueda_de_prensa"}

        de_evento = {o for o, d, c in self.lazos if c == "producido_en" and es(self.por_pk[d])}
        transcritas = [i for i in self._en("boletin", EMITIDOS) if i.serie == "entrevista" and i.pk not in de_evento]
        return len(transcritas) + sum(1 for i in self._en("evento", FIRMES) if es(i))

    def notas_unicas(self) -> int:
        grupo = {i.pk: {i.pk} for i in self.todos}
        for o, d, c in self.lazos:
            if c == "nota_madre" and grupo[o] is not grupo[d]:
                grupo[o] |= grupo[d]
                for pk in grupo[d]:
                    grupo[pk] = grupo[o]
        cuenta = 0
        for i in self._en("recorte", EMITIDOS):
            suyos = [self.por_pk[p] for p in grupo[i.pk]]
            contables = [(s.fecha, s.pk) for s in suyos if s.estado in EMITIDOS and s.fecha]
            cuenta += min(contables) == (i.fecha, i.pk)
        return cuenta

    def valoraciones(self) -> Counter[str]:
        return Counter(i.ficha["valoracion"] for i in self._en("recorte", EMITIDOS) if "valoracion" in i.ficha)

    def fotos(self, que: str) -> int:
        suyas = [
            i
            for i in self._en("audiovisual", set(ESTADOS) - {"cancelado"})
            if i.ficha["clase"] in {"fotografia", "album_fotografico"}
        ]
        if que == "publicadas":
            suyas = [i for i in suyas if i.estado in EMITIDOS and i.acceso == "publico"]
        return sum(i.ficha[que] for i in suyas)

    def videos(self) -> list[Fila]:
        return [i for i in self._en("audiovisual", FIRMES) if i.ficha["clase"] in {"video", "spot_tv", "spot_radio"}]

    def segundos(self) -> int:
        partes = [i.ficha["duracion"].split(":") for i in self.videos() if "duracion" in i.ficha]
        return sum(int(h) * 3600 + int(m) * 60 + int(s) for h, m, s in partes)

    def campanias(self) -> int:
        suyas = [i for i in self.todos if i.tipo == "campania" and i.estado in FIRMES]
        return sum(
            1
            for i in suyas
            if date.fromisoformat(i.ficha["desde"]) <= self.hasta
            and ("hasta" not in i.ficha or date.fromisoformat(i.ficha["hasta"]) >= self.desde)
        )

    def disenios(self) -> int:
        return sum(1 for i in self._en("impreso", FIRMES) if "fecha_solicitud" not in i.ficha or "fecha_entrega" in i.ficha)

    def de_serie(self, serie: str) -> int:
        return sum(1 for i in self._en("boletin", EMITIDOS) if i.serie == serie)

    def cuentas(self) -> dict[str, int]:
        """Lo que debe valer cada indicador que cuenta."""
        publicaciones = self._en("publicacion", EMITIDOS)
        encuestas = [i for i in publicaciones if i.ficha["clase"] == "encuesta"]
        cubiertos = self._en("evento", FIRMES, situacion="cubierto")
        return {
            "BOL": len(self.boletines()),
            "FER": sum(1 for i in self._en("boletin", EMITIDOS) if i.pk in self.erratas),
            "DSC": self.de_serie("discurso"),
            "VES": self.de_serie("version-estenografica"),
            "CON": self.de_serie("conferencia-prensa"),
            "COB": len(cubiertos),
            "ENT": self.entrevistas(),
            "INV": sum(1 for i in cubiertos if i.ficha["clase"] == "invitacion"),
            "FOT-T": self.fotos("tomadas"),
            "FOT-S": self.fotos("seleccionadas"),
            "FOT-P": self.fotos("publicadas"),
            "VID": len(self.videos()),
            "LIV": len(self._en("audiovisual", FIRMES, clase="transmision_en_vivo")),
            "SIN": len(self._en("sintesis", EMITIDOS)),
            "NOT": len(self._en("recorte", EMITIDOS)),
            "NOT-U": self.notas_unicas(),
            "CAM": self.campanias(),
            "DIS": self.disenios(),
            "PUB": len(publicaciones) - len(encuestas),
            "ENC": len(encuestas),
        }

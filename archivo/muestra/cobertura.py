"""Lo que rodea a los boletines de la muestra: el acto, sus fotografías, las notas de los medios, las síntesis y las campañas."""

import io
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone

from archivo.catalogo.puerta import (
    AdjuntoNuevo,
    Edicion,
    Item,
    RelacionNueva,
    a_texto,
    adjuntar,
    guardar,
    leer_fecha,
    proponer_autoridad,
    relacionar,
    tipo_de,
    transitar,
)
from archivo.identidad.puerta import Area, Usuario
from archivo.objetos.puerta import guardar as guardar_objeto

from .dibujos import ESCENAS, describir, dibujar

BOLETINES = 8
SINTESIS = 4
_CREDITO = "Comunicación Social, Alcaldía Ejemplo"
_SECCION_DE = {"prensa": "institucional", "radio": "radio_y_television", "television": "radio_y_television", "digital": "digital"}


@cache
def guion() -> dict[str, Any]:
    """Los medios, las campañas y los documentos inventados."""
    return tomllib.loads((Path(__file__).parent / "relatos" / "cobertura.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Elenco:
    """Quien redacta y quien autoriza: personas distintas, como manda el ciclo."""

    redaccion: Usuario
    titular: Usuario


@dataclass(frozen=True, slots=True)
class _Pieza:
    """Un elemento por dar de alta."""

    tipo: str
    clave: str
    titulo: str
    dia: date
    ficha: dict[str, Any]
    texto: str = ""
    resumen: str = ""
    acceso: str = "publico"
    lugar: str = ""
    temas: tuple[str, ...] = ()
    medio: str = ""
    autor: str = ""


class Cobertura:
    """Siembra lo que rodea a los boletines. Se puede repetir: lo que ya está no se duplica."""

    def __init__(self, elenco: Elenco) -> None:
        self.elenco = elenco
        self.area = Area.objects.filter(clave="CCS").first()
        claves = Item.objects.filter(id_externo__startswith="muestra-cobertura-").values_list("id_externo", flat=True)
        self.ya_estan = set(claves)
        self.altas = 0

    def sembrar(self) -> int:
        """Da de alta todo y devuelve cuántos elementos son nuevos."""
        campanias = [self._campania(n, dato) for n, dato in enumerate(guion()["campania"], 1)]
        notas = [nota for n, boletin in enumerate(self._boletines(), 1) for nota in self._cubrir(n, boletin)]
        for n in range(SINTESIS):
            self._sintesis(n, notas[n * 5 : n * 5 + 5])
        for n, dato in enumerate(guion()["documento"], 1):
            pieza = _Pieza(
                "documento",
                f"documento-{n}",
                dato["titulo"],
                date.fromisoformat(dato["dia"]),
                dato["ficha"],
                dato["texto"],
                acceso="interno",
            )
            self._alta(pieza)
        self._fototeca()
        return self.altas if campanias else 0

    def _boletines(self) -> list[Item]:
        de_2026 = tipo_de("boletin").modelo._default_manager.filter(
            id_externo__startswith="muestra-boletin-2026", acceso="publico"
        )
        return list(de_2026.publicos().select_related("cuerpo").order_by("-fecha", "-pk")[:BOLETINES])

    def _alta(self, pieza: _Pieza, *, publica: bool = True) -> Item | None:
        """El elemento nuevo, ya en su estado; None si ya estaba."""
        clave = f"muestra-cobertura-{pieza.clave}"
        if clave in self.ya_estan:
            return None
        tipo = tipo_de(pieza.tipo)
        item = tipo.modelo(titulo=pieza.titulo[:300], resumen=pieza.resumen, autor=pieza.autor, lugar=pieza.lugar, area=self.area)
        item.ficha, item.acceso, item.id_externo, item.fuente = dict(pieza.ficha), pieza.acceso, clave, "Muestra generada"
        item.fecha_parcial = leer_fecha(pieza.dia.isoformat())
        item.medio = proponer_autoridad("medio", pieza.medio) if pieza.medio else None
        guardar(item, Edicion(actor=self.elenco.redaccion, texto=pieza.texto or None, temas=list(pieza.temas)))
        self.altas += 1
        if publica:
            self._publicar(item)
        return item

    def _publicar(self, item: Item) -> None:
        directo = tipo_de(item.tipo).directo
        pasos = ("incorporar",) if directo else ("enviar_a_revision", "autorizar", "publicar")
        for paso in pasos:
            quien = self.elenco.redaccion if paso in {"incorporar", "enviar_a_revision"} else self.elenco.titular
            transitar(item, paso, quien)

    def _unir(self, origen: Item | None, destino: Item | None, clase: str, **situacion: Any) -> None:
        if origen is not None and destino is not None:
            relacionar(origen, RelacionNueva(destino, clase, **situacion), self.elenco.redaccion)

    def _foto(self, item: Item | None, escena: str, semilla: int, pie: str) -> None:
        if item is None:
            return
        objeto = guardar_objeto(io.BytesIO(dibujar(escena, semilla)), mime="image/jpeg", paginas=1)
        nueva = AdjuntoNuevo(
            objeto, f"{escena}-{semilla}.jpg", rol="fotografia", pie=pie, credito=_CREDITO, alternativa=f"{describir(escena)}."
        )
        adjuntar(item, nueva, self.elenco.redaccion)

    def _cubrir(self, n: int, boletin: Item) -> list[Item]:
        """El acto de un boletín, su álbum y las notas que lo publicaron."""
        dia = boletin.fecha or timezone.localdate()
        inicio = f"{dia.isoformat()}T{9 + n % 8:02d}:30"
        evento = self._alta(
            _Pieza(
                "evento", f"evento-{n}", f"Acto: {boletin.titulo}", dia,
                {
                    "clase": "rueda_de_prensa" if n % 3 == 0 else "acto_publico", "situacion": "cubierto", "inicio": inicio,
                    "fin": f"{inicio[:11]}{10 + n % 8:02d}:45", "tipo_acceso": "abierto",
                    "presidium": ["Titular de la Alcaldía", "Titular del área responsable", "Representación vecinal"],
                    "coberturas": ["Área de fotografía: fotografía", "Área de audiovisual: video", "Redacción: boletín"],
                    "medios_invitados": [m["nombre"] for m in guion()["medio"]], "asistentes": 4 + n % 3,
                },
                resumen=boletin.resumen, lugar=boletin.lugar, temas=tuple(t.nombre for t in boletin.temas.all()),
            )
        )  # fmt: skip
        self._unir(boletin, evento, "producido_en")
        self._album(n, boletin, evento)
        return self._notas(n, boletin, evento)

    def _album(self, n: int, boletin: Item, evento: Item | None) -> None:
        if evento is None:
            return
        escenas = sorted(ESCENAS)
        tomadas = 90 + n * 17
        pie = f"Aspecto del acto: {boletin.titulo[0].lower()}{boletin.titulo[1:]}."
        album = self._alta(
            _Pieza(
                "audiovisual", f"album-{n}", f"Álbum: {boletin.titulo}", boletin.fecha or timezone.localdate(),
                {
                    "clase": "album_fotografico", "autor_captura": "Área de fotografía", "credito": _CREDITO, "pie": pie, "formato_fisico": "digital",
                    "es_seleccion": True, "tomadas": tomadas, "seleccionadas": tomadas // 7, "publicadas": 3,
                },
                lugar=boletin.lugar, temas=tuple(t.nombre for t in boletin.temas.all()),
            ),
            publica=False,
        )  # fmt: skip
        if album is None:
            return
        for toma in range(3):
            escena = escenas[(n * 3 + toma) % len(escenas)]
            self._foto(album, escena, 7000 + n * 10 + toma, f"{pie[:-1]}, toma {toma + 1}.")
        self._publicar(album)
        self._unir(album, evento, "producido_en")

    def _notas(self, n: int, boletin: Item, evento: Item | None) -> list[Item]:
        balazos = boletin.ficha.get("balazos") or [boletin.titulo]
        medios = guion()["medio"]
        hechas: list[Item] = []
        for k in range(3 + n % 3):
            dato = medios[(n + k) % len(medios)]
            nota = self._alta(self._nota(f"nota-{n}-{k}", dato, boletin, balazos[k % len(balazos)]))
            self._unir(nota, boletin, "cobertura_de")
            self._unir(nota, evento, "producido_en")
            if nota is not None:
                hechas.append(nota)
        for replica in hechas[2:4]:
            self._unir(replica, hechas[1], "nota_madre")
        return hechas

    def _nota(self, clave: str, dato: dict[str, Any], boletin: Item, balazo: str) -> _Pieza:
        minuscula = f"{balazo[0].lower()}{balazo[1:]}".rstrip(".")
        huecos = {"titulo": boletin.titulo, "balazo": balazo, "minuscula": minuscula, "folio": boletin.folio}
        entrada, ficha = dato["entrada"].format(**huecos), dict(dato["ficha"])
        dia = (boletin.fecha or timezone.localdate()) + timedelta(days=1)
        parrafos = a_texto(boletin.cuerpo.html).split("\n\n") if hasattr(boletin, "cuerpo") else []
        if "transcripcion_estado" in ficha:
            ficha["transcripcion"], texto = entrada, ""
        else:
            texto = "\n\n".join([entrada, *parrafos[1:3]])
        if ficha["tipo_medio"] == "digital":
            ficha["fecha_captura"] = dia.isoformat()
        return _Pieza(
            "recorte", clave, dato["titulo"].format(**huecos), dia, ficha, texto, f"Retoma el boletín {boletin.folio}: {minuscula}.",
            "restringido_derechos", boletin.lugar, tuple(t.nombre for t in boletin.temas.all()), dato["nombre"], dato["firma"],
        )  # fmt: skip

    def _sintesis(self, n: int, notas: list[Item]) -> None:
        """La síntesis matutina de un día; una de ellas, sin menciones."""
        dia = date(2026, 11, 20) - timedelta(days=n)
        ficha: dict[str, Any] = {
            "clase": "matutina", "edicion": 1, "elabora": "Unidad de Monitoreo", "revisa": "Jefatura de Información", "hora_corte": "07:00",
            "hora_envio": "08:30",
        }  # fmt: skip
        if not notas:
            ficha["sin_menciones"] = True
        titulo = f"Síntesis informativa matutina del {dia:%d/%m/%Y}"
        sintesis = self._alta(_Pieza("sintesis", f"sintesis-{dia}", titulo, dia, ficha), publica=False)
        for orden, nota in enumerate(notas):
            grupo = (
                "ocho_columnas"
                if nota.ficha.get("plana") == "primera_plana"
                else _SECCION_DE.get(nota.ficha["tipo_medio"], "informacion_general")
            )
            self._unir(
                sintesis, nota, "incluye", grupo=grupo, orden=orden, datos={"destacada": bool(nota.ficha.get("relevante"))}
            )
        if sintesis is not None:
            self._publicar(sintesis)

    def _campania(self, n: int, dato: dict[str, Any]) -> Item | None:
        ficha = {
            c: dato[c]
            for c in ("objetivo", "poblacion", "desde", "hasta", "medios", "excepcion_veda", "otorga_subsidio")
            if dato[c]
        }
        dia = date.fromisoformat(dato["desde"])
        campania = self._alta(_Pieza("campania", f"campania-{n}", dato["titulo"], dia, ficha, resumen=dato["objetivo"]))
        for k, titulo in enumerate(dato["carteles"], 1):
            self._cartel(f"cartel-{n}-{k}", titulo, campania, dato)
        return campania

    def _cartel(self, clave: str, titulo: str, campania: Item | None, dato: dict[str, Any]) -> None:
        if campania is None:
            return
        entrega = date.fromisoformat(dato["desde"])
        ficha = {
            "clase": "cartel", "ancho": "60", "alto": "90", "unidad": "cm", "tiraje": 1500, "disenador": "Área de diseño",
            "folio_solicitud": f"DIS/{entrega:%m}{entrega:%d}/2026", "fecha_solicitud": (entrega - timedelta(days=12)).isoformat(),
            "fecha_entrega": entrega.isoformat(), "manual_identidad": "Manual de identidad 2024", "ejemplares_conservados": 5,
            "deposito_obligado": True, "deposito_entregado": (entrega + timedelta(days=20)).isoformat(),
        }  # fmt: skip
        if dato["otorga_subsidio"]:
            ficha["leyenda_programa_social"] = True
        cartel = self._alta(_Pieza("impreso", clave, titulo, entrega, ficha, resumen=dato["objetivo"]), publica=False)
        if cartel is None:
            return
        self._foto(cartel, dato["escena"], 8100 + len(titulo), f"Ilustración del cartel «{titulo}».")
        self._unir(cartel, campania, "de_campania")
        self._publicar(cartel)

    def _fototeca(self) -> None:
        """Una fotografía de otro tiempo: con fecha aproximada, soporte físico y de otra mano."""
        ficha = {
            "clase": "fotografia", "autor_captura": "Autoría desconocida", "pie": "Vecinas y vecinos en la inauguración del kiosco de la plaza.",
            "formato_fisico": "negativo_35", "numero_de_soporte": "N-0231", "conservacion": "regular",
            "digitalizado_de": "Negativo de 35 mm, fondo de la Alcaldía",
        }  # fmt: skip
        pieza = _Pieza(
            "audiovisual",
            "fototeca-1",
            "Inauguración del kiosco de la plaza mayor",
            date(1981, 9, 15),
            ficha,
            lugar="Barrio Centro",
        )
        foto = self._alta(pieza, publica=False)
        if foto is not None:
            foto.fecha_parcial, foto.soporte = leer_fecha("1981~"), "fotografico"
            guardar(foto, Edicion(actor=self.elenco.redaccion, motivo="La fecha es aproximada."))
            self._foto(foto, "kiosco", 1981, ficha["pie"])
            self._publicar(foto)

"""Llevar un instrumento leído al archivo: su cuadro, sus expedientes, sus documentos y las autoridades que nombra."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import batched
from typing import Any

from django.utils import timezone

from archivo.archivistica.puerta import Expediente, NivelClasificacion, recibidos
from archivo.catalogo.puerta import ItemDeLote, actualizar_lote, combinar, crear_lote, fijar_menciones_de_lote, tipo_de
from archivo.identidad.puerta import Area
from archivo.ingesta.intercambio.campos import (
    acceso_de,
    campos_de_clase,
    campos_de_expediente,
    campos_de_item,
    ficha_de,
    huella_de,
    tipo_documental,
)
from archivo.ingesta.intercambio.jerarquia import recorrer
from archivo.ingesta.intercambio.niveles import DE_CLASE, EXPEDIENTE
from archivo.ingesta.intercambio.nombrados import Nombrados
from archivo.ingesta.intercambio.opciones import Opciones
from archivo.ingesta.intercambio.unidad import Instrumento, Unidad
from archivo.ingesta.models import InstrumentoRecibido, UnidadRecibida

LOTE = 500
TIPO = "documento"
_NO_RETROCEDEN = {"autorizado", "programado", "publicado", "archivado", "retirado", "incorporado"}


@dataclass
class Puesta:
    """Una unidad del instrumento junto a lo que es, o será, aquí."""

    unidad: Unidad
    madre: "Puesta | None"
    orden: int
    acceso: str
    fila: UnidadRecibida
    resultado: str
    lugar: tuple[int, ...] = ()
    claves_de_hijas: set[str] = field(default_factory=set)

    @property
    def cosa(self) -> Any:
        """La clase, el expediente o el elemento."""
        return self.fila.nivel or self.fila.expediente or self.fila.item

    def clase(self) -> NivelClasificacion:
        """La clase del cuadro más cercana, hacia arriba."""
        puesta: Puesta | None = self
        while puesta is not None and puesta.fila.nivel is None:
            puesta = puesta.madre
        if puesta is None or puesta.fila.nivel is None:
            raise ValueError(f"«{self.unidad.id}» no está en ninguna clase.")
        return puesta.fila.nivel


class Destino:
    """Escribe un instrumento. Se usa dentro de una transacción; `puestas` dice qué fue de cada unidad."""

    def __init__(self, instrumento: Instrumento, opciones: Opciones, area: Area) -> None:
        self.instrumento = instrumento
        self.opciones = opciones
        self.area = area
        self.motivo = f"Importado de {instrumento.fuente}"
        self.recibido = self._recibido()
        self.puestas: list[Puesta] = []

    def escribir(self) -> InstrumentoRecibido:
        """Todo el instrumento, de la raíz a las hojas."""
        self._poner()
        nombrados = Nombrados(p.unidad for p in self.puestas if p.resultado != "sin_cambio")
        nombrados.proponer(self.opciones.actor)
        self._clases()
        self._expedientes()
        self._elementos(nombrados)
        self._integrar()
        self._recordar()
        return self.recibido

    def _recibido(self) -> InstrumentoRecibido:
        datos = self.instrumento
        previo = InstrumentoRecibido.objects.select_for_update(of=("self",)).filter(fuente=datos.fuente).first()
        cabecera = datos.cabecera
        if previo is not None:
            previo.cabecera, previo.formato = cabecera, datos.formato
            previo.save()
            return previo
        cuadro = recibidos.recibir_cuadro(cabecera.get("titulo") or datos.fuente, cabecera.get("editor", ""))
        return InstrumentoRecibido.objects.create(fuente=datos.fuente, formato=datos.formato, cuadro=cuadro, cabecera=cabecera)

    def _poner(self) -> None:
        """Empareja cada unidad con lo que ya llegó antes con el mismo identificador."""
        previas = {u.id_externo: u for u in self.recibido.unidades.select_related("nivel", "expediente", "item")}
        por_id: dict[str, Puesta] = {}
        hermanas: dict[str, int] = {}
        for orden, unidad in enumerate(recorrer(self.instrumento.raices), 1):
            madre = por_id.get(unidad.madre)
            hermanas[unidad.madre] = hermanas.get(unidad.madre, 0) + 1
            acceso = acceso_de(unidad, madre.acceso if madre else self.opciones.acceso)
            huella = huella_de(unidad, acceso, orden)
            fila = previas.get(unidad.id) or UnidadRecibida(instrumento=self.recibido, id_externo=unidad.id)
            igual = fila.pk is not None and fila.huella == huella
            resultado = "creada" if fila.pk is None else "sin_cambio" if igual else "actualizada"
            fila.huella, fila.orden, fila.acceso, fila.recibido = huella, orden, acceso, unidad.como_dict()
            puesta = Puesta(
                unidad, madre, orden, acceso, fila, resultado, (*(madre.lugar if madre else ()), hermanas[unidad.madre])
            )
            por_id[unidad.id] = puesta
            self.puestas.append(puesta)

    def _clases(self) -> None:
        """Por profundidad: cada clase necesita la llave de la que la contiene. Con una nueva se recalculan todos los códigos."""
        clases = [p for p in self.puestas if p.unidad.nivel in DE_CLASE]
        raiz_usadas: set[str] = set()
        for profundidad in range(1, max((len(p.lugar) for p in clases), default=0) + 1):
            de_aqui = [p for p in clases if len(p.lugar) == profundidad]
            nuevas: list[Puesta] = []
            cambiadas: list[Puesta] = []
            for puesta in de_aqui:
                usadas = puesta.madre.claves_de_hijas if puesta.madre else raiz_usadas
                if self._componer(puesta, usadas):
                    (cambiadas if puesta.fila.nivel_id else nuevas).append(puesta)
            recibidos.guardar_clases([p.clase() for p in nuevas], [p.clase() for p in cambiadas])

    def _componer(self, puesta: Puesta, usadas: set[str]) -> bool:
        """Pone en la clase lo que trae su unidad; dice si cambió."""
        nivel = puesta.fila.nivel or NivelClasificacion(cuadro=self.recibido.cuadro)
        antes = (nivel.pk, nivel.codigo, nivel.orden, nivel.padre_id)
        for campo, valor in campos_de_clase(puesta.unidad).items():
            setattr(nivel, campo, valor)
        nivel.padre = puesta.madre.fila.nivel if puesta.madre else None
        nivel.clave = recibidos.clave_libre(_ultima(puesta.unidad.codigo, puesta.madre), usadas)
        recibidos.colocar(nivel, puesta.lugar)
        puesta.fila.nivel = nivel
        return antes != (nivel.pk, nivel.codigo, nivel.orden, nivel.padre_id) or puesta.resultado != "sin_cambio"

    def _expedientes(self) -> None:
        nuevos: list[Expediente] = []
        cambiados: list[Expediente] = []
        for puesta in self._de(EXPEDIENTE):
            expediente = puesta.fila.expediente or Expediente(area=self.area, codigo=self._codigo(puesta))
            for campo, valor in campos_de_expediente(puesta.unidad, self._apertura(puesta)).items():
                setattr(expediente, campo, valor)
            expediente.serie = puesta.clase()
            expediente.acceso = combinar(puesta.acceso, expediente.acceso if expediente.pk else "")
            (cambiados if expediente.pk else nuevos).append(expediente)
            puesta.fila.expediente = expediente
        if (nuevos or cambiados) and self.opciones.actor is not None:
            recibidos.guardar_expedientes(nuevos, cambiados, self.opciones.actor)

    def _codigo(self, puesta: Puesta) -> str:
        propio = puesta.unidad.codigo or puesta.unidad.id
        return f"R{self.recibido.cuadro_id}/{puesta.clase().codigo}/{propio}"

    def _apertura(self, puesta: Puesta) -> date:
        """Sin fecha propia, la de quien la contiene; si nadie la dice, la de hoy."""
        arriba = puesta.madre
        while arriba is not None:
            desde = campos_de_item(arriba.unidad)["fecha_parcial"].desde
            if desde is not None:
                return desde
            arriba = arriba.madre
        return timezone.localdate()

    def _de(self, nivel: str) -> Iterator[Puesta]:
        return (p for p in self.puestas if p.unidad.nivel == nivel and p.resultado != "sin_cambio")

    def _elementos(self, nombrados: Nombrados) -> None:
        por_guardar = list(self._de(TIPO))
        for lote in batched(por_guardar, LOTE):
            nuevos = [self._elemento(p, nombrados) for p in lote if p.fila.item is None]
            cambiados = [self._elemento(p, nombrados) for p in lote if p.fila.item is not None and p.fila.item.pk]
            if nuevos:
                crear_lote(nuevos, self.opciones.actor, self.motivo)
            if cambiados:
                actualizar_lote(cambiados, self.opciones.actor, self.motivo)
            fijar_menciones_de_lote((p.fila.item.pk, nombrados.menciones(p.unidad)) for p in lote if p.fila.item is not None)

    def _elemento(self, puesta: Puesta, nombrados: Nombrados) -> ItemDeLote:
        tipo = tipo_de(TIPO)
        item = puesta.fila.item or tipo.modelo(tipo=TIPO, id_externo=f"isad:{self.recibido.pk}:{puesta.unidad.id}")
        for campo, valor in campos_de_item(puesta.unidad).items():
            setattr(item, campo, valor)
        item.fuente = str(self.recibido)[:300]
        item.area = item.area or self.area
        item.ficha = ficha_de(puesta.unidad) | item.ficha
        item.acceso = combinar(puesta.acceso, item.acceso if item.pk else "")
        publica = self.opciones.publicar and puesta.unidad.publicacion == "publicada"
        if publica and item.estado not in _NO_RETROCEDEN:
            item.estado = tipo.estado_publico
        if not puesta.unidad.titulo and "titulo" not in item.pendientes:
            item.pendientes.append("titulo")
        item.huella_fila = puesta.fila.huella
        puesta.fila.item = item
        return ItemDeLote(item, temas=nombrados.temas(puesta.unidad), conserva_texto=True)

    def _integrar(self) -> None:
        if self.opciones.actor is None:
            return
        parejas = [
            (p.madre.fila.expediente, p.fila.item, tipo_documental(p.unidad))
            for p in self._de(TIPO)
            if p.madre is not None and p.madre.fila.expediente is not None and p.fila.item is not None
        ]
        if parejas:
            recibidos.integrar_recibidos(parejas, self.opciones.actor)

    def _recordar(self) -> None:
        por_profundidad: dict[int, list[Puesta]] = {}
        for puesta in self.puestas:
            if puesta.resultado == "sin_cambio":
                continue
            por_profundidad.setdefault(len(puesta.lugar), []).append(puesta)
        for _, puestas in sorted(por_profundidad.items()):
            nuevas = [_con_madre(p) for p in puestas if p.resultado == "creada"]
            cambiadas = [_con_madre(p) for p in puestas if p.resultado == "actualizada"]
            UnidadRecibida.objects.bulk_create(nuevas, batch_size=LOTE)
            UnidadRecibida.objects.bulk_update(cambiadas, ["madre", "orden", "acceso", "recibido", "huella"], batch_size=LOTE)


def _con_madre(puesta: Puesta) -> UnidadRecibida:
    puesta.fila.madre = puesta.madre.fila if puesta.madre else None
    return puesta.fila


def _ultima(codigo: str, madre: Puesta | None) -> str:
    """La parte propia de un código: sin la de quien contiene a la unidad, si la repite al principio."""
    de_arriba = madre.unidad.codigo if madre else ""
    if de_arriba and codigo.startswith(de_arriba) and len(codigo) > len(de_arriba):
        return codigo[len(de_arriba) :].lstrip("/.- ") or codigo
    return codigo


def contar(puestas: Iterable[Puesta]) -> dict[str, int]:
    """Cuántas unidades hay de cada resultado."""
    cuentas = {"creada": 0, "actualizada": 0, "sin_cambio": 0}
    for puesta in puestas:
        cuentas[puesta.resultado] += 1
    return cuentas

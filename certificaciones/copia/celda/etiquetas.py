"""Las etiquetas de la copia (PDF/UA-1): una sección por documento, una figura por página facsimilar, un formulario para la firma."""

from itertools import pairwise
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

IMPRIMIBLE_Y_FIJA = 132  # ISO 32000-1, tabla 165: bits 3 (Print) y 8 (Locked)
TITULO_DE_FIRMA = "Firma de quien certifica"


class Arbol:
    """El árbol de etiquetas que Typst dejó en las hojas, al que se agregan las fojas."""

    def __init__(self, copia: pikepdf.Pdf) -> None:
        self.copia = copia
        self.raiz = copia.Root.StructTreeRoot
        if "/Suspects" in copia.Root.MarkInfo:
            del copia.Root.MarkInfo.Suspects  # falso es lo que se supone, y hay lectores que se quejan de verlo escrito
        self.nums = self.raiz.ParentTree.Nums
        self.clave = int(self.raiz.ParentTreeNextKey)
        self.documento = self.raiz.K[0] if isinstance(self.raiz.K, Array) else self.raiz.K

    def seccion(self, titulo: str, contenido: list[Object] | None = None) -> Object:
        """Una sección al final del documento, con lo que ya estaba etiquetado o vacía."""
        seccion = self.copia.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Sect, P=self.documento, T=String(titulo), K=Array(contenido or []))
        )
        for elemento in contenido or []:
            elemento.P = seccion
        self.documento.K.append(seccion)
        return seccion

    def sacar_compuestos(self, cuantos: int) -> list[list[Object]]:
        """Aparta del documento lo que pertenece a los últimos `cuantos` títulos de primer nivel, en su orden."""
        hijos = list(self.documento.K)
        inicios = [i for i, hijo in enumerate(hijos) if hijo.get("/S") == Name.H1][-cuantos:] if cuantos else []
        if len(inicios) != cuantos:
            raise ValueError(f"se esperaban {cuantos} documentos compuestos y hay {len(inicios)}")
        grupos = [hijos[a:b] for a, b in pairwise([*inicios, len(hijos)])]
        if inicios:
            self.documento.K = Array(hijos[: inicios[0]])
        return grupos

    def figura(self, pagina: Object, seccion: Object, descripcion: str, caja: list[float]) -> None:
        """La página facsimilar, como figura con su descripción y su lugar."""
        figura = self.copia.make_indirect(
            Dictionary(
                Type=Name.StructElem,
                S=Name.Figure,
                P=seccion,
                Pg=pagina,
                K=0,
                Alt=String(descripcion),
                A=Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array(caja)),
            )
        )
        seccion.K.append(figura)
        pagina.StructParents = self._registrar(self.copia.make_indirect(Array([figura])))

    def _registrar(self, elemento: Object) -> int:
        self.nums.append(self.clave)
        self.nums.append(elemento)
        self.clave += 1
        return self.clave - 1

    def firma(self, pagina: Object, firma: dict[str, Any]) -> None:
        """El campo `FirmaCertificacion`, etiquetado justo después de su título."""
        descripcion = String(firma["descripcion"])
        campo = self.copia.make_indirect(
            Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, T=String("FirmaCertificacion"), F=IMPRIMIBLE_Y_FIJA)
        )
        campo.TU, campo.P, campo.Rect = descripcion, pagina, Array(firma["caja"])
        titulo = _con_titulo(self.documento, TITULO_DE_FIRMA)
        padre = titulo.P
        lugar_en_la_pagina = Dictionary(Type=Name.OBJR, Obj=campo, Pg=pagina)
        formulario = self.copia.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Form, P=padre, Pg=pagina, Alt=descripcion, K=lugar_en_la_pagina)
        )
        hermanos = list(padre.K)
        lugar = next(i for i, h in enumerate(hermanos) if isinstance(h, Dictionary) and h.objgen == titulo.objgen)
        padre.K = Array([*hermanos[: lugar + 1], formulario, *hermanos[lugar + 1 :]])
        campo.StructParent = self._registrar(formulario)
        # el QR lleva un enlace: la página ya tiene anotaciones
        pagina.Annots = Array([*pagina.get("/Annots", []), campo])
        self.copia.Root.AcroForm = self.copia.make_indirect(Dictionary(Fields=Array([campo]), SigFlags=3))

    def terminar(self) -> None:
        """Deja anotada la clave que sigue."""
        self.raiz.ParentTreeNextKey = self.clave


def _con_titulo(elemento: Object, titulo: str) -> Object:
    """El elemento con ese título (`T`). Lanza `ValueError` si no está."""
    pendientes = [elemento]
    while pendientes:
        actual = pendientes.pop()
        if not isinstance(actual, Dictionary):
            continue
        if str(actual.get("/T", "")) == titulo:
            return actual
        hijos = actual.get("/K")
        pendientes += list(hijos) if isinstance(hijos, Array) else [hijos] if hijos is not None else []
    raise ValueError(f"las hojas no traen el título «{titulo}»")

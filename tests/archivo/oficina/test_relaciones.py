"""E3, E5 (armar) y E6 del dominio por la cara HTTP: las relaciones de un elemento son una lista en su captura."""

from datetime import date

import pytest

from archivo.auditoria.puerta import Suceso
from archivo.catalogo.puerta import (
    CambioRechazado,
    Edicion,
    Item,
    RelacionNueva,
    guardar,
    leer_fecha,
    relacionar,
    tipo_de,
)
from archivo.oficina.direcciones import direccion
from tests import fabricas
from tests.archivo.oficina.conftest import de_la_ficha

pytestmark = pytest.mark.django_db
DIA = date(2026, 11, 20)
Sintesis, Recorte, Boletin = (tipo_de(t).modelo for t in ("sintesis", "recorte", "boletin"))


@pytest.fixture
def recorte(areas):
    """Notas del día, con lo que hace falta para salir en una síntesis."""

    def crear(titulo, **cambios):
        campos = {"resumen": "Lo que dice.", "acceso": "restringido_derechos", "estado": "publicado"} | cambios
        ficha = dict(tipo_de("recorte").ficha.ejemplo) | campos.pop("ficha", {})
        return guardar(
            Recorte(titulo=titulo, fecha_parcial=leer_fecha(str(DIA)), area=areas["CCS"], ficha=ficha, **campos),
            Edicion(actor=None),
        )

    return crear


def renglones(*dichos, desde=0):
    """Los campos de esos renglones: cada uno es un dict con lo que se escribe."""
    datos = {"relacion-TOTAL_FORMS": desde + len(dichos)}
    return datos | {f"relacion-{desde + i}-{c}": v for i, dicho in enumerate(dichos) for c, v in dicho.items()}


def errores(respuesta):
    return str(respuesta.context["anexos"].relaciones.renglones.errors) + str(respuesta.context["form"].errors)


@pytest.fixture
def armar(capturar, monitorista):
    """La monitorista arma una síntesis con esas notas: (sección, recorte)."""

    def hacerlo(notas, vistos="", **ficha):
        dichos = [{"clase": f"incluye:{s}", "destino": r.clave, "orden": i} for i, (s, r) in enumerate(notas, 1)]
        return capturar(
            monitorista, Sintesis, titulo="Síntesis matutina", fecha_escrita=str(DIA), acceso="interno", duplicados_vistos=vistos,
            **de_la_ficha("sintesis", **ficha), **renglones(*dichos),
        )  # fmt: skip

    return hacerlo


def test_varias_relaciones_se_agregan_se_cambian_y_se_quitan(capturar, redactora, boletin, areas):
    otros = [guardar(Boletin(titulo=f"Otro {n}", area=areas["CCS"]), Edicion(actor=redactora)) for n in range(3)]
    dichos = [{"clase": c, "destino": o.clave} for c, o in zip(("alcance_de", "responde_a", "parte_de"), otros, strict=True)]
    assert capturar(redactora, Boletin, boletin, **renglones(*dichos)).status_code == 302
    assert {(r.clase, r.destino_id) for r in boletin.relaciones.all()} == {
        (d["clase"], o.pk) for d, o in zip(dichos, otros, strict=True)
    }
    orden = [r.destino_id for r in boletin.relaciones.order_by("clase")]
    respuesta = capturar(redactora, Boletin, boletin, **{"relacion-0-quitar": "on", "relacion-1-clase": "edicion_de"})
    assert respuesta.status_code == 302
    assert {(r.clase, r.destino_id) for r in boletin.relaciones.all()} == {("edicion_de", orden[1]), ("responde_a", orden[2])}


def test_vaciar_un_renglon_lo_quita_y_lo_que_no_se_toca_no_se_reescribe(capturar, redactora, boletin, areas):
    uno, dos = (guardar(Boletin(titulo=t, area=areas["CCS"]), Edicion(actor=redactora)) for t in ("Uno", "Dos"))
    relacionar(boletin, RelacionNueva(uno, "alcance_de", datos={"ajeno": "se conserva"}), redactora)
    relacionar(boletin, RelacionNueva(dos, "responde_a"), redactora)
    assert capturar(redactora, Boletin, boletin, **{"relacion-1-clase": "", "relacion-1-destino": ""}).status_code == 302
    assert [(r.destino_id, r.datos) for r in boletin.relaciones.all()] == [(uno.pk, {"ajeno": "se conserva"})]


def test_la_misma_relacion_dos_veces_no_se_guarda(capturar, redactora, boletin, areas):
    otro = guardar(Boletin(titulo="Otro", area=areas["CCS"]), Edicion(actor=redactora))
    dicho = {"clase": "alcance_de", "destino": otro.clave}
    respuesta = capturar(redactora, Boletin, boletin, **renglones(dicho, dicho))
    assert respuesta.status_code == 200 and "ya está con esa relación" in errores(respuesta)
    assert not boletin.relaciones.exists()


def test_la_fe_de_erratas_conserva_sus_correcciones_entre_otras_relaciones(capturar, redactora, boletin, areas):
    otro, errada = (guardar(Boletin(titulo=t, area=areas["CCS"]), Edicion(actor=redactora)) for t in ("Otro", "Errado"))
    dichos = [{"clase": "alcance_de", "destino": otro.clave}, {"clase": "fe_de_erratas_de", "destino": errada.clave}]
    correccion = {"correcciones-0-dice": "15 vacunas", "correcciones-0-debe": "50 vacunas"}
    assert capturar(redactora, Boletin, boletin, **renglones(*dichos), **correccion).status_code == 302
    dichas = {r.clase: r.correcciones for r in boletin.relaciones.all()}
    assert dichas["alcance_de"] == [] and dichas["fe_de_erratas_de"][0]["debe"] == "50 vacunas"
    assert capturar(redactora, Boletin, boletin, titulo="Otro título").status_code == 302
    assert boletin.relaciones.get(clase="fe_de_erratas_de").correcciones[0]["debe"] == "50 vacunas"


def test_se_ve_en_los_dos_extremos(capturar, entrar, redactora, boletin, areas):
    otro = guardar(Boletin(titulo="El ampliado", area=areas["CCS"]), Edicion(actor=redactora))
    capturar(redactora, Boletin, boletin, **renglones({"clase": "alcance_de", "destino": otro.clave}))
    pagina = entrar(redactora).get(direccion(Boletin, "edit", otro.pk)).content.decode()
    assert "Lo amplía" in pagina and boletin.titulo in pagina


def test_solo_se_ofrece_lo_que_su_tipo_declara(entrar, monitorista):
    pagina = entrar(monitorista).get(direccion(Recorte, "add"))
    ofrecidas = str(pagina.context["anexos"].relaciones.renglones.empty_form["clase"])
    assert "cobertura_de" in ofrecidas and "incluye" not in ofrecidas


CUANTAS = {"ocho_columnas": 4, "institucional": 6, "columnas": 3, "cartones": 1}


@pytest.fixture
def del_dia(armar, recorte):
    """La síntesis de un día, armada por la oficina con catorce notas en cuatro secciones, y sus notas."""
    notas = [(s, recorte(f"{s} {n}")) for s, total in CUANTAS.items() for n in range(total)]
    respuesta = armar(notas)
    assert respuesta.status_code == 302, errores(respuesta)
    return Sintesis.objects.get(), notas


def test_e5_se_arma_la_sintesis_del_dia_por_secciones(del_dia, capturar, monitorista):
    sintesis, notas = del_dia
    assert {s: sintesis.relaciones.filter(grupo=s).count() for s in CUANTAS} == CUANTAS
    respuesta = capturar(
        monitorista, Sintesis, sintesis, **{"relacion-0-destacada": "on", "relacion-0-resumen": "En otras palabras."}
    )
    assert respuesta.status_code == 302
    assert sintesis.relaciones.get(grupo="ocho_columnas", orden=1).datos == {"destacada": True, "resumen": "En otras palabras."}

    repetida = {"clase": "incluye:cartones", "destino": notas[-1][1].clave}
    respuesta = capturar(monitorista, Sintesis, sintesis, **renglones(repetida, desde=14))
    assert respuesta.status_code == 200 and "ya está en esa sección" in errores(respuesta)


def test_e5_publicada_ya_no_cambia_y_lo_tardio_va_en_otra_edicion(
    del_dia, armar, capturar, entrar, recorte, monitorista, titular
):
    sintesis, notas = del_dia
    for quien, paso in ((monitorista, "enviar_a_revision"), (titular, "autorizar"), (titular, "publicar")):
        entrar(quien).post(direccion(Sintesis, "paso", sintesis.pk, paso), {"motivo": ""})
    sintesis.refresh_from_db()
    assert sintesis.estado == "publicado"
    tarde = recorte("Nota tardía")
    pagina = entrar(monitorista).get(direccion(Sintesis, "edit", sintesis.pk))
    texto = pagina.content.decode()
    assert "Haga una edición nueva" in texto and notas[0][1].titulo in texto
    assert "incluye" not in str(pagina.context["anexos"].relaciones.renglones.empty_form["clase"])
    respuesta = capturar(monitorista, Sintesis, sintesis, **renglones({"clase": "incluye:cartones", "destino": tarde.clave}))
    assert respuesta.status_code != 302 and sintesis.relaciones.count() == 14

    respuesta = armar([("cartones", tarde)], edicion=2)
    assert "se parece" in respuesta.content.decode()
    respuesta = armar([("cartones", tarde)], vistos=respuesta.context["vistos"], edicion=2)
    assert respuesta.status_code == 302, errores(respuesta)
    assert Sintesis.objects.order_by("-pk")[0].ficha["edicion"] == 2


def test_e5_un_dia_sin_menciones_se_publica(armar, entrar, monitorista, titular):
    assert armar([], sin_menciones="on").status_code == 302
    sintesis = Sintesis.objects.get()
    for quien, paso in ((monitorista, "enviar_a_revision"), (titular, "autorizar"), (titular, "publicar")):
        entrar(quien).post(direccion(Sintesis, "paso", sintesis.pk, paso), {"motivo": ""})
    sintesis.refresh_from_db()
    assert sintesis.estado == "publicado"


def test_e6_cinco_notas_tres_de_la_misma_agencia(capturar, client, recorte, monitorista, areas):
    boletin = guardar(Boletin(titulo="Jornada", area=areas["CCS"], acceso="publico", estado="publicado"), Edicion(actor=None))
    valoraciones = ["positiva", "positiva", "informativa", "informativa", "negativa"]
    notas = [recorte(f"Nota {n}", ficha={"valoracion": v}) for n, v in enumerate(valoraciones)]
    for n, nota in enumerate(notas):
        madre = [{"clase": "nota_madre", "destino": notas[0].clave}] if n in {1, 2} else []
        respuesta = capturar(monitorista, Recorte, nota, **renglones({"clase": "cobertura_de", "destino": boletin.clave}, *madre))
        assert respuesta.status_code == 302, errores(respuesta)
    client.logout()
    publica = client.get(boletin.get_absolute_url()).content.decode()
    assert "5 impactos" in publica and "3 notas únicas" in publica
    cuenta = client.get(boletin.get_absolute_url()).context["impacto"].valoraciones
    assert sum(cuenta.values()) == 5 and cuenta == {"positiva": 2, "informativa": 2, "negativa": 1}


def test_lo_que_no_procedio_queda_en_la_bitacora_aunque_lo_demas_se_deshaga(capturar, redactora, boletin, recorte):
    """El rechazo viene de una relación, ya dentro de la transacción de la captura: nada se guarda y queda dicho quién no pudo."""
    respuesta = capturar(
        redactora, Boletin, boletin, titulo="Título que no queda", **renglones({"clase": "parte_de", "destino": boletin.clave})
    )
    assert "consigo mismo" in respuesta.content.decode()
    boletin.refresh_from_db()
    rechazo = Suceso.objects.get(resultado="rechazado", objeto=f"item:{boletin.clave}")
    assert (boletin.titulo, rechazo.clase, rechazo.actor_id) == ("Arranca jornada de salud", "item.corregido", redactora.pk)
    assert "consigo mismo" in rechazo.detalle["razon"]


def test_un_alta_rechazada_no_deja_documento_y_si_constancia(capturar, redactora, areas, serie, monkeypatch):
    monkeypatch.setattr("archivo.oficina.formularios.relaciones.relacionar", _siempre_rechaza)
    otro = fabricas.boletin(titulo="El otro", area=areas["CCS"])
    respuesta = capturar(
        redactora,
        Boletin,
        titulo="Uno que no entra",
        acceso="interno",
        serie=serie.pk,
        **renglones({"clase": "parte_de", "destino": otro.clave}),
    )
    assert "No se puede hoy." in respuesta.content.decode()
    assert not Item.objects.filter(titulo="Uno que no entra").exists()
    assert Suceso.objects.get(resultado="rechazado").clase == "item.creado"


def _siempre_rechaza(*args):
    raise CambioRechazado("No se puede hoy.")

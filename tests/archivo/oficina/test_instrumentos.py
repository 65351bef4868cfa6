"""Las pantallas del cuadro: quién las ve, quién las cambia y lo que dicen."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from archivo.archivistica.models import ActoSobreClases, CuadroClasificacion, FichaValoracion
from archivo.archivistica.puerta import DatosDeClase, Expediente, abrir_expediente, asegurar_regla, cambiar_clase
from archivo.archivistica.servicios import ciclo, versiones
from archivo.identidad.puerta import lector_de
from archivo.oficina.asuntos_de_instrumentos import del_cuadro
from tests import fabricas
from tests.archivo.archivistica import cuadros

pytestmark = pytest.mark.django_db


@pytest.fixture
def coordinacion(entrar):
    return entrar(fabricas.persona("coordinacion_archivos"))


@pytest.fixture
def vigente():
    return cuadros.vigente(desde=date(2024, 1, 1))


@pytest.fixture
def borrador(vigente):
    return versiones.nueva_version(None)


def url(nombre, *args):
    return reverse(f"oficina_{nombre}", args=args)


def datos_de_clase(clase, **cambios):
    """Lo que enviaría el formulario de una clase sin tocar nada."""
    datos = {"nivel": clase.nivel, "clave": clase.clave, "nombre": clase.nombre, "alcance": clase.alcance}
    ficha = FichaValoracion.objects.filter(nivel=clase).first()
    if ficha:
        for campo in ficha._meta.fields:
            valor = getattr(ficha, campo.name)
            if campo.name not in {"id", "nivel"} and valor is not False and valor is not None:
                datos[f"ficha-{campo.name}"] = "on" if valor is True else valor
        datos["ficha-areas"] = [a.pk for a in ficha.areas.all()]
    return datos | cambios


@pytest.mark.parametrize("rol", ["redaccion", "fotografia_video", "administracion"])
def test_quien_no_lee_los_instrumentos_recibe_404(entrar, vigente, rol):
    cliente = entrar(fabricas.persona(rol))
    respuestas = [cliente.get(url("cuadros")), cliente.get(url("cuadro", vigente.pk))]
    assert all(r.status_code in {302, 404} for r in respuestas)
    assert b"9C.10" not in b"".join(r.content for r in respuestas)


def test_auditoria_lee_todo_y_no_cambia_nada(entrar, vigente, borrador):
    cliente = entrar(fabricas.persona("auditoria"))
    serie = cuadros.de(borrador, "9C.7")
    pagina = cliente.get(url("cuadro", borrador.pk)).content.decode()
    assert "9C.10" in pagina
    assert "Agregar una clase" not in pagina
    assert cliente.get(url("clase", serie.pk)).status_code == 200
    for direccion in (url("cuadro_version"), url("clase_activar", serie.pk), url("clase_acto", serie.pk, "mover")):
        assert cliente.post(direccion, {"motivo": "x"}).status_code in {302, 403}
    assert not ActoSobreClases.objects.exists()
    assert versiones.version_abierta() == borrador


def test_el_cuadro_dice_su_estado_y_marca_la_muestra(coordinacion, vigente):
    assert "Valores de muestra" not in coordinacion.get(url("cuadro", vigente.pk)).content.decode()
    CuadroClasificacion.objects.update(es_muestra=True)
    serie = cuadros.de(vigente, "9C.7")
    for direccion in (url("cuadros"), url("cuadro", vigente.pk), url("clase", serie.pk)):
        assert "Valores de muestra" in coordinacion.get(direccion).content.decode()


def test_se_prepara_la_version_siguiente_y_se_corrige_una_clase_con_su_ficha(coordinacion, vigente):
    respuesta = coordinacion.post(url("cuadro_version"), follow=True)
    nueva = versiones.version_abierta()
    assert respuesta.redirect_chain[-1][0] == url("cuadro", nueva.pk)
    serie = cuadros.de(nueva, "9C.10")
    datos = datos_de_clase(serie, nombre="Síntesis informativa", isad_lengua="Español", **{"ficha-plazo_tramite": "20"})
    mala = coordinacion.post(url("clase", serie.pk), datos | {"ficha-plazo_concentracion": "6"})
    assert mala.status_code == 422
    assert "26 años" in mala.content.decode()
    serie.refresh_from_db()
    assert serie.nombre == "Clase 9C.10"
    buena = coordinacion.post(url("clase", serie.pk), datos | {"ficha-plazo_concentracion": "5"})
    assert buena.status_code == 302
    serie.refresh_from_db()
    assert (serie.nombre, serie.ficha.plazo_total, serie.descripcion) == ("Síntesis informativa", 25, {"lengua": "Español"})


def test_la_version_vigente_no_ofrece_corregir(coordinacion, vigente):
    serie = cuadros.de(vigente, "9C.7")
    pagina = coordinacion.get(url("clase", serie.pk)).content.decode()
    assert "sólo se lee" in pagina
    assert "ficha-plazo_tramite" not in pagina
    assert coordinacion.post(url("clase", serie.pk), datos_de_clase(serie, nombre="Otra")).status_code == 404
    assert coordinacion.get(url("clase_nueva", vigente.pk)).status_code == 404


def test_se_agrega_y_se_quita_una_clase(coordinacion, borrador):
    seccion = cuadros.de(borrador, "9C")
    direccion = f"{url('clase_nueva', borrador.pk)}?madre={seccion.pk}"
    repetida = coordinacion.post(direccion, {"nivel": "serie", "clave": "9C.7", "nombre": "Otra"})
    assert repetida.status_code == 422
    assert "Ya hay una clase 9C.7" in repetida.content.decode()
    coordinacion.post(direccion, {"nivel": "serie", "clave": "9C.20", "nombre": "Nueva"})
    nueva = cuadros.de(borrador, "9C.20")
    assert coordinacion.post(url("clase_quitar", nueva.pk)).url == url("cuadro", borrador.pk)
    vieja = cuadros.de(borrador, "9C.7")
    assert "Fusiónela" in coordinacion.post(url("clase_quitar", vieja.pk), follow=True).content.decode()


@pytest.mark.parametrize("madre", ["x", "9" * 30, "99999999", "²"])
def test_una_madre_que_no_existe_es_404(coordinacion, borrador, madre):
    assert coordinacion.get(f"{url('clase_nueva', borrador.pk)}?madre={madre}").status_code == 404


def test_un_acto_se_ve_antes_de_hacerse(coordinacion, borrador):
    siete, diez = cuadros.de(borrador, "9C.7"), cuadros.de(borrador, "9C.10")
    direccion = url("clase_acto", siete.pk, "fusionar")
    datos = {"otras": [diez.pk], "clave": "9C.7", "nombre": "Boletines y síntesis", "motivo": "Se producen juntas"}
    previa = coordinacion.post(direccion, datos).content.decode()
    assert "Cómo quedaría" in previa
    assert "continúa a AE/9C/9C.7, AE/9C/9C.10" in previa
    assert not ActoSobreClases.objects.exists()
    assert coordinacion.post(direccion, datos | {"confirmar": "1"}).status_code == 302
    assert ActoSobreClases.objects.get().motivo == "Se producen juntas"
    assert "Boletines y síntesis" in coordinacion.get(url("cuadro", borrador.pk)).content.decode()


def test_mover_y_dividir_desde_la_pantalla(coordinacion, borrador):
    otra = cuadros.clase(borrador, cuadros.de(borrador, "AE"), "seccion", "10C", "Control")
    siete = cuadros.de(borrador, "9C.7")
    mover = {"destino": otra.pk, "clave": "10C.1", "motivo": "Cambió de función", "confirmar": "1"}
    coordinacion.post(url("clase_acto", siete.pk, "mover"), mover)
    siete.refresh_from_db()
    assert siete.codigo == "AE/10C/10C.1"
    partes = {"clave_1": "10C.1", "nombre_1": "Boletines", "clave_2": "10C.2", "nombre_2": "Comunicados", "motivo": "x"}
    coja = coordinacion.post(url("clase_acto", siete.pk, "dividir"), partes | {"clave_3": "10C.3"})
    assert "o deje vacíos los dos" in coja.content.decode()
    coordinacion.post(url("clase_acto", siete.pk, "dividir"), partes | {"confirmar": "1"})
    assert cuadros.de(borrador, "10C.2").ficha.plazo_total == 5


def test_el_camino_entero_por_las_pantallas(entrar, coordinacion, borrador):
    area = ciclo.areas_que_validan(borrador)[0]
    coordinacion.post(url("cuadro_paso", borrador.pk, "enviar_a_areas"))
    titular = entrar(fabricas.persona("titular", en=area))
    assert "Dar conformidad" in titular.get(url("cuadro", borrador.pk)).content.decode()
    titular.post(url("cuadro_area", borrador.pk, area.pk), {"dictamen": "conforme"})
    grupo = entrar(fabricas.persona("grupo_interdisciplinario"))
    grupo.post(url("cuadro_paso", borrador.pk, "validar"))
    quien = entrar(fabricas.persona("coordinacion_archivos"))
    sin_acta = quien.post(url("cuadro_paso", borrador.pk, "poner_en_vigor"), {"desde": "2026-02-01"}, follow=True)
    assert "con qué acta" in sin_acta.content.decode()
    quien.post(url("cuadro_paso", borrador.pk, "poner_en_vigor"), {"desde": "2026-02-01", "acta": "Acta 2"})
    assert CuadroClasificacion.objects.vigente() == borrador


def test_un_paso_que_no_procede_se_explica(coordinacion, vigente):
    respuesta = coordinacion.post(url("cuadro_paso", vigente.pk, "validar"), follow=True)
    assert "Sus roles no permiten ese paso" in respuesta.content.decode()
    assert coordinacion.post(url("cuadro_paso", vigente.pk, "borrar")).status_code == 404


def test_la_comparacion_dice_lo_que_cambia(coordinacion, vigente, borrador):
    diez = cuadros.de(borrador, "9C.10")
    coordinacion.post(url("clase", diez.pk), datos_de_clase(diez, nombre="Síntesis"))
    pagina = coordinacion.get(url("cuadro_comparar", vigente.pk, borrador.pk)).content.decode()
    assert "<del>Clase 9C.10</del> <ins>Síntesis</ins>" in pagina
    assert "AE/9C/9C.7<" not in pagina
    assert "AE/9C/9C.7<" in coordinacion.get(url("cuadro_comparar", vigente.pk, borrador.pk) + "?todo=1").content.decode()


def test_cargar_un_archivo_con_errores_los_lista_por_fila(coordinacion, tmp_path):
    archivo = tmp_path / "cuadro.csv"
    archivo.write_text("Código,Nivel,Nombre\nAE,fondo,Alcaldía\nAE/9C/9C.1,serie,Sola\n", encoding="utf-8")
    with archivo.open("rb") as abierto:
        respuesta = coordinacion.post(url("cuadro_abrir"), {"nombre": "Propio", "archivo": abierto})
    assert respuesta.status_code == 422
    assert "No hay una fila para AE/9C" in respuesta.content.decode()
    assert not CuadroClasificacion.objects.exists()
    archivo.write_text("Código,Nivel,Nombre\nAE,fondo,Alcaldía\nAE/9C,seccion,Comunicación\n", encoding="utf-8")
    with archivo.open("rb") as abierto:
        assert coordinacion.post(url("cuadro_abrir"), {"nombre": "Propio", "archivo": abierto}).status_code == 302


@pytest.mark.parametrize("archivo", ["cuadro.xlsx", "catalogo.csv", "guia.json"])
def test_se_descargan_los_instrumentos(coordinacion, vigente, archivo):
    que, formato = archivo.split(".")
    respuesta = coordinacion.get(url("cuadro_exportar", vigente.pk, que, formato))
    assert respuesta.status_code == 200
    assert respuesta["Content-Disposition"] == f'attachment; filename="{que}-v1.{formato}"'


def test_el_arbol_hace_un_numero_fijo_de_consultas(coordinacion, vigente):
    cuadro = versiones.nueva_version(None)
    direccion = url("cuadro", cuadro.pk)
    coordinacion.get(direccion)
    with CaptureQueriesContext(connection) as con_pocas:
        coordinacion.get(direccion)
    seccion = cuadros.de(cuadro, "9C")
    for n in range(20, 50):
        cuadros.clase(cuadro, seccion, "serie", f"9C.{n}")
    with CaptureQueriesContext(connection) as con_muchas:
        pagina = coordinacion.get(direccion).content.decode()
    assert len(con_pocas) == len(con_muchas) <= 42
    assert "9C.20" in pagina and "9C.49" in pagina


def asuntos_de(persona):
    """Lo que el cuadro le dice en su bandeja."""
    return [a.que_hacer for a in del_cuadro(lector_de(persona), persona, [persona.pk])]


def test_la_bandeja_avisa_a_quien_toca_en_cada_paso(borrador):
    area = ciclo.areas_que_validan(borrador)[0]
    titular, grupo = fabricas.persona("titular", en=area), fabricas.persona("grupo_interdisciplinario")
    coordinadora, ajena = fabricas.persona("coordinacion_archivos"), fabricas.persona("titular", en=fabricas.area())
    todas = (titular, grupo, coordinadora, ajena)
    assert [asuntos_de(p) for p in todas] == [[], [], [], []]
    ciclo.enviar_a_areas(borrador, coordinadora)
    assert "dé su conformidad" in asuntos_de(titular)[0]
    assert [asuntos_de(p) for p in (grupo, coordinadora, ajena)] == [[], [], []]
    ciclo.validar_por_area(borrador, area, titular, conforme=True)
    assert [len(asuntos_de(p)) for p in todas] == [0, 1, 0, 0]
    ciclo.validar_por_grupo(borrador, grupo)
    assert "póngalo en vigor" in asuntos_de(coordinadora)[0]
    assert [asuntos_de(p) for p in (titular, grupo, ajena)] == [[], [], []]


def test_el_expediente_viejo_conserva_su_codigo_y_dice_a_que_clase_corresponde_hoy(entrar, vigente, borrador):
    """E14: lo abierto con la versión 1 no cambia al entrar la 2, y enlaza con su equivalente."""
    asegurar_regla()
    area = ciclo.areas_que_validan(borrador)[0]
    archivista = fabricas.persona("archivo_tramite", en=area)
    viejo = Expediente(
        serie=cuadros.de(vigente, "9C.10"), area=area, responsable=archivista, titulo="Síntesis de enero de 2025",
        fecha_apertura=date(2025, 1, 2),
    )  # fmt: skip
    codigo = abrir_expediente(viejo, archivista).codigo
    diez = cuadros.de(borrador, "9C.10")
    cambiar_clase(diez, DatosDeClase("serie", "9C.11", "Síntesis informativa"), None)
    ciclo.poner_en_vigor(cuadros.validado(borrador, area), date(2026, 2, 1), "Acta 2", fabricas.persona("coordinacion_archivos"))
    viejo.refresh_from_db()
    assert (viejo.codigo, viejo.serie.clave) == (codigo, "9C.10")
    pagina = entrar(archivista).get(reverse("oficina_expediente", args=[viejo.clave])).content.decode()
    assert "de la versión 1 del cuadro. Hoy corresponde a 9C.11 Síntesis informativa." in pagina

"""Los instrumentos como archivos: la muestra, la importación propia y las exportaciones."""

import csv
import io
import json
import zipfile

import pytest
from openpyxl import Workbook, load_workbook

from archivo.archivistica.instrumentos import hojas
from archivo.archivistica.instrumentos.carga import CargaRechazada, importar_cuadro, leer
from archivo.archivistica.instrumentos.exportacion import FORMATOS, INSTRUMENTOS, exportar
from archivo.archivistica.instrumentos.guia import guia_de
from archivo.archivistica.instrumentos.muestra import cargar_cuadro_de_muestra
from archivo.archivistica.models import CuadroClasificacion, NivelClasificacion
from archivo.archivistica.servicios import ciclo, fichas, versiones
from archivo.archivistica.servicios.comparacion import cambios_entre
from archivo.archivistica.servicios.errores import InstrumentoRechazado
from archivo.operacion.preparacion import sembrar_muestra
from archivo.registros import aportaciones
from tests import fabricas
from tests.archivo.archivistica import cuadros

pytestmark = pytest.mark.django_db
CADIDO_9C = {
    "9C.2": (2, 3, "baja"),
    "9C.3": (2, 3, "historico"),
    "9C.4": (2, 5, "historico"),
    "9C.5": (2, 5, "muestreo"),
    "9C.7": (2, 5, "historico"),
    "9C.9": (1, 2, "baja"),
    "9C.10": (1, 4, "historico"),
    "9C.13": (2, 4, "historico"),
    "9C.14": (2, 3, "muestreo"),
    "9C.16": (1, 1, "baja"),
    "9C.19": (2, 3, "historico"),
}


@pytest.fixture
def muestra():
    cargar_cuadro_de_muestra()
    return CuadroClasificacion.objects.vigente()


def celdas(exportado):
    texto = exportado.datos.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(texto)))


def test_la_muestra_es_el_cadido_de_la_seccion_9c(muestra):
    series = muestra.niveles.series().select_related("ficha").en_orden()
    dicho = {s.clave: (s.ficha.plazo_tramite, s.ficha.plazo_concentracion, s.ficha.destino_final) for s in series}
    assert dicho == CADIDO_9C
    assert list(dicho) == list(CADIDO_9C)
    assert muestra.es_muestra
    assert fichas.faltas_del_catalogo(muestra) == {}


def test_la_muestra_no_se_carga_sobre_un_cuadro_propio(muestra):
    cargar_cuadro_de_muestra()
    assert CuadroClasificacion.objects.count() == 1


def test_lo_que_el_grupo_valida_deja_de_ser_de_muestra(muestra):
    nueva = versiones.nueva_version(None)
    assert nueva.es_muestra
    validada = cuadros.validado(nueva, ciclo.areas_que_validan(nueva)[0])
    puesta = ciclo.poner_en_vigor(validada, cuadros.date(2026, 1, 1), "Acta 1", fabricas.persona("coordinacion_archivos"))
    assert not puesta.es_muestra


@pytest.mark.parametrize("que", INSTRUMENTOS)
def test_todo_lo_exportado_de_la_muestra_lo_dice(muestra, que):
    for formato in FORMATOS:
        exportado = exportar(muestra, que, formato)
        assert "muestra" in exportado.nombre
        datos = exportado.datos
        if formato == "xlsx":
            hoja = load_workbook(io.BytesIO(datos)).active
            datos = str(hoja["A1"].value).encode()
        assert "valores de muestra" in datos.decode("utf-8-sig").lower()


def test_el_catalogo_exportado_marca_valores_plazos_y_destino(muestra):
    filas = celdas(exportar(muestra, "catalogo", "csv"))
    fila = dict(zip(filas[0], next(f for f in filas if f[1] == "9C.5"), strict=True))
    assert [fila[c] for c in ("A", "L", "F/C", "E", "T", "I")] == ["X", "X", "X", "X", "", ""]
    assert [fila[c] for c in ("AT", "AC", "Total")] == ["2", "5", "7"]
    assert [fila[c] for c in ("Baja", "Histórico", "Muestreo")] == ["", "", "X"]


def test_el_intercambio_va_y_vuelve_igual(muestra):
    ida = exportar(muestra, "intercambio", "csv")
    otro = importar_cuadro(leer(ida.datos, "cuadro.csv"), "El mío", None)
    assert otro.es_muestra
    for vieja in muestra.niveles.all():
        nueva = NivelClasificacion.objects.get(cuadro=otro, codigo=vieja.codigo)
        assert cambios_entre(vieja, nueva) == []
        assert (nueva.padre.codigo if nueva.padre else "") == (vieja.padre.codigo if vieja.padre else "")


def xlsx(filas):
    libro = Workbook()
    for fila in filas:
        libro.active.append(fila)
    salida = io.BytesIO()
    libro.save(salida)
    return salida.getvalue()


def test_se_importa_un_xlsx_con_titulos_arriba_y_numeros_de_verdad():
    fabricas.Area.objects.create(clave="CCS", nombre="Comunicación")
    filas = [
        ["Cuadro de la institución"],
        ["CÓDIGO", "Nivel", "nombre", "Años en trámite", "Áreas productoras", "Administrativo", "Ignorada"],
        ["AE", "Fondo", "Alcaldía", None, None, None, "x"],
        ["AE/9C", "Sección", "Comunicación"],
        [],
        ["AE/9C/9C.7", "serie", "Boletines", 2.5, "CCS", True],
    ]
    cuadro = importar_cuadro(leer(xlsx(filas), "c.xlsx"), "Propio", None)
    ficha = cuadros.de(cuadro, "9C.7").ficha
    assert (str(ficha.plazo_tramite), ficha.valor_administrativo, ficha.areas.get().clave) == ("2.5", True, "CCS")
    assert (cuadro.estado, cuadro.es_muestra) == ("borrador", False)


def test_los_errores_se_dicen_por_fila_y_no_se_carga_nada():
    texto = (
        "Código;Nivel;Nombre;Años en trámite;Años en concentración;Áreas productoras;Destino final;Legal\n"
        "AE;fondo;Alcaldía\n"
        "AE/9C/9C.7;serie;Boletines\n"
        "AE;fondo;Otra vez\n"
        "AE/9D;sesión;Mal nivel\n"
        "AE/9E;seccion;\n"
        "AE/9F;seccion;Con malas\n"
        "AE/9F/9F.1;serie;Larga;20;6\n"
        "AE/9F/9F.2;serie;Rara;dos;6;ZZZ;quemar;quizá\n"
        "AE/9F/9f.3;serie;Minúscula\n"
    )
    with pytest.raises(CargaRechazada) as rechazo:
        importar_cuadro(leer(texto.encode("cp1252"), "c.csv"), "Malo", None)
    por_fila = {}
    for numero, motivo in rechazo.value.errores:
        por_fila.setdefault(numero, []).append(motivo)
    assert sorted(por_fila) == [3, 4, 5, 6, 8, 9, 10]
    assert "No hay una fila para AE/9C" in por_fila[3][0]
    assert "ya está en la fila 2" in por_fila[4][0]
    assert "26 años" in por_fila[8][0]
    assert len(por_fila[9]) == 4
    assert not CuadroClasificacion.objects.exists()


@pytest.mark.parametrize(
    ("datos", "nombre", "dice"),
    [
        (b"a,b\n1,2\n", "c.csv", "encabezado"),
        ("Código,Nivel\nAE,fondo\n".encode(), "c.csv", "faltan las columnas: Nombre"),
        ("Código,Nivel,Nombre\n".encode(), "c.csv", "ninguna clase"),
        (b"no soy un zip", "c.xlsx", "XLSX"),
        (b"x" * (hojas.MAXIMO_DE_BYTES + 1), "c.csv", "10 MB"),
    ],
)
def test_un_archivo_que_no_sirve_se_rechaza_con_su_razon(datos, nombre, dice):
    with pytest.raises(InstrumentoRechazado, match=dice):
        leer(datos, nombre)


def test_una_hoja_que_se_infla_al_abrirse_se_rechaza(monkeypatch):
    monkeypatch.setattr(hojas, "MAXIMO_DESCOMPRIMIDO", 1000)
    with pytest.raises(InstrumentoRechazado, match="demasiado grande"):
        leer(xlsx([["Código", "Nivel", "Nombre"]]), "c.xlsx")
    roto = io.BytesIO()
    with zipfile.ZipFile(roto, "w") as paquete:
        paquete.writestr("x.txt", "y")
    with pytest.raises(InstrumentoRechazado, match="XLSX"):
        leer(roto.getvalue(), "c.xlsx")


def test_un_texto_no_se_vuelve_formula():
    cuadro = cuadros.borrador()
    cuadros.clase(cuadro, cuadros.de(cuadro, "9C"), "serie", "9C.66", "=HYPERLINK(1)")
    assert [f[3] for f in celdas(exportar(cuadro, "cuadro", "csv")) if f[2] == "9C.66"] == ["'=HYPERLINK(1)"]
    hoja = load_workbook(io.BytesIO(exportar(cuadro, "cuadro", "xlsx").datos)).active
    assert [c.data_type for fila in hoja.iter_rows() for c in fila if c.value == "=HYPERLINK(1)"] == ["s"]


def test_el_json_dice_a_que_equivale_cada_clase():
    cuadros.vigente()
    nueva = versiones.nueva_version(None)
    clases = {c["codigo"]: c for c in json.loads(exportar(nueva, "catalogo", "json").datos)["clases"]}
    assert clases["AE/9C/9C.7"]["equivale_a"] == ["AE/9C/9C.7"]
    assert clases["AE/9C/9C.7"]["plazo_concentracion"] == 3


def test_la_guia_describe_las_series_activas_con_responsable(muestra, django_assert_max_num_queries):
    with django_assert_max_num_queries(4):
        guia = guia_de(muestra)
    assert [r.clase.clave for r in guia] == list(CADIDO_9C)
    assert all(r.descripcion and r.areas and r.ubicacion and r.responsable for r in guia)


def test_preparar_con_muestra_carga_el_cuadro_una_vez(monkeypatch):
    monkeypatch.setattr(aportaciones, "muestra", lambda avisar: None)
    for _ in range(2):
        sembrar_muestra(lambda frase: None)
    assert CuadroClasificacion.objects.get().niveles.series().count() == len(CADIDO_9C)

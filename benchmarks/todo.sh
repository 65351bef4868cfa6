#!/bin/sh
# Todas las medidas, una tras otra, con la colección de datos de DATOS. FILAS cambia el tamaño de la lista de la oficina.
set -eu
cd "$(dirname "$0")/.."
if [ ! -d "${DATOS:-}/texto" ]; then
  echo "Diga dónde está la colección de datos: make bench DATOS=/ruta (vea benchmarks/LEEME.md)." >&2
  exit 2
fi
py=.venv/bin/python
taller=$(mktemp -d)
trap 'rm -rf "$taller"' EXIT
estado=0
medir() { echo "== $*"; "$@" || estado=1; }

$py "$DATOS/explode.py" parrafo 200000 >"$taller/parrafos.jsonl"
medir $py benchmarks/busqueda_relevancia.py "$DATOS"
medir $py benchmarks/busqueda_motor.py "$taller/parrafos.jsonl"
medir $py benchmarks/busqueda "$DATOS" --docs "${DOCS:-1000000}" --carpeta "$taller/busqueda"
for motor in tantivy elasticsearch opensearch; do
  medir $py benchmarks/busqueda "$DATOS" --docs "${DOCS_SERVIDOR:-200000}" --motor "$motor"
done
medir $py benchmarks/importar_indexar.py "$taller/parrafos.jsonl" --carpeta "$taller/archivo"
ACERVO_DATOS=$taller/archivo medir $py benchmarks/pagina_busqueda.py
medir $py benchmarks/salidas_pdf.py "$DATOS"
medir $py benchmarks/documento_largo.py "$DATOS"
medir $py benchmarks/ingesta_hostiles.py "$DATOS/pdf_hostiles" "$DATOS/pdf_es"
medir $py benchmarks/copias_componer.py
medir $py benchmarks/copias_expedir.py
medir $py benchmarks/copias_reales.py --datos "$DATOS"
medir $py benchmarks/autoridades.py "$DATOS"
medir $py benchmarks/oficina_listado.py --filas "${FILAS:-1000000}"
medir $py benchmarks/catalogo_bitacora.py --sucesos "${SUCESOS:-10000000}"
medir $py benchmarks/catalogo_intercambio.py
medir $py benchmarks/registro_arbol.py
medir $py benchmarks/pagina_verificacion.py
medir $py benchmarks/bitacora_sellar.py
medir $py benchmarks/catalogo_importar.py
medir $py benchmarks/catalogo_duplicados.py "$DATOS"
medir $py benchmarks/ocr.py "$DATOS"
medir $py benchmarks/memoria_cifras.py
medir $py benchmarks/memoria_pdf.py
medir $py benchmarks/memoria_boletines.py "$DATOS"
exit $estado

#!/bin/sh
# Programas del sistema que sólo necesitan las pruebas. Sin ellos se saltan exactamente esas pruebas, con su motivo.
set -eu
faltan=
hay() { command -v "$1" >/dev/null 2>&1; }
hay chromium || hay chromium-browser || hay google-chrome || [ -d "/Applications/Google Chrome.app" ] || faltan="$faltan chromium"
hay pdftotext || faltan="$faltan poppler-utils"
hay qpdf || faltan="$faltan qpdf"
hay openssl || faltan="$faltan openssl"
hay mutool || faltan="$faltan mupdf-tools"
hay zbarimg || faltan="$faltan zbar-tools"
hay softhsm2-util || faltan="$faltan softhsm2"
# LibreOffice comprueba que el DOCX de la memoria se abre y se convierte
hay soffice || [ -d /Applications/LibreOffice.app ] || faltan="$faltan libreoffice-writer-nogui"
# veraPDF corre en Java y necesita JAXB
hay javac || faltan="$faltan default-jdk-headless"
# Elasticsearch y OpenSearch de pruebas bajan con Maven (y corren en Java 21 o superior)
hay mvn || faltan="$faltan maven"
[ -f /usr/share/java/jaxb-runtime.jar ] || [ "$(uname)" = Darwin ] || faltan="$faltan libjaxb-java"
con_espanol() { for d in "${ACERVO_TESSDATA:-}" "${TESSDATA_PREFIX:-}" /usr/share/tesseract-ocr/*/tessdata /usr/share/tessdata /usr/local/share/tessdata /opt/homebrew/share/tessdata; do
  [ -n "$d" ] && [ -f "$d/spa.traineddata" ] && return 0; done; return 1; }
con_espanol || faltan="$faltan tesseract-ocr-spa"
[ -n "$faltan" ] || exit 0
if [ "${SIN_APT:-}" = 1 ]; then
  echo "SIN_APT=1: no se instala nada del sistema; se saltarán las pruebas que necesitan:$faltan" >&2
elif [ "$(id -u)" = 0 ] && hay apt-get; then
  echo "Las pruebas necesitan paquetes del sistema y se instalan ahora:$faltan (SIN_APT=1 lo evita)" >&2
  # shellcheck disable=SC2086
  (apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends $faltan) </dev/null >/dev/null ||
    echo "No se pudieron instalar; se saltarán las pruebas que los necesitan." >&2
elif hay apt-get; then
  echo "Se saltarán las pruebas que necesitan:$faltan. Para correrlas: sudo apt-get install -y --no-install-recommends$faltan" >&2
else
  echo "Se saltarán las pruebas que necesitan:$faltan. En macOS: brew install poppler qpdf tesseract-lang mupdf-tools zbar softhsm openjdk maven && brew install --cask google-chrome libreoffice" >&2
fi

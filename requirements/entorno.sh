#!/bin/sh
# Deja listo .venv con un juego de dependencias: `base` (lo que el archivo necesita) o `pruebas` (todo).
# Se puede repetir: si nada cambió termina al instante. Cada paquete se comprueba contra su huella.
set -eu
juego=${1:-base}
cd "$(dirname "$0")/.."
sellos=.venv/sellos

decir() { printf '%s\n' "$*" >&2; }
fallar() { decir "$*"; exit 2; }

sirve() { "$1" -c 'import sys; sys.exit(not (3, 12) <= sys.version_info[:2] < (3, 15))' >/dev/null 2>&1; }
con_venv() { "$1" -c 'import ensurepip' >/dev/null 2>&1; }

candidatos() {
  for nombre in "${PYTHON:-}" python3.14 python3.13 python3.12 python3; do
    [ -z "$nombre" ] || printf '%s\n' "$nombre"
  done
  ls -d "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-4]*/bin/python3 "$HOME"/.local/share/uv/python/cpython-3.1[2-4]*/bin/python3 \
    /opt/homebrew/bin/python3.1[2-4] /usr/local/bin/python3.1[2-4] /usr/bin/python3.1[2-4] 2>/dev/null | sort -r || true
}

# Se prueba ejecutando: un lanzador en el PATH puede responder y luego fallar.
buscar_python() {
  candidatos | while IFS= read -r candidato; do
    if sirve "$candidato" && "$1" "$candidato"; then
      "$candidato" -c 'import sys; print(sys.executable)'
      break
    fi
  done
}

instalar_venv_de_debian() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 && [ "${SIN_APT:-}" != 1 ] || return 1
  decir "Falta el módulo venv de Python: se instala el paquete python3-venv."
  (apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends python3-venv) </dev/null >/dev/null
}

elegir_python() {
  python=$(buscar_python con_venv)
  if [ -z "$python" ] && [ -n "$(buscar_python true)" ] && instalar_venv_de_debian; then
    python=$(buscar_python con_venv)
  fi
  [ -n "$python" ] || fallar "Falta Python de 3.12 a 3.14 con su módulo venv. En Debian o Ubuntu: apt-get install python3 python3-venv. Si está en otro lugar: make PYTHON=/ruta/python3.13"
}

huella() { cat requirements/uv.txt "requirements/$1.txt" requirements/entorno.sh | cksum; }
al_dia() { [ "$(cat "$sellos/$1" 2>/dev/null)" = "$(huella "$1")" ]; }

if [ -d .venv ] && ! .venv/bin/python -c 'import sys' >/dev/null 2>&1; then
  decir "El entorno .venv ya no funciona (quizá cambió de lugar o de Python): se hace de nuevo."
  rm -rf .venv
fi
if al_dia pruebas || al_dia "$juego"; then exit 0; fi

if [ ! -x .venv/bin/python ]; then
  elegir_python
  decir "Se crea el entorno en .venv con $python"
  "$python" -m venv .venv || { rm -rf .venv; fallar "No se pudo crear .venv en $(pwd). Revise el espacio en disco y los permisos de la carpeta."; }
fi
if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then .venv/bin/python -m ensurepip >/dev/null; fi
decir "Se instalan las dependencias ($juego); la primera vez tarda alrededor de un minuto."
.venv/bin/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/uv.txt ||
  fallar "No se pudo instalar uv. Revise la conexión a la red (o el índice de paquetes configurado para pip) y repita la orden."
if [ "$juego" = pruebas ]; then accion="sync"; else accion="install -r"; fi
# shellcheck disable=SC2086
UV_PYTHON_DOWNLOADS=never .venv/bin/uv pip $accion "requirements/$juego.txt" -q --require-hashes --compile-bytecode --python .venv/bin/python ||
  fallar "No se pudieron instalar las dependencias. Revise la conexión a la red y el espacio en disco y repita la orden."
mkdir -p "$sellos"
rm -f "$sellos"/*
huella "$juego" >"$sellos/$juego"
decir "Entorno listo."

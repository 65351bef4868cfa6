# Todo lo que se hace con Acervo desde una copia recién bajada. Sirve con GNU make 3.81.
.DEFAULT_GOAL := ayuda
.PHONY: ayuda entorno demo test lint bench limpiar

PY := .venv/bin/python
PLANTILLAS = $(shell find templates archivo buscador certificaciones memoria_anual -name '*.html' | sort)
PROCESOS ?= logical
ARGS ?=
export PYTHON SIN_APT DATOS FILAS
# Sin esto, quien prohíbe escribir .pyc paga la compilación de todo en cada arranque.
unexport PYTHONDONTWRITEBYTECODE

ayuda:
	@echo 'make entorno   crea .venv con todo lo necesario (también lo de las pruebas)'
	@echo 'make demo      prepara y sirve el archivo en http://127.0.0.1:8000/ (otro puerto: PUERTO=8080)'
	@echo 'make test      corre las pruebas (LENTO=1 agrega las largas; SIN_APT=1 no instala nada del sistema)'
	@echo 'make lint      revisa estilo, tipos, capas, plantillas, migraciones y ajustes de producción'
	@echo 'make bench     mide el rendimiento con una colección de datos (DATOS=carpeta)'
	@echo 'make limpiar   borra el entorno y lo que se puede volver a hacer; nunca los datos'

entorno:
	@sh requirements/entorno.sh pruebas

demo:
	@sh requirements/entorno.sh base
	@exec $(PY) manage.py demo

test:
	@sh requirements/entorno.sh pruebas
	@sh requirements/sistema.sh
	@exec $(PY) -m pytest -n $(PROCESOS) --dist loadgroup $(if $(LENTO),,-m 'not lento') $(ARGS)

lint:
	@sh requirements/entorno.sh pruebas
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy archivo buscador certificaciones memoria_anual search verificador
	.venv/bin/lint-imports --no-logo
	.venv/bin/djade --check --target-version 6.1 $(PLANTILLAS)
	.venv/bin/djhtml --check --tabwidth 2 $(PLANTILLAS)
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py check --deploy --fail-level WARNING --settings archivo.settings.produccion

bench:
	@sh requirements/entorno.sh pruebas
	@sh benchmarks/todo.sh

limpiar:
	@rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo 'Se borró el entorno y lo temporal. Los datos (ACERVO_DATOS, o ./datos) siguen donde estaban.'

"""Lo común a todas las composiciones. Las variables de entorno están en `docs/ajustes.md`."""

import environ

from archivo.settings import entorno

RAIZ = entorno.RAIZ
ACERVO_DATOS = entorno.crear_carpeta(entorno.carpeta("ACERVO_DATOS", "datos"))
ACERVO_BUSQUEDA = entorno.motor_de_busqueda("ACERVO_BUSQUEDA", "tantivy")
ACERVO_BUSQUEDA_PREFIJO = entorno.nombre("ACERVO_BUSQUEDA_PREFIJO", "acervo")
ACERVO_BUSQUEDA_FRAGMENTOS = entorno.entero("ACERVO_BUSQUEDA_FRAGMENTOS", 1)
ACERVO_BUSQUEDA_CERTIFICADO = entorno.texto("ACERVO_BUSQUEDA_CERTIFICADO")
ACERVO_BUSQUEDA_ESPERA = entorno.entero("ACERVO_BUSQUEDA_ESPERA_MS", 600) / 1000
ACERVO_PROCESOS_DEL_INDICE = entorno.entero("ACERVO_PROCESOS_DEL_INDICE", 0)
ACERVO_EXPORTACION_INMEDIATA = entorno.entero("ACERVO_EXPORTACION_INMEDIATA", 2000)
ACERVO_EXPORTACION_DIAS = entorno.entero("ACERVO_EXPORTACION_DIAS", 7)
ACERVO_AVISOS_POR_CORREO = entorno.entero("ACERVO_AVISOS_POR_CORREO", 20)
ACERVO_AVISOS_HORAS_PARA_CONFIRMAR = entorno.entero("ACERVO_AVISOS_HORAS_PARA_CONFIRMAR", 48)
ACERVO_CUADERNO_DIAS = entorno.entero("ACERVO_CUADERNO_DIAS", 180)
ACERVO_OBJETOS = entorno.texto("ACERVO_OBJETOS", "local")
ACERVO_ARCHIVO_MAXIMO = entorno.entero("ACERVO_ARCHIVO_MAXIMO_MB", 512) * 1024 * 1024
ACERVO_PAGINAS_MAXIMAS = entorno.entero("ACERVO_PAGINAS_MAXIMAS", 5000)
ACERVO_TESSDATA = entorno.texto("ACERVO_TESSDATA")
ACERVO_INICIO_DE_GOBIERNO = entorno.mes_y_dia("ACERVO_INICIO_DE_GOBIERNO", "10-01")

SECRET_KEY = entorno.clave_secreta(ACERVO_DATOS)
DEBUG = False
ALLOWED_HOSTS = entorno.lista("ACERVO_ANFITRIONES", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = entorno.lista("ACERVO_ORIGENES_CSRF")
ACERVO_INTERMEDIARIOS = entorno.redes("ACERVO_INTERMEDIARIOS")

INSTALLED_APPS = [
    "memoria_anual.oficina",
    "memoria_anual.consulta",
    "memoria_anual.edicion",
    "memoria_anual.cortes",
    "memoria_anual.indicadores",
    "certificaciones.oficina",
    "certificaciones.consulta",
    "certificaciones.actos",
    "certificaciones.solicitudes",
    "certificaciones.registro",
    "certificaciones.reglas",
    "archivo.operacion",
    "archivo.muestra",
    "archivo.oficina",
    "archivo.portal",
    "buscador",
    "archivo.indexacion",
    "archivo.ingesta",
    "archivo.archivistica",
    "archivo.catalogo",
    "archivo.objetos",
    "archivo.tareas",
    "archivo.auditoria",
    "archivo.identidad",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.users",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail.search",
    "wagtail",
    "taggit",
    "modelcluster",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "archivo.portal.seguridad.PoliticaDeContenidoMiddleware",
    "archivo.portal.entradas.SinNulosMiddleware",
    "archivo.indexacion.plazo.PlazoDeBusquedaMiddleware",
    "archivo.portal.impresos.ImpresoImposibleMiddleware",
    "archivo.oficina.negativas.ConstanciaDeNegativas",
]

ROOT_URLCONF = "archivo.urls"
WSGI_APPLICATION = "archivo.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [RAIZ / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "archivo.portal.contexto.institucion",
            ],
        },
    }
]

DATABASES = {"default": environ.Env.db_url_config(entorno.texto("ACERVO_BASE") or f"sqlite:///{ACERVO_DATOS / 'acervo.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000;",
    }
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    INSTALLED_APPS += ["django.contrib.postgres"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "identidad.Usuario"
AUTHENTICATION_BACKENDS = ["archivo.identidad.permisos.BackendDeRoles"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
CSRF_FAILURE_VIEW = "archivo.portal.errores.formulario_vencido"
LOGIN_URL = "wagtailadmin_login"
LOGIN_REDIRECT_URL = "wagtailadmin_home"

LANGUAGE_CODE = "es-mx"
TIME_ZONE = entorno.texto("ACERVO_HUSO_HORARIO", "America/Mexico_City")
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
LOCALE_PATHS = [RAIZ / "locale"]

STATIC_URL = "/estaticos/"
STATIC_ROOT = ACERVO_DATOS / "estaticos"
STATICFILES_DIRS = [RAIZ / "static"]
MEDIA_URL = "/medios/"
MEDIA_ROOT = ACERVO_DATOS / "medios"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_TEMP_DIR = entorno.crear_carpeta(ACERVO_DATOS / "temporal")
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 500

TASKS = {"default": {"BACKEND": "archivo.tareas.backend.BackendDeTareas", "QUEUES": []}}
ACERVO_ARRIENDO_SEGUNDOS = entorno.entero("ACERVO_ARRIENDO_SEGUNDOS", 60)
ACERVO_RESERVA_DE_FOLIO_SEGUNDOS = entorno.entero("ACERVO_RESERVA_DE_FOLIO_SEGUNDOS", 90)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": ACERVO_DATOS / "cache",
        # Con las 300 de fábrica, lo que guardan otras pantallas sacaría al azar las cuentas de los frenos.
        "OPTIONS": {"MAX_ENTRIES": 5_000},
    }
}

WAGTAIL_SITE_NAME = "Acervo"
WAGTAILADMIN_BASE_URL = entorno.texto("ACERVO_URL", "http://127.0.0.1:8000")
MAILERS = entorno.correo("ACERVO_CORREO")
DEFAULT_FROM_EMAIL = SERVER_EMAIL = entorno.texto("ACERVO_CORREO_DE", "archivo@localhost")
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_USER_TIME_ZONES = [
    "America/Mexico_City",
    "America/Cancun",
    "America/Chihuahua",
    "America/Hermosillo",
    "America/Mazatlan",
    "America/Tijuana",
    "America/Bogota",
    "UTC",
]
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_I18N_ENABLED = False
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAIL_AUTOSAVE_INTERVAL = 0
WAGTAILADMIN_PERMITTED_LANGUAGES = [("es", "Español")]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"linea": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {
        "una_por_minuto": {"()": "archivo.indexacion.fallas.UnaPorMinuto"},
        "sin_secretos": {"()": "archivo.identidad.secretos.SinSecretos"},
    },
    "handlers": {"consola": {"class": "logging.StreamHandler", "formatter": "linea", "filters": ["sin_secretos"]}},
    "root": {"handlers": ["consola"], "level": "WARNING"},
    "loggers": {
        "archivo": {"level": entorno.texto("ACERVO_NIVEL_REGISTRO", "INFO")},
        # Los clientes del motor anotan cada falla con su rastro y su dirección; la nuestra ya dice cuál, una vez por minuto.
        "opensearch": {"level": "CRITICAL"},
        "elastic_transport": {"level": "CRITICAL"},
        "django.request": {"filters": ["una_por_minuto"]},
    },
}

# Firma electrónica. Contraseñas y PIN no pasan por aquí: se leen del entorno al usarlos.
ACERVO_ANCLAS = entorno.texto("ACERVO_ANCLAS")
ACERVO_TSA = entorno.texto("ACERVO_TSA")
ACERVO_TSA_USUARIO = entorno.texto("ACERVO_TSA_USUARIO")
ACERVO_OCSP = entorno.texto("ACERVO_OCSP")
ACERVO_ESPERA_DE_FIRMA = entorno.entero("ACERVO_ESPERA_DE_FIRMA", 10)
ACERVO_SELLO = entorno.texto("ACERVO_SELLO")
ACERVO_HSM = entorno.texto("ACERVO_HSM")
ACERVO_HSM_FICHA = entorno.texto("ACERVO_HSM_FICHA")
ACERVO_HSM_CLAVE = entorno.texto("ACERVO_HSM_CLAVE")
ACERVO_HSM_CERTIFICADO = entorno.texto("ACERVO_HSM_CERTIFICADO")

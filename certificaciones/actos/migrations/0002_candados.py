"""Lo expedido no cambia y los folios no dejan huecos: lo impide la propia base de datos."""

from django.db import migrations

from archivo.auditoria.disparadores import solo_agregar
from certificaciones.actos.disparadores import HISTORIA, reglas_del_libro


class Migration(migrations.Migration):
    dependencies = [("actos", "0001_inicial"), ("auditoria", "0002_solo_agregar")]
    operations = [reglas_del_libro(primera=True), *(solo_agregar(tabla) for tabla in HISTORIA)]

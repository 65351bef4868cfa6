"""La copia como documento: admitir la fuente, componer las hojas y ensamblar las fojas. Sin modelos.

La puerta del piso es `certificaciones.copia.puerta`; este archivo queda vacío porque el proceso aislado, que no carga Django,
importa `certificaciones.copia.celda`.
"""

"""Comprueba una copia certificada con archivos solamente: ni red, ni Django, ni nada del resto del proyecto.

Aquí viven también los formatos con que el registro se publica (hoja, árbol, nota firmada, prueba), para que quien los
escribe y quien los comprueba no puedan separarse. Uso: `python -m verificador COPIA.pdf --prueba P --llave K`.
"""

"""Los servicios de los expedientes: abrir, integrar, cerrar, verificar e imprimir."""

"""El cuadro y su catálogo como archivos: leerlos, cargarlos, exportarlos, y los de muestra."""

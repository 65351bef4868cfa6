"""Los instrumentos y la clasificación archivística: cuadro, catálogo de disposición documental, expedientes."""

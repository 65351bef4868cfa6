"""El archivo de demostración, generado con semilla fija."""

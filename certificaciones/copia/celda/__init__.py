"""Lo que corre en el proceso aislado: abrir, examinar y rehacer archivos ajenos. Nada de aquí importa Django."""

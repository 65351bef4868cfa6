"""Los indicadores declarados, una familia por archivo. Los carga `IndicadoresConfig.ready`, en el orden de la memoria."""

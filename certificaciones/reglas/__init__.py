"""Los datos con vigencia que deciden una copia: facultades para certificar, tarifas, modelos de texto."""

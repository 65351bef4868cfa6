"""The engines behind the port. Opened through `search.open_engine`."""

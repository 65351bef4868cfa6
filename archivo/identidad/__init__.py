"""Quién es quién: institución, áreas, roles con vigencia y enlaces de acceso."""

"""La memoria publicada, para quien la lee."""

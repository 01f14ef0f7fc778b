"""Files: told by their content, checked on arrival, each kept once."""

"""Walking through every door as every reader: what the address needs, who knocks, what is met."""

"""Who did what, one sentence each."""

"""Small programs for those who work on Qingce itself."""

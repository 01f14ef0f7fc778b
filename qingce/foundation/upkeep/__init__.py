"""Looking after an installation: the doctor, backups, restoring them."""

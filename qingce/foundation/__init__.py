"""What any careful system needs; has never heard of the League."""

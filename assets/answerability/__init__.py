"""What makes a number answerable: who was heard, what is missing, what waits, and what stood before."""

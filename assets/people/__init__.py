"""The people whose work the figures are about: who sees what, their rights, what is kept how long."""

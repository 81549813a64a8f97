"""The people whose work the figures are about: who sees what, what they can ask for, what is kept how long."""

"""What goes back to those who send: the template, the findings, the marked copy and the receipt."""

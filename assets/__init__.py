"""What exists: every table, report and published file, layer by layer.

``raw`` keeps every delivery as it was written; ``accepted`` holds what counts as said, and why the rest
was refused; ``core`` lays out networks, quarters and leaders; ``indicators`` measures; ``results`` judges;
``publication`` seals one file for auditors; ``reports`` shows it to management and leaders.
"""

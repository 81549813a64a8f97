"""The dialogue sheet (dialogark): one assignment, for the leader and the nearest superior.

Read from the published database alone, kept apart from every other report,
made for learning and dialogue only.
"""

"""The layers as Dagster assets: thin shells around what the other packages compute.

They stand apart from the packages they run, so that reading a cell or drawing a report imports no Dagster.
"""

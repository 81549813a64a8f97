"""The layers made by ``sql/``: a folder each, in the order in which they read one another."""

from assets.sql_assets import sql_layer
from assets.sql_models import MODEL_SCHEMAS, load_models

MODEL_LAYERS = tuple(sql_layer(schema) for schema in MODEL_SCHEMAS if load_models((schema,)))

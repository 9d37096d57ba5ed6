"""ArcGIS Hub: its feed, its search answers and the fields of its layers."""

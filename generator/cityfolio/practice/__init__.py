"""How the city keeps its data: health, facts, standards and their answers."""

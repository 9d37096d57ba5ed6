"""A catalog's files as today's model wants them: steps, each a pure function, and what came of them for each file."""

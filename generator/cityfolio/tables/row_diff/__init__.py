"""How the rows of one table differ from those of another: exactly, in any order, in bounded memory."""

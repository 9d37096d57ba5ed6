"""What helps whoever makes a theme: a gallery of every component in every state, and the reference of tokens."""

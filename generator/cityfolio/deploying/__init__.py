"""The command that puts a built site on a host: `cityfolio deploy`."""

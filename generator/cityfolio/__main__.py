"""Run Cityfolio as a module: `python -m cityfolio build`."""

from cityfolio.cli import main

if __name__ == "__main__":
    main(prog_name="cityfolio")

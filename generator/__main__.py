"""Run Cityfolio from a bare checkout: `python generator build`."""

from cityfolio.cli import main

if __name__ == "__main__":
    main(prog_name="cityfolio")

"""`python -m pubtrack`: the command line."""

from pubtrack.cli import main

if __name__ == "__main__":
    main()

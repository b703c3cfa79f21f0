"""`python -m guantong`: the command line."""

from guantong.cli import main

if __name__ == "__main__":
    main()

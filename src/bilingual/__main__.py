"""`python -m bilingual`: the command line, where the script is not on the path."""

from bilingual.cli import main

if __name__ == "__main__":
    main()

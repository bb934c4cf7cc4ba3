"""`python -m invlint`."""

from invlint.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())

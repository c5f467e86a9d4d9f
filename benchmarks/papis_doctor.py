"""papis doctor's checks on one file, run by the Python that papis is installed for: papis_doctor.py FILE

Prints the seconds of reading the file and of those of its checks that pubtrack has too, and those of the checks alone.
"""

import sys
import time

CHECKS = ("html-codes", "html-tags", "keys-missing", "string-cleaner", "empty-fields", "bibtex-type")


def main() -> None:
    """Reads the entries as papis' documents and runs each check on each."""
    import papis.bibtex
    import papis.document
    from papis.doctor import REGISTERED_CHECKS

    begin = time.perf_counter()
    documents = [papis.document.from_data(entry) for entry in papis.bibtex.bibtex_to_dict(sys.argv[1])]
    read = time.perf_counter()
    for name in CHECKS:
        for document in documents:
            REGISTERED_CHECKS[name].operate(document)
    print(time.perf_counter() - begin, time.perf_counter() - read)


if __name__ == "__main__":
    main()

"""Makes `data/embedding/services.npz` anew after a change of the taxonomy: `python -m tests.vectors`."""

import numpy as np

from matcher.embedding import embed
from matcher.likeness import summed
from matcher.meaning import digest, examples
from matcher.taxonomy import data_folder

FILE = data_folder() / "embedding" / "services.npz"


def main() -> None:
    """Read all names, synonyms, phrases and category words as the language model does, and keep their sums."""
    known = list(examples())
    numbers = {label: number for number, label in enumerate(dict.fromkeys(example.label for example in known))}
    sums = summed(known, numbers, embed).astype(np.float16)
    np.savez(FILE, sums=sums, known=np.array(digest(known)))


if __name__ == "__main__":
    main()

"""The shared directory's part of an index as files, which the next start maps into memory instead of reading tables."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matcher.engine.columns import with_room
from matcher.engine.flow import Flow
from matcher.engine.index import ROWS, Block, Ground, Index
from matcher.engine.tiles import Tiles
from matcher.units import SHARED

FORM = 1  # grows when the files change their meaning
LABEL = "label.json"
Stamp = Mapping[str, Any]  # what the files were made from; they count only for the very same


def save(index: Index, folder: Path, stamp: Stamp, revision: int) -> None:
    """Write the shared directory into a folder, which is there whole or not at all; networks' own rows stay out."""
    index = index.alone()
    ground = index.ground(SHARED)
    arrays = {f"row_{name}": with_room(index[name]) for name in ROWS}
    arrays |= {f"kind_{name}": column for name, column in index.kinds.columns().items()}
    for number, block in enumerate(ground.blocks):
        arrays |= {f"block{number}_{name}": column for name, column in block.columns().items()}
    label = {
        "form": FORM,
        "stamp": dict(stamp),
        "revision": revision,
        "rows": len(index["ids"]),
        "blocks": len(ground.blocks),
        "count": ground.count,
        "market_sets": index.kinds.market_sets,
    }
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(mkdtemp(prefix=f"{folder.name}.", dir=folder.parent))  # only its owner may read it
    for name, array in arrays.items():
        np.save(made / f"{name}.npy", array)
    (made / LABEL).write_text(json.dumps(label), encoding="utf-8")
    shutil.rmtree(folder, ignore_errors=True)
    made.rename(folder)


def opened(flow: Flow, folder: Path, stamp: Stamp) -> tuple[Index, int] | None:
    """The index saved in a folder, mapped into memory, and its revision; None if it was made from something else.

    Pages that an edit touches become private to this process; the files never change.
    """
    try:
        label = json.loads((folder / LABEL).read_text(encoding="utf-8"))
        if (label["form"], label["stamp"]) != (FORM, dict(stamp)):
            return None
        columns = {name: _mapped(folder, f"row_{name}") for name in ROWS}
        kinds = {name: _mapped(folder, f"kind_{name}") for name in Index(flow).kinds.columns()}
        blocks = tuple(_block(folder, number) for number in range(label["blocks"]))
    except (OSError, ValueError, KeyError):
        return None
    table = Index(flow).kinds.opened(kinds, label["market_sets"])
    ground = Ground(blocks=blocks, count=label["count"])
    return Index.of(flow, columns, label["rows"], kinds=table, ground=ground), label["revision"]


def _block(folder: Path, number: int) -> Block:
    tiles = {name: _mapped(folder, f"block{number}_{name}") for name in Tiles.__dataclass_fields__}
    ids, rows = (_mapped(folder, f"block{number}_{name}") for name in ("ids", "rows"))
    return Block(tiles=Tiles(**tiles), ids=ids, rows=rows)


def _mapped(folder: Path, name: str) -> NDArray[Any]:
    array: NDArray[Any] = np.load(folder / f"{name}.npy", mmap_mode="c", allow_pickle=False)
    return array.view(np.ndarray) if array.size else np.zeros(0, dtype=array.dtype)

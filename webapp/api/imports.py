"""Operations on imports: stage a file, look at it, store it, take it out again."""

from flask import g
from werkzeug.datastructures import FileStorage

from matcher.answers.imported import Imported, Preview
from webapp import storing
from webapp.api.inputs import ColumnsBody, ImportQuery
from webapp.api.operation import operation


@operation("GET", "/imports")
def get_imports() -> tuple[Imported, ...]:
    """All imports, newest first, without their problems."""
    return tuple(g.network.imports())


@operation("POST", "/imports")
def post_import(query: ImportQuery, file: FileStorage) -> Preview:
    """Send a file of businesses, clients or contacts; the answer says what storing it would do."""
    found: Preview = g.network.stage(file.filename or "", file.read(), query.about)
    return found


@operation("GET", "/imports/<int:import_id>")
def get_import(import_id: int) -> Imported:
    """One import: how far it is, or what it did, with its problems by line."""
    return _imported(import_id)


@operation("POST", "/imports/<int:import_id>/store")
def store_import(import_id: int, body: ColumnsBody) -> Imported:
    """Store the rows of a file that was sent. It goes on in the background; ask for the import to see how far it is."""
    storing.start(g.network, import_id, body.chosen())
    return _imported(import_id)


@operation("POST", "/imports/<int:import_id>/undo")
def undo_import(import_id: int) -> Imported:
    """Take a whole import out; businesses that were decided on stay, people go; 409 when one was merged since."""
    found: Imported = g.network.undo_import(import_id)
    return found


def _imported(import_id: int) -> Imported:
    found: Imported = g.network.imported(import_id)
    return found

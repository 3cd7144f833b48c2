"""Find businesses by any spelling"""

import sqlalchemy as sa
from alembic import op

from matcher.facts.directory import plain_city, plain_name
from matcher.migrations.row_security import unheld

revision = "0010"
down_revision = "0009"

CHUNK = 5_000  # businesses read at a time
PLAIN = {"folded": ("name", plain_name), "folded_city": ("city", plain_city)}  # new column -> of which, and how
SIZES = {"folded": 200, "folded_city": 100}  # characters


def upgrade() -> None:
    """Keep names and towns without capitals and accents as well, which databases do not know alike."""
    collation = "C" if op.get_bind().dialect.name == "postgresql" else None
    for name, size in SIZES.items():
        column = sa.Column(name, sa.String(size, collation), nullable=False, server_default="")
        op.add_column("business", column)
    with unheld("business"):
        _fill()
    op.create_index("ix_business_folded", "business", ["folded", "id"])


def _fill() -> None:
    columns = ("id", *PLAIN, *(of for of, _ in PLAIN.values()))
    business = sa.table("business", *(sa.column(name) for name in columns))
    told = {name: sa.bindparam(f"new_{name}", type_=sa.String()) for name in PLAIN}
    change, last = business.update().where(business.c.id == sa.bindparam("number")).values(**told), 0
    while True:
        page = sa.select(business).where(business.c.id > last).order_by(business.c.id).limit(CHUNK)
        rows = op.get_bind().execute(page).mappings().all()
        if not rows:
            return
        plain = [{f"new_{name}": plain_of(row[of]) for name, (of, plain_of) in PLAIN.items()} for row in rows]
        numbers = [{"number": row["id"]} for row in rows]
        op.get_bind().execute(change, [number | told for number, told in zip(numbers, plain, strict=True)])
        last = rows[-1]["id"]

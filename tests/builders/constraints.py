"""What a table is held to, by name."""

from sqlalchemy import Table


def names_in(table: Table) -> set[str]:
    """Names of the table's indexes and constraints."""
    return {str(index.name) for index in table.indexes} | {str(constraint.name) for constraint in table.constraints}

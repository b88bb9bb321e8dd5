"""A word of a later release is carried in the copies, as text."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

WORDS = {"plan_service_copy": "arrangement", "plan_line_copy": "arrangement", "catalogue_copy": "unit"}


def upgrade() -> None:
    """Let any word in."""
    for table, column in WORDS.items():
        op.drop_constraint(op.f(f"ck_{table}_{column}"), table, type_="check")


def downgrade() -> None:
    """Undo it; refuses while a copy holds a word of a later release."""
    words = {
        "arrangement": ("OWN", "DIRECT_CHOICE", "VOUCHER", "PURCHASE"),
        "unit": ("HOUR", "VISIT", "SESSION", "DAY", "MONTH", "CASE", "MEAL"),
    }
    for table, column in reversed(WORDS.items()):
        listed = ", ".join(f"'{word}'" for word in words[column])
        op.create_check_constraint(op.f(f"ck_{table}_{column}"), table, f"{column} in ({listed})")

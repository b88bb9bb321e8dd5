"""Resource names (AIP-122) and the refusal of a malformed request field."""

from uuid import UUID


class InvalidField(ValueError):
    """A request field that cannot be understood: INVALID_ARGUMENT with a BadRequest violation on `field`."""

    reason = "INVALID_FIELD"
    rule = "AIP-193"

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def resource_name(collection: str, uid: UUID) -> str:
    """`vouchers/{uid}`; an id is a UUID, never a personal identity code."""
    return f"{collection}/{uid}"


def resource_id(name: str, collection: str, field: str = "name") -> UUID:
    """The uid inside `name`; refuses with `InvalidField(field)` anything but `{collection}/{uuid}`."""
    prefix, slash, tail = name.partition("/")
    if prefix != collection or not slash:
        raise InvalidField(field, f"must have the form {collection}/{{uuid}}")
    return uuid_of(tail, field)


def uuid_of(text: str, field: str) -> UUID:
    """The canonical UUID in `text`; refuses with `InvalidField(field)` every other spelling."""
    try:
        uid = UUID(text)
    except ValueError:
        raise InvalidField(field, "must be a UUID") from None
    if str(uid) != text.lower():
        raise InvalidField(field, "must be a UUID in its canonical form")
    return uid

"""Statutory sections between the domain and protobuf: contents are the fields of their message, by name."""

from collections.abc import Iterable

from services.careplan.domain.plans.statutory import StatutorySection, statutory_section
from services.careplan.domain.terms import StatutoryKind
from services.chassis.names import InvalidField
from sote.careplan.v1 import statutory_pb2


def section_from(message: statutory_pb2.StatutorySection) -> StatutorySection:
    """A section to put in a draft."""
    kind = message.WhichOneof("section")
    if kind is None:
        raise InvalidField("put_statutory_sections.section", "must be given")
    contents = {field.name: text for field, text in getattr(message, kind).ListFields()}
    return statutory_section(StatutoryKind(kind.upper()), contents)


def section_message(section: StatutorySection) -> statutory_pb2.StatutorySection:
    """A section."""
    message = statutory_pb2.StatutorySection(
        legal_basis=section.legal_basis, plan_service_ids=[str(uid) for uid in section.plan_service_ids]
    )
    inner = getattr(message, section.kind.lower())
    inner.SetInParent()
    for name, text in section.contents:
        setattr(inner, name, text)
    return message


def section_messages(sections: Iterable[StatutorySection]) -> list[statutory_pb2.StatutorySection]:
    """Sections."""
    return [section_message(section) for section in sections]

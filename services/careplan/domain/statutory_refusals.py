"""Refusals of sections that special acts ask for."""

from services.careplan.domain.refusals import Refusal


class StatutorySectionMissing(Refusal):
    """A planned service asks for a section of the plan, or a part of it, that is not written."""

    reason = "STATUTORY_SECTION_MISSING"
    rule = "S2.15"
    legal_basis = "The special act of the section: 417/2007 30 §, 980/2012 16 § or 1326/2010 29 §"

    def __init__(self, message: str = "", legal_basis: str = "") -> None:
        super().__init__(message)
        self.legal_basis = legal_basis or type(self).legal_basis

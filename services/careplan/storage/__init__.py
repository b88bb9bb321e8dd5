"""Rows of care plans: a noun's table with its constraints, its mapping and its queries in one module.

Every module that maps a class is named here: whichever of them a process loads, it maps them all.
"""

from services.careplan.storage import acknowledgements as acknowledgements
from services.careplan.storage import chains as chains
from services.careplan.storage import consultations as consultations
from services.careplan.storage import deadlines as deadlines
from services.careplan.storage import deliveries as deliveries
from services.careplan.storage import enrolments as enrolments
from services.careplan.storage import goals as goals
from services.careplan.storage import pauses as pauses
from services.careplan.storage import plan_versions as plan_versions
from services.careplan.storage import plans as plans
from services.careplan.storage import transfers as transfers
from services.careplan.storage.neighbours import clients as clients
from services.careplan.storage.neighbours import providers as providers
from services.careplan.storage.neighbours import vouchers as vouchers
from services.careplan.storage.searches import contract_losses as contract_losses
from services.careplan.storage.searches import reroute_cases as reroute_cases

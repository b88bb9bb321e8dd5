"""Rows of vouchers and their money: tables with their constraints, the mapping of domain classes, small queries.

The modules that map a class are named here: whichever of the room's modules a process loads, it maps them all.
"""

from services.voucher.storage.claims import redemption as redemption
from services.voucher.storage.claims import reroute as reroute
from services.voucher.storage.claims import reversal as reversal
from services.voucher.storage.vouchers import voucher as voucher

"""Rows of vouchers and their money: tables with their constraints, the mapping of domain classes, small queries.

The modules that map a class are named here: whichever of the room's modules a process loads, it maps them all.
"""

from services.voucher.storage import redemption as redemption
from services.voucher.storage import reroute as reroute
from services.voucher.storage import reversal as reversal
from services.voucher.storage import voucher as voucher

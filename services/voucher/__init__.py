"""The voucher service.

Owns: vouchers with their contents and quotes, redemptions with their reversals, settlement batches; the dated
parameters of values and fees, statements of income; and the county's budget with its ledger, commitments and envelopes.
Publishes: Voucher…, Redemption…, Settlement…, Budget… and Envelope… facts, EnrolmentFunded (sote.voucher.v1); the
sections VoucherSection and FinanceSection of the integrated record.
Listens to: clients and who represents them, assessments, decisions and guidance; plans, their pauses and deliveries;
providers, catalogue, contracts and sanctions; enrolments. It keeps copies of what its guards need and asks nobody.
"""

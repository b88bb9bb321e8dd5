"""The methods of QuoteService; each gives its request to one operation or view through the door."""

from sqlalchemy.orm import Session

from services.chassis.door import Call, Door, reads, writes
from services.chassis.names import resource_id
from services.chassis.vault import Vault
from services.voucher.api.acting import client_on
from services.voucher.domain.rules import Rules
from services.voucher.operations.choices.quote_providers import quote_providers
from services.voucher.views.choices.quote import list_quotes
from services.voucher.wire.choices.quote import quotes_response
from services.voucher.wire.vouchers.voucher import VOUCHERS
from sote.voucher.v1 import quote_service_pb2 as pb
from sote.voucher.v1 import quote_service_pb2_grpc


class QuoteApi(quote_service_pb2_grpc.QuoteServiceServicer):
    """QuoteService over one door and the vault of incomes."""

    def __init__(self, door: Door, rules: Rules, vault: Vault) -> None:
        self._door = door
        self._rules = rules
        self._vault = vault

    @writes
    def QuoteProviders(
        self, request: pb.QuoteProvidersRequest, call: Call, session: Session
    ) -> pb.QuoteProvidersResponse:
        voucher_id = resource_id(request.name, VOUCHERS)
        given, providers = quote_providers(
            session,
            voucher_id=voucher_id,
            by_client=client_on(session, call, voucher_id),
            subject=call.caller.subject,
            vault=self._vault,
            rules=self._rules,
            now=call.now,
            new_id=call.new_id,
        )
        return quotes_response(given, providers)

    @reads
    def ListQuotes(self, request: pb.ListQuotesRequest, call: Call, session: Session) -> pb.ListQuotesResponse:
        voucher_id = resource_id(request.name, VOUCHERS)
        return list_quotes(session, request, voucher_id, client_on(session, call, voucher_id))

"""Contracts of the county's providers as the package service heard of them, and their next states."""

from typing import Any

from cli.stories.values import day
from sote.provider.v1 import contract_pb2
from sote.provider.v1 import events_pb2 as provider
from tests.builders.package.story import Story


def contract_of(story: Story, code: str, service_code: str) -> provider.ContractFacts:
    """A provider's contract with a line for the service, as last heard of."""
    found = [
        fact.contract
        for fact in story.facts
        if hasattr(fact, "contract") and fact.contract.provider_id == story.provider(code)
    ]
    newest = {one.contract_id: one for one in sorted(found, key=lambda one: one.version)}
    held: provider.ContractFacts
    (held,) = [one for one in newest.values() if service_code in {line.service_code for line in one.lines}]
    return held


def later(contract: provider.ContractFacts, status: Any) -> provider.ContractFacts:
    """The contract a version later."""
    changed = provider.ContractFacts()
    changed.CopyFrom(contract)
    changed.state, changed.version = status, contract.version + 1
    return changed


def suspended(story: Story, code: str, service_code: str) -> provider.ContractSuspended:
    """The contract is suspended from today on."""
    contract = later(contract_of(story, code, service_code), contract_pb2.CONTRACT_STATE_SUSPENDED)
    contract.suspension.mode = contract_pb2.SUSPENSION_MODE_IMMEDIATE
    contract.suspension.effective_date.CopyFrom(day(story.now.date()))
    return provider.ContractSuspended(contract=contract)

"""The county's data files are what the rules let stand: every provider approved, every contract in force."""

from sote.provider.v1 import contract_pb2
from sote.provider.v1 import provider_service_pb2 as pb
from tests.builders.provider.loader import Loader


def test_the_countys_files_load_whole(loader: Loader) -> None:
    loader.load_all()
    assert len(loader.providers) == 13
    assert len(loader.units) == 19
    states = {contract.state for contract in loader.contracts.values()}
    assert states == {contract_pb2.CONTRACT_STATE_ACTIVE}
    p05 = loader.providers["P05"].uid
    asked = pb.BatchGetProviderSummariesRequest(provider_ids=[p05])
    (summary,) = loader.call("BatchGetProviderSummaries", asked, role="SYS").summaries
    assert [(one.service_code, one.unit_price.cents) for one in summary.contracts[0].lines] == [
        ("SOC-FAM-HOME", 3600),
        ("SOC-HOME-CARE", 3800),
    ]
    assert list(summary.languages) == ["fi", "sv"]

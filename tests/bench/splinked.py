"""The same febrl set, linked by Splink on DuckDB, set up after the example of its own documentation for febrl4."""

import logging
from typing import Any

FEWEST_ODDS = 0.5  # a pair is named when it is rather one than two, as with ours
RULES = (
    ("given_name", "surname"),
    ("date_of_birth",),
    ("soc_sec_id",),
    ("state", "address_1"),
    ("street_number", "address_1"),
    ("postcode",),
)
KNOWN = ("soc_sec_id",), ("given_name", "surname", "date_of_birth")  # who agrees on these is taken for one
SEED = 20_260_302


def linked(frame: Any, second: int) -> set[tuple[int, int]]:
    """Pairs of two lists, the second of which begins at a position, that Splink takes for one."""
    from splink import DuckDBAPI, Linker, block_on

    people = frame.reset_index(drop=True)
    people["unique_id"] = range(len(people))
    database = DuckDBAPI()
    lists = [
        database.register(part, dataset_display_name=name)
        for part, name in ((people[:second], "one"), (people[second:], "other"))
    ]
    linker = Linker(lists, _settings(), log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on(*rule) for rule in KNOWN], recall=0.9)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=SEED)
    for rule in (("date_of_birth",), ("postcode",)):
        training.estimate_parameters_using_expectation_maximisation(block_on(*rule), record_sample_proportion=1.0)
    found = linker.inference.predict(threshold_match_probability=FEWEST_ODDS).as_pandas_dataframe()
    return {(min(pair), max(pair)) for pair in zip(found["unique_id_l"], found["unique_id_r"], strict=True)}


def _settings() -> Any:
    import splink.comparison_library as compare
    from splink import SettingsCreator, block_on

    return SettingsCreator(
        link_type="link_only",
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in RULES],
        comparisons=[
            compare.NameComparison("given_name"),
            compare.NameComparison("surname"),
            compare.LevenshteinAtThresholds("date_of_birth", [1, 2]),
            compare.LevenshteinAtThresholds("soc_sec_id", [1, 2]),
            compare.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            compare.JaroWinklerAtThresholds("address_1", [0.9, 0.7]),
            compare.LevenshteinAtThresholds("postcode", [1, 2]),
        ],
    )

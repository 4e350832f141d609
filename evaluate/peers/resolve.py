"""Resolve payee names with Splink, for comparison.

In: a CSV with the columns name and organisation. Out, on standard output: JSON with
the seconds, the peak memory in MB, and the pairwise F1, precision and recall of the
clusters. Installed by `make peers` into evaluate/peers/venv, which git ignores.

Usage: python resolve.py NAMES.csv THREADS
"""
import csv
import json
import re
import resource
import sys
import time
from collections import Counter

import duckdb
import pandas
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

# Legal forms and notes that any matcher would leave out.
FORMS = re.compile(r"\b(LTD|LIMITED|PLC|LLP|THE|UK)\b|\(.*?\)|\*.*|[^A-Z0-9 ]")


def plain(name):
    return " ".join(FORMS.sub(" ", name.upper().split(" T/A ")[0].replace("&", " ")).split()) or name.upper()


def main():
    with open(sys.argv[1], newline="", encoding="utf-8", errors="replace") as file:
        rows = list(csv.DictReader(file))
    truth = [row["organisation"] for row in rows]
    begun = time.time()
    names = [plain(row["name"]) for row in rows]
    frame = pandas.DataFrame({
        "unique_id": range(len(rows)),
        "name": names,
        "first": [n.split()[0] for n in names],
        "last": [n.split()[-1] for n in names],
        "bag": [" ".join(sorted(n.split())) for n in names],
    })
    connection = duckdb.connect()
    connection.execute("SET memory_limit = '6GB'")
    connection.execute(f"SET threads = {int(sys.argv[2])}")
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.97, 0.92, 0.88]),
            cl.ExactMatch("first").configure(term_frequency_adjustments=True),
            cl.ExactMatch("last").configure(term_frequency_adjustments=True),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("substr(name, 1, 14)"),
            block_on("bag"),
            block_on("first", "last"),
            block_on("substr(name, -14)"),
        ],
    )
    linker = Linker(frame, settings, DuckDBAPI(connection))
    linker.training.estimate_probability_two_random_records_match([block_on("name"), block_on("bag")], recall=0.5)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=7)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("bag"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("first", "last"))
    pairs = linker.inference.predict(threshold_match_probability=0.5)
    best = None
    for threshold in (0.5, 0.9, 0.99):  # the best of these is reported
        clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(pairs, threshold).as_pandas_dataframe()
        found = dict(zip(clusters["unique_id"], clusters["cluster_id"]))
        score = pairwise([found[i] for i in range(len(rows))], truth)
        if best is None or score["f1"] > best["f1"]:
            best = {**score, "threshold": threshold}
    best["seconds"] = round(time.time() - begun, 1)
    best["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    json.dump(best, sys.stdout)


def pairwise(found, truth):
    def pairs(counts):
        return sum(n * (n - 1) / 2 for n in counts.values())

    got, real, right = pairs(Counter(found)), pairs(Counter(truth)), pairs(Counter(zip(found, truth)))
    precision, recall = right / max(got, 1), right / max(real, 1)
    return {"f1": 2 * precision * recall / max(precision + recall, 1e-9), "precision": precision, "recall": recall}


main()

"""Works out the figures of a case again with Python's standard library alone.

Usage: python3 check.py FOLDER
Prints each figure that differs and exits 1; else says how many agree.
"""
import csv
import re
import statistics
import sys
from collections import defaultdict
from fractions import Fraction
from pathlib import Path


def rows(name):
    with open(Path(sys.argv[1]) / name, newline="") as file:
        return list(csv.DictReader(file))


transactions, figures = rows("transactions.csv"), rows("figures.csv")
charities = {s["supplier"] for s in rows("suppliers.csv") if s["kind"] == "charity"}
accounts = {s["supplier"]: s["size"] for s in rows("suppliers.csv") if s.get("size")}
offices = {s["supplier"]: s["postcode_area"] for s in rows("suppliers.csv") if s.get("postcode_area")}
areas = {b["body"]: re.match("[A-Z]+", b["postcode"])[0] for b in rows("register.csv") if b["postcode"]}
denominators = {(d["body"], d["measure"], d["year"]): Fraction(d["value"]) for d in rows("denominators.csv")}
sets = defaultdict(lambda: defaultdict(list))
for part in rows("sets.csv"):
    sets[part["comparison"]][part["what"]].append(part["value"])


def earlier(month):
    return f"{int(month[:4]) - 1}{month[4:]}"


def counted(body, months, of, prefix):
    basis = of["vat_basis"][0]
    return [t for t in transactions
            if t["body"] == body and t["month"][:7] in months and t["scope"] == "procurement" and t["duty"] == of["duty"][0]
            and abs(int(t["transaction_pence"])) >= int(of["threshold_pence"][0])
            and basis in ("unknown", t["vat_basis"]) and t["category"].startswith(prefix)]


def measure(indicator, body, of, prefix):
    months = of["month"]
    part = counted(body, months, of, prefix)
    spend = sum(int(t["pence"]) for t in part)
    whole = sum(int(t["pence"]) for t in counted(body, months, of, ""))
    before = sum(int(t["pence"]) for t in counted(body, [earlier(m) for m in months], of, prefix))
    suppliers = defaultdict(int)
    for t in part:
        suppliers[t["supplier"]] += int(t["pence"])
    unnamed = sum(int(t["pence"]) for t in part if not t["supplier"] and int(t["pence"]) > 0)
    paid = sorted((p for s, p in suppliers.items() if s and p > 0), reverse=True)
    told = sum(paid) > 0 and sum(paid) >= 4 * unnamed
    sizes = [Fraction(int(t["pence"])) for t in part if int(t["pence"]) > 0]
    if indicator == "spend":
        return Fraction(spend)
    if indicator == "share_of_procured":
        return Fraction(spend, whole) if whole > 0 else None
    if indicator == "per_head":
        people = denominators.get((body, "population", of["population_year"][0]))
        return spend / people if people else None
    if indicator == "suppliers":
        return Fraction(len(paid))
    if indicator == "share_of_largest_three":
        return Fraction(sum(paid[:3]), sum(paid)) if told else None
    if indicator == "herfindahl":
        return sum(Fraction(p, sum(paid)) ** 2 for p in paid) if told else None
    if indicator == "median_transaction":
        return statistics.median(sizes) if sizes else None
    if indicator == "ninetieth_transaction":
        return statistics.quantiles(sizes, n=10, method="inclusive")[8] if len(sizes) > 1 else (sizes[0] if sizes else None)
    if indicator == "share_to_charities":
        return Fraction(sum(p for s, p in suppliers.items() if s in charities and p > 0), sum(paid)) if told else None
    if indicator in ("share_to_small_suppliers", "share_to_local_suppliers"):
        known, wanted = (accounts, "small") if indicator == "share_to_small_suppliers" else (offices, areas.get(body))
        of_known = [(known[s], p) for s, p in suppliers.items() if s in known and p > 0 and wanted]
        pounds = sum(p for _, p in of_known)
        enough = pounds > 0 and 2 * pounds >= sum(paid) + unnamed
        return Fraction(sum(p for value, p in of_known if value == wanted), pounds) if enough else None
    if indicator == "refunds":
        out = sum(int(t["pence"]) for t in part if int(t["pence"]) > 0)
        return Fraction(-sum(int(t["pence"]) for t in part if int(t["pence"]) < 0), out) if out else None
    held = body in of["held_before"] and before > 0
    if indicator == "change_in_cash":
        return Fraction(spend, before) - 1 if held else None
    if indicator == "change_in_real_terms":
        now, then = (Fraction(i) for i in of["price_index"])
        return Fraction(spend) * then / (before * now) - 1 if held else None
    raise KeyError(indicator)


def near(text, value, whole, what):
    """Equal to the last place written; half a unit of it either way."""
    if (text == "") != (value is None):
        return f"{what}: {text or 'none'} here, {value} there"
    if value is None:
        return None
    slack = Fraction(1, 2) if whole else Fraction(1, 1_000_000)
    if abs(Fraction(text) - value) > slack:
        return f"{what}: {text} here, {float(value)} there"
    return None


problems, agree = [], 0
for row in figures:
    of = sets[row["id"].split(":", 1)[1]]
    prefix = row["category"].rstrip("0")
    whole = row["unit"] == "pence"
    if row["value"] == "":
        continue
    values = {b: measure(row["indicator"], b, of, prefix) for b in of["body"] + of["peer"]}
    own = values[of["body"][0]]
    peers = sorted(values[b] for b in of["peer"] if values[b] is not None)
    found = [near(row["value"], own, whole, "value")]
    if len(peers) != int(row["n"]):
        found.append(f"n: {row['n']} here, {len(peers)} there")
    if len(peers) >= 5:
        quarters = statistics.quantiles(peers, n=4, method="inclusive")
        middle = statistics.median(peers)
        for name, value in zip(("p25", "median", "p75"), quarters):
            found.append(near(row[name], value, whole, name))
        spread = statistics.median(abs(v - middle) for v in peers)
        if spread:
            # The engine's median and deviation are rounded to six places first.
            distance = (own - middle) / spread
            if abs(Fraction(row["robust_distance"]) - distance) > abs(distance) / 1000 + Fraction(1, 1000):
                found.append(f"robust_distance: {row['robust_distance']} here, {float(distance)} there")
    if len(peers) >= 8:
        found.append(near(row["rank"], Fraction(1 + sum(v > own for v in peers)), False, "rank"))
        below = sum(v < own for v in peers) + Fraction(sum(v == own for v in peers), 2)
        found.append(near(row["percentile"], 100 * below / len(peers), False, "percentile"))
    if len(peers) >= 10:
        tenths = statistics.quantiles(peers, n=10, method="inclusive")
        found += [near(row["p10"], tenths[0], whole, "p10"), near(row["p90"], tenths[8], whole, "p90")]
    found = [f"{row['id']}: {problem}" for problem in found if problem]
    problems += found
    agree += not found
print("\n".join(problems) or f"{agree} figures agree")
sys.exit(1 if problems or not agree else 0)

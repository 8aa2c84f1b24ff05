"""How well checks come out, how well a verifier reads, how well the archive finds.

    cases       claims with known outcomes, checked from end to end
    stance      pairs of claim and evidence, read by a verifier, beside what it must beat
    retrieval   queries with known answers, put to the archive
    benchmarks  all sets of a data folder in one run; `report` makes a page of it
    floors      what was reached, and must be again

Only the first is loaded with the package: the others bring scikit-learn and ir-measures with them.
"""

from onrecord.evals.cases import Case, CaseResult, Results, judge, read_cases, run_cases, select

__all__ = ["Case", "CaseResult", "Results", "judge", "read_cases", "run_cases", "select"]

"""How well checks come out: claims with known outcomes."""

from onrecord.evals.cases import Case, CaseResult, Results, judge, read_cases, run_cases, select

__all__ = ["Case", "CaseResult", "Results", "judge", "read_cases", "run_cases", "select"]

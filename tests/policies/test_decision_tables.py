"""The criteria of every policy and path against hand-written tables, for every combination of
answers: which status, and which unknown answers are missing. Then the approval status of every
eligibility with every request.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice, product
from typing import get_args

import pytest

from app.library import Library
from app.model.case import Indication, Route
from app.model.criterion import Comparison, all_of
from app.model.determination import RequestStatus
from app.model.eligibility import EligibilityStatus, Judged, JudgedComparison, children
from app.model.policy import Policy
from tests.cases import case, determine, eligibility_of
from tests.policies import battery
from tests.policies.decision_tables import (
    EVERY_ANSWER,
    Answer,
    Answers,
    Table,
    case_for,
    contradicts_itself,
    expectation,
    pipe_rows,
    read_tables,
)
from tests.policies.versions import (
    CIGNA,
    CIGNA_VERSION,
    DOCUMENTED,
    EXPRESS_SCRIPTS,
    EXPRESS_SCRIPTS_VERSION,
    Version,
)

CIGNA_NAME = f"{CIGNA}-{CIGNA_VERSION}"
EXPRESS_SCRIPTS_NAME = f"{EXPRESS_SCRIPTS}-{EXPRESS_SCRIPTS_VERSION}"
TABLES = {
    f"{version.name}/{table.name}": table
    for version in DOCUMENTED
    for table in read_tables(version)
}
DECIDED = {"met", "not_met", "not_covered"}

every_version = pytest.mark.parametrize("version", DOCUMENTED, ids=lambda one: one.name)
every_table = pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)


def _policy(library: Library, table: Table) -> Policy:
    [found] = [
        policy
        for policy in library.policies
        if (policy.id, policy.version) == (table.policy, table.version)
    ]
    return found


def _not_asked(table: Table) -> list[dict[str, Answer]]:
    """Return answers to all that a table does not ask: every one unknown, least and most."""
    asked = {column.question for column in table.columns}
    every = table.every_answer
    return [
        {question: each[place] for question, each in every.items() if question not in asked}
        for place in (0, 1, -1)
    ]


@every_table
def test_every_combination_of_answers_comes_out_as_the_document_says(
    table: Table, library: Library
) -> None:
    judge = eligibility_of(_policy(library, table))
    not_asked = _not_asked(table)
    wrong = (
        (route, {**answers, **rest}, found, expected)
        for answers, key in table.combinations(table.every_answer)
        for expected in [expectation(table, key)]
        for route in table.routes
        for rest in not_asked
        for found in [judge(case_for(table, route, {**answers, **rest}))]
        if (found.status, found.missing) != expected
    )
    assert list(islice(wrong, 3)) == []


@every_table
def test_a_case_read_from_json_is_judged_like_the_enumerated_ones(
    table: Table, library: Library
) -> None:
    policy = _policy(library, table)
    for answers, key in islice(table.combinations(table.every_answer), 0, None, 97):
        facts = {question: each for question, each in answers.items() if question != "age_years"}
        read = case(
            policy=policy.id,
            date_of_service=policy.in_force.first_day.isoformat(),
            indication=table.indication,
            route=table.routes[0],
            age_years=answers.get("age_years"),
            facts={
                name: list(each) if isinstance(each, tuple) else each
                for name, each in facts.items()
            },
        )
        found = determine(library, read).eligibility
        assert (found.status, found.missing) == expectation(table, key), answers


@every_table
def test_a_table_is_consistent_and_decides_where_every_answer_is_known(table: Table) -> None:
    for answers, key in table.combinations(table.every_answer):
        results = table.results(key)
        assert len(results) <= 1, answers
        assert results or None in key, answers
        assert results <= DECIDED


@every_table
def test_a_table_cites_document_heading_and_item(table: Table) -> None:
    assert table.source.keys() == {"document", "heading", "item"}
    assert all(table.source.values())
    assert all(row.item for row in table.rows)


@every_table
def test_each_criterion_cites_the_item_of_the_row_that_it_decides(
    table: Table, library: Library
) -> None:
    policy = _policy(library, table)
    wanted = {
        (column.question, f"{policy.document}: {table.source['heading']} {row.item}")
        for row in table.rows
        for column, cell in zip(table.columns, row.cells, strict=True)
        if row.result == "not_met" and cell != "-"
    }
    for route in table.routes:
        judged = eligibility_of(policy)(case_for(table, route, {})).criteria
        assert set(_cited_questions(judged)) == wanted


def _cited_questions(judged: Judged) -> Iterator[tuple[str, str]]:
    if isinstance(judged, JudgedComparison) and judged.question in {"age_years", *EVERY_ANSWER}:
        yield judged.question, judged.citation
    for child in children(judged):
        yield from _cited_questions(child)


def test_every_policy_indication_and_route_has_exactly_one_table(library: Library) -> None:
    covered = Counter(
        (table.policy, table.version, table.indication, route)
        for table in TABLES.values()
        for route in table.routes
    )
    wanted = product(
        [(policy.id, policy.version) for policy in library.policies],
        get_args(Indication),
        get_args(Route),
    )
    assert covered == Counter((*policy, *path) for policy, *path in wanted)


def test_every_question_that_criteria_can_ask_is_enumerated(library: Library) -> None:
    asked = {
        one.question
        for policy in library.policies
        for use in policy.coverage.values()
        for one in all_of(use.criteria)
        if isinstance(one, Comparison)
    }
    assert {"age_years", *EVERY_ANSWER} == asked
    assert len(EVERY_ANSWER["lesion_status"]) == 1 + 2**5


@pytest.mark.parametrize("name", ["melanoma_intravenous", "melanoma_intralesional"])
@pytest.mark.parametrize("version", [CIGNA_NAME, EXPRESS_SCRIPTS_NAME])
def test_a_seventeen_year_old_never_meets_melanoma_criteria(version: str, name: str) -> None:
    table = TABLES[f"{version}/{name}"]
    seventeen = table.combinations({**table.every_answer, "age_years": (17,)})
    assert {expectation(table, key) for _, key in seventeen} == {("not_met", ())}


def test_only_an_unknown_that_can_still_decide_is_missing() -> None:
    table = TABLES[f"{CIGNA_NAME}/melanoma_intravenous"]
    known: Answers = {
        "age_years": (None,),
        "metastatic_disease": (False,),
        "unresectable_disease": (None,),
        "prior_systemic_therapy": (True,),
        "prescriber_specialties": (("oncologist", "other"),),
    }
    [(_, key)] = table.combinations(known)
    assert expectation(table, key) == ("incomplete", ("age_years", "unresectable_disease"))
    [(_, key)] = table.combinations({**known, "metastatic_disease": (True,)})
    assert expectation(table, key) == ("incomplete", ("age_years",))
    [(_, key)] = table.combinations({**known, "prescriber_specialties": ((),)})
    assert expectation(table, key) == ("not_met", ())


@pytest.mark.parametrize(
    ("lesion", "cigna", "express_scripts"),
    [("recurrent", "not_met", "met"), ("borderline_resectable", "met", "not_met")],
)
def test_the_intralesional_targets_of_the_two_policies_are_not_nested(
    lesion: str, cigna: str, express_scripts: str
) -> None:
    answers: Answers = {
        "age_years": (18,),
        "lesion_status": ((lesion,),),
        "lesion_site": (("cutaneous",),),
        "prescriber_specialties": (("dermatologist",),),
    }
    for version, status in ((CIGNA_NAME, cigna), (EXPRESS_SCRIPTS_NAME, express_scripts)):
        table = TABLES[f"{version}/melanoma_intralesional"]
        [(_, key)] = table.combinations(answers)
        assert expectation(table, key) == (status, ())


@pytest.mark.parametrize(
    ("question", "answer", "contradicts"),
    [
        ("lesion_status", ("resectable", "unresectable"), True),
        ("lesion_status", ("borderline_resectable", "metastatic", "resectable"), True),
        ("lesion_status", ("resectable", "metastatic"), False),
        ("lesion_status", ("unresectable", "borderline_resectable"), False),
        ("lesion_site", ("other", "nodal"), True),
        ("lesion_site", ("other",), False),
        ("lesion_site", ("nodal", "cutaneous"), False),
        ("prescriber_specialties", ("oncologist", "other"), False),
    ],
)
def test_an_answer_that_contradicts_itself_is_as_good_as_none(
    question: str, answer: Answer, contradicts: bool
) -> None:
    assert contradicts_itself(question, answer) is contradicts
    [column] = [
        one
        for one in TABLES[f"{EXPRESS_SCRIPTS_NAME}/melanoma_intralesional"].columns
        if one.question == question
    ]
    assert (column.see(answer) is None) is contradicts


@every_version
def test_every_eligibility_with_every_request_gives_the_documented_status(
    version: Version, library: Library
) -> None:
    [policy] = [one for one in library.policies if f"{one.id}-{one.version}" == version.name]
    assert list(battery.statuses(policy, library)) == []


@every_version
def test_the_status_table_has_every_eligibility_and_every_request(version: Version) -> None:
    rows = pipe_rows(version.read("facts.yaml")["statuses"]["table"])
    # Where these documents cover a use, they state its dosing; they leave no use to another one.
    assert {row["request"] for row in rows} == set(get_args(RequestStatus)) - {"no_limit_stated"}
    for row in rows:
        assert row.keys() - {"request"} == set(get_args(EligibilityStatus)) - {"not_addressed"}
        # A use that is not covered has no documented dosing: no other request can occur with it.
        reachable = {name for name, status in row.items() if status != "-"} - {"request"}
        assert ("not_covered" in reachable) is (row["request"] == "no_regimen")
        assert reachable >= {"met", "not_met", "incomplete"}

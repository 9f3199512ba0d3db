"""Who is eligible, as the two policy documents say, tried out answer by answer."""

from itertools import product
from typing import Any

from tests.independent.measurements import Case

CIGNA, EXPRESS = "cigna-ip0407", "express-scripts-um-proleukin"
MELANOMA, RENAL, GVHD = "cutaneous_melanoma", "renal_cell_carcinoma", "graft_versus_host_disease"
IV, IL, SC = "intravenous", "intralesional", "subcutaneous"

# A rule holds where each of its lines does; a line, where one of its questions has a wanted answer.
Line = dict[str, list[Any]]
Rule = list[Line]
ADULT: Line = {"age_years": list(range(18, 131))}
METASTATIC: Line = {"metastatic_disease": [True]}
SINGLE_AGENT: Line = {"single_agent": [True]}
ADVANCED: Line = METASTATIC | {"unresectable_disease": [True]}
TREATED: Line = {"prior_systemic_therapy": [True]}
ONCOLOGIST: Line = {"prescriber_specialties": ["oncologist"]}
SKIN: Line = {"prescriber_specialties": ["oncologist", "dermatologist"]}
TRANSPLANT: Line = {"prescriber_specialties": ["oncologist", "transplant_center_physician"]}
CIGNA_LESION: Line = {"lesion_status": ["unresectable", "borderline_resectable"]}
EXPRESS_LESION: Line = {"lesion_status": ["metastatic", "recurrent", "unresectable"]}
EXPRESS_SITE: Line = {"lesion_site": ["cutaneous", "subcutaneous", "nodal"]}
CHRONIC: Line = {"chronic_gvhd": [True]}
REFRACTORY: Line = {"steroid_refractory": [True]}
WITH_STEROIDS: Line = {"with_systemic_corticosteroids": [True]}
MELANOMA_RULES: dict[tuple[str, str], Rule] = {
    (CIGNA, IV): [ADULT, ADVANCED, TREATED, ONCOLOGIST],
    (EXPRESS, IV): [ADULT, ADVANCED, TREATED, SINGLE_AGENT, ONCOLOGIST],
    (CIGNA, IL): [ADULT, CIGNA_LESION, SKIN],
    (EXPRESS, IL): [ADULT, EXPRESS_LESION, EXPRESS_SITE, SKIN],
}
RULES_OF_EVERY_ROUTE: dict[str, Rule] = {
    RENAL: [ADULT, METASTATIC, SINGLE_AGENT, ONCOLOGIST],
    GVHD: [CHRONIC, REFRACTORY, WITH_STEROIDS, TRANSPLANT],
}


def eligibility(case: Case) -> dict[str, Any]:
    indication, where = case["indication"], (case["policy"], case["route"])
    if indication == "other":
        return {"status": "not_covered", "missing": []}
    rule = MELANOMA_RULES.get(where) if indication == MELANOMA else RULES_OF_EVERY_ROUTE[indication]
    if rule is None:  # melanoma by a route that neither document names
        return {"status": "not_met", "missing": []}
    known: dict[str, bool] = {}
    for question, wanted in (item for line in rule for item in line.items()):
        given = case if question == "age_years" else case.get("facts") or {}
        if (answer := given.get(question)) is not None:
            answers = answer if isinstance(answer, list) else [answer]
            known[question] = any(a in wanted for a in answers)
    unknown = [question for line in rule for question in line if question not in known]
    results = {}
    for filled in product((False, True), repeat=len(unknown)):
        good = known | dict(zip(unknown, filled, strict=True))
        results[filled] = all(any(good[question] for question in line) for line in rule)
    decisive = {  # turning this answer round turns the result round, for some filling of the others
        question
        for i, question in enumerate(unknown)
        for filled, result in results.items()
        if results[(*filled[:i], not filled[i], *filled[i + 1 :])] != result
    }
    settled = "met" if all(results.values()) else "not_met"
    return {"status": "incomplete" if decisive else settled, "missing": sorted(decisive)}

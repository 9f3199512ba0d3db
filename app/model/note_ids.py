"""The ids of the notes that Aldesk itself writes, which no policy file may give to a note."""

OWN_NOTES = frozenset(
    {
        "not_a_payer_decision",
        "site_policy",
        "policy_doubts_accepted",
        "policy_doubts_open",
        "policy_review_overdue",
        "unusual_value",
        "contradictory_answers",
        "authorization_does_not_cover",
        "weight_changed",
        "weight_during_treatment",
        "request_far_above",
        "below_label_dose",
        "session_total_unusual",
        "lesions_judged_together",
        "til_regimen_differs",
    }
)

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
        "counts_from_first_seen",
        "judged_as_first_request",
        "own_indication_counts",
        "codes_of_another_time",
        "approval_given_so_far",
        "later_by_the_stay",
        "til_regimen_differs",
    }
)

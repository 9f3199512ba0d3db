"""The steps of somebody who writes a policy can be taken back one by one."""

from app.casework.policy_form_draft import PolicyDraft
from app.casework.policy_form_history import History

ONE, TWO, THREE = (PolicyDraft({"payer": text}) for text in ("1", "2", "3"))
AT, BESIDE = ("payer",), ("title",)


def test_what_is_typed_into_one_field_is_one_step() -> None:
    history = History()
    for draft in (ONE, TWO, THREE):
        history.go_on(draft, (), AT)
    history.undo()
    assert (history.draft, history.has_steps) == (PolicyDraft(), False)


def test_each_other_step_is_taken_back_with_its_place() -> None:
    history = History()
    history.go_on(ONE, (), AT)
    history.go_on(TWO, (), BESIDE)
    history.go_on(THREE, ("notes",))
    history.undo()
    assert (history.draft, history.path) == (TWO, ())
    history.undo()
    assert history.draft == ONE


def test_typing_after_a_look_elsewhere_or_after_a_step_back_is_another_step() -> None:
    history = History()
    history.go_on(ONE, (), AT)
    history.look_at(())
    history.go_on(TWO, (), AT)
    history.undo()
    assert history.draft == ONE
    history.go_on(THREE, (), AT)
    history.undo()
    assert history.draft == ONE


def test_the_same_draft_is_no_step() -> None:
    history = History()
    history.go_on(PolicyDraft(), ("notes",))
    assert (history.has_steps, history.path) == (False, ("notes",))
    history.undo()
    assert history.path == ("notes",)


def test_a_draft_that_is_begun_has_nothing_to_take_back() -> None:
    history = History()
    history.go_on(ONE, ("notes",))
    history.begin(TWO)
    assert (history.draft, history.path, history.has_steps) == (TWO, (), False)


def test_the_oldest_of_very_many_steps_is_given_up() -> None:
    history = History()
    for number in range(205):
        history.go_on(PolicyDraft({"payer": str(number)}), ())
    for _ in range(300):
        history.undo()
    assert history.draft == PolicyDraft({"payer": "4"})

"""The result: why it is so, what is not certain yet, and every state in its own words."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QScrollArea, QWidget

from app.gui.look import theme
from app.help.examples import read_examples
from tests.cases import BIRCH, case
from tests.gui.look.test_theme import contrast
from tests.gui.person import Person

RULE = "The policy's rule for that: clinician review."


def reasons(person: Person) -> list[str]:
    """Return what stands under Why, row by row."""
    grid = person.window.findChild(QWidget, "reasons")
    assert grid is not None
    return [one.text() for one in grid.findChildren(QLabel) if not one.isHidden()]


def everything(person: Person) -> str:
    return "\n".join(one.text() for one in person.window.findChildren(QLabel) if one.isVisible())


def test_why_names_every_criterion_that_is_met_with_answer_and_clause(person: Person) -> None:
    person.enter_case(case())
    assert reasons(person)[:3] == [
        "✓ Met",
        "Aged at least 21 years (at least 21; seen: 54)",
        "Alder 12: Skin 1, a",
    ]
    assert reasons(person).count("✓ Met") == 4


def test_why_names_only_what_is_not_met(person: Person) -> None:
    person.enter_case(case(age_years=17))
    assert reasons(person) == [
        "× Not met",
        "Aged at least 21 years (at least 21; seen: 17)",
        "Alder 12: Skin 1, a",
    ]


def test_why_names_what_is_not_known(person: Person) -> None:
    person.enter_case(case(age_years=None))
    assert reasons(person) == [
        "? Not known",
        "Aged at least 21 years (at least 21; seen: not known)",
        "Alder 12: Skin 1, a",
    ]


def test_why_names_the_limit_that_is_passed_and_the_policys_rule_for_that(person: Person) -> None:
    facts = {**case()["facts"], "single_agent": True}
    # 300,000 × 70.5 = 21,150,000; 1.17 mL of 18 million International Units/mL hold 21,060,000
    person.enter_case(case(policy=BIRCH, facts=facts, requested={"dose_iu": 21_150_001}))
    shown = reasons(person)
    assert shown[0] == "× Beyond"
    assert "21,150,001 International Units" in shown[1]
    assert "at most 21,150,000 International Units" in shown[1]
    assert "the size of a rounding; the policy gives no tolerance" in shown[1]
    assert shown[2] == "Birch handbook: Chapter A doses i"
    assert shown[3] == "Largest measurable dose"
    assert "1.17 mL, which holds 21,060,000 International Units" in shown[4]
    assert shown[5:] == [
        "Rule",
        f"The request is beyond the documented dosing. {RULE}",
        "Birch handbook: Other doses",
    ]


def test_a_passed_limit_titles_the_result_and_not_the_criteria(person: Person) -> None:
    person.enter_case(case(requested={"dose_iu": 28_200_001}))
    assert person.read("approval_status") == "Dose above the documented limit"
    assert person.status() == "Criteria not met"
    assert edge(person) == "bad"


def test_a_violation_titles_the_result(person: Person) -> None:
    # 8 dates without a dose after December 4, and Alder wants 11
    given = {"number": 1, "doses_given": 10, "first_dose_at": "2026-11-30T08:00"}
    two = {"number": 2, "planned_first_at": "2026-12-13T08:00"}
    cycles = [{**given, "last_dose_at": "2026-12-04T08:00"}, two]
    person.enter_case(case(course={"cycles": cycles}))
    assert person.read("approval_status") == "Second cycle before its rest is over"
    assert person.status() == "Criteria not met"
    assert "× Beyond" in reasons(person)


def edge(person: Person) -> str:
    card = person.editor("approval_status").parentWidget()
    assert card is not None
    return str(card.property("verdict"))


def test_only_a_dose_that_was_checked_and_is_in_no_doubt_is_green(person: Person) -> None:
    person.enter_case(case())
    assert person.read("approval_status") == "Clinical criteria met; dosing not checked"
    assert (person.status(), edge(person)) == ("Criteria met", "open")
    person.enter("requested.dose_iu", 28_200_000)
    assert person.read("approval_status") == "Criteria met"
    assert (person.status(), edge(person)) == ("Criteria met", "good")
    assert person.read("to_check") == ""
    person.enter("requested.dose_iu", 14_000_000)  # under 90 % of the limit: was it intended?
    assert (person.status(), edge(person)) == ("Criteria met", "open")
    assert "was this intended?" in person.read("to_check")


def test_nothing_that_rests_on_an_unusual_weight_is_shown_before_it_is_confirmed(
    person: Person,
) -> None:
    person.enter_case(case(weight_kg="154", height_cm="175", requested={"dose_iu": 149_500_000}))
    assert "not used until somebody confirms it: weight" in person.read("hold")
    assert person.read("max_dose") == ""
    shown = everything(person)
    assert "61,600,000" not in shown  # 400,000 × 154
    assert "Calculated" not in shown
    assert "69.9" not in shown  # 154 pounds in kg
    person.confirm("weight_kg")
    assert person.read("hold") == ""
    assert "61,600,000" in everything(person)
    assert "Calculated: 2.74 m²" in everything(person)


def test_what_waits_has_no_approval_period_and_another_edge(person: Person) -> None:
    person.enter_case(case(requested={"dose_iu": 28_200_000}))
    assert edge(person) == "good"
    assert person.read("approval_period")
    person.type_over("weight_kg", "154")
    assert edge(person) == "open"
    assert person.status() == "Information missing"
    assert person.read("approval_period") == ""


def test_a_requested_dose_that_waits_leaves_its_limit_in_sight(person: Person) -> None:
    person.enter_case(case(requested={"dose_iu": 2_820_000}))  # a tenth of 28,200,000
    assert person.read("max_dose").startswith("28,200,000 ")
    assert person.read("hold") == ""
    assert "requested dose" in person.read("summary")
    assert (person.status(), edge(person)) == ("Information missing", "open")
    person.confirm("requested.dose_iu")
    assert person.status() == "Criteria met"


def test_the_dose_card_says_from_when_the_second_cycle_and_another_course_may_begin(
    person: Person,
) -> None:
    # Doses from Nov 30, 08:00 to Dec 4, 20:00; 11 whole dates of rest; the second cycle ends on
    # Dec 20; 56 whole dates to Feb 14.
    person.enter_case(case(course={"first_dose_at": "2026-11-30T08:00"}))
    shown = everything(person)
    assert "Second cycle\nfrom Wed, Dec 16, 2026" in shown
    assert "Another course\nfrom Mon, Feb 15, 2027" in shown


def test_the_weight_stands_with_the_dose_in_pounds_too_and_with_its_date(person: Person) -> None:
    person.enter_case(case())
    told = person.read("weight")
    assert told == "Weight: 70.5 kg (155.4 lb), date of weight not entered"
    person.type_over("weight_measured_on", "2026-11-20")
    assert "measured on Fri, Nov 20, 2026" in person.read("weight")


def test_a_weight_that_is_not_unusual_holds_nothing(person: Person) -> None:
    person.enter_case(case())
    assert person.read("hold") == ""


def test_each_state_without_a_result_has_its_own_words(person: Person) -> None:
    assert person.read("state_title") == "Begin with the therapy"
    assert "Worked examples" in person.read("hint")
    person.enter("indication", "cutaneous_melanoma")
    assert person.read("state_title") == "Not enough for a result yet"
    person.enter_case(case())
    assert person.read("state_title") == ""
    person.type_over("weight_kg", "154 lb")
    assert person.read("state_title") == "No result: an entry needs correcting"
    assert reasons(person) == ["Weight (kg)", "In kg only: 154 lb is about 69.853 kg."]


def test_another_verdict_comes_into_sight(person: Person) -> None:
    person.enter_case(case(course={"first_dose_at": "2026-11-23T08:00"}))
    QApplication.processEvents()
    panel = person.window._result
    assert isinstance(panel, QScrollArea)
    panel.verticalScrollBar().setValue(300)
    person.enter("requested.doses_per_day", 2)
    assert panel.verticalScrollBar().value() == 300
    person.enter("facts.metastatic_disease", False)
    assert panel.verticalScrollBar().value() == 0


def test_a_result_is_laid_out_at_once_and_does_not_move_afterwards(person: Person) -> None:
    person.enter_case(case(course={"first_dose_at": "2026-11-23T08:00"}))
    person.type_over("weight_kg", "70.")
    QApplication.processEvents()
    QTest.keyClicks(person.editor("weight_kg"), "5")
    QApplication.processEvents()
    first = places(person)
    for _ in range(5):
        QApplication.processEvents()
    assert first == places(person)
    assert len(first) > 20


def places(person: Person) -> list[QRect]:
    shown = (one for one in person.window._result.findChildren(QLabel) if one.isVisible())
    return [one.geometry() for one in shown]


def test_a_doubtful_entry_says_so_beside_its_field(person: Person) -> None:
    person.enter_case(case(previous_weight_kg="60"))
    assert "10% or more" in person.problem("previous_weight_kg")
    person.type_over("previous_weight_kg", "70")
    assert person.problem("previous_weight_kg") == ""


def test_the_wheel_takes_no_focus(person: Person) -> None:
    person.enter_case(case())
    for key in ("policy", "indication", "facts.metastatic_disease", "facts.prescriber_specialties"):
        assert person.editor(key).focusPolicy() is Qt.FocusPolicy.StrongFocus


def test_the_row_under_the_cursor_of_an_open_list_can_be_read(person: Person) -> None:
    before = QApplication.palette()
    for dark, high in ((False, False), (True, False), (True, True)):
        theme.apply(_application(), dark=dark, high_contrast=high)
        QApplication.processEvents()
        box = person.editor("indication")
        assert isinstance(box, QComboBox)
        box.showPopup()
        box.view().setCurrentIndex(box.model().index(2, 0))
        QApplication.processEvents()
        picture = box.view().grab().toImage()
        row = box.view().visualRect(box.model().index(2, 0))
        colors = theme.colors_of(QApplication.palette())
        shown = picture.pixelColor(QPoint(row.right() - 8, row.center().y()))
        last = box.view().visualRect(box.model().index(box.count() - 1, 0))
        box.hidePopup()
        assert contrast(shown, QColor(colors.on_accent)) >= 4.5, (dark, high)
        assert contrast(shown, QColor(colors.field)) >= 3, (dark, high)
        assert last.bottom() <= picture.height(), "the last row is cut off"
    QApplication.setPalette(before)


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application


def test_a_worked_example_is_marked_and_says_so_when_it_is_changed(person: Person) -> None:
    person.window.show_example(read_examples()[0])
    assert person.read("example_remark") == (
        "Worked example, no patient: Skin by vein, 70.5 kg (Alder)"
    )
    QTest.keyClicks(person.editor("weight_kg"), "1")
    assert person.read("example_remark") == (
        "Worked example, no patient: changed from Skin by vein, 70.5 kg (Alder)"
    )


def test_a_dose_approved_outside_the_policy_is_told_in_status_and_dose(person: Person) -> None:
    person.enter_case(
        case(requested={"dose_iu": 33_840_000}, authorization={"dose_iu": 40_000_000})
    )
    assert everything(person).count("Approved outside the policy, as entered: ") == 2

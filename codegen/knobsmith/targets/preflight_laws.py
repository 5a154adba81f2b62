"""The laws that jobs are held to before they are launched, with why they must hold."""

from collections.abc import Mapping

from knobsmith.diagnostics import Rule, Severity
from knobsmith.views.tuning.preflight_laws import LAWS

_WHY: Mapping[str, str] = {
    "KS501": "The service passes a name that it does not know to the container, or refuses the job. It knows no "
    "aliases either: write the name that the algorithm has.",
    "KS502": "The service refuses a range for a hyperparameter that its algorithm does not declare as tunable. Give "
    "it among the static hyperparameters.",
    "KS503": "A tuner draws any number of a continuous range, only whole numbers of an integer range, and only what "
    "is listed of a categorical one. A choice of two with a continuous range dies at its first job.",
    "KS504": "`0,5` is half of nothing: tables of translated pages mix decimal commas with points. Whole numbers are "
    "written without a point.",
    "KS505": "Both ends of a range are drawn, and so is each category. An end that is open in the valid range must not "
    "be in a tuned one. Where a hyperparameter is valid in some branches only, each branch needs a definition of its "
    "own.",
    "KS506": "The service refuses a job that gives a hyperparameter twice.",
    "KS507": "What nothing reads has no effect on training, and a tuner that searches it wastes jobs. A request of "
    "several definitions has one for each branch.",
    "KS508": "The logarithm of 0 is no number. Raise the lower end to the least value worth trying.",
    "KS509": "The scale is the logarithm of 1 - x, which has no value at 1 and above.",
    "KS510": "There is nothing between the two.",
    "KS511": "The service refuses what is too long, too many or of another form. The limits are those of the service "
    "model that botocore ships, and the documented quotas; an account may have others, so a quota that can be raised "
    "is a warning.",
    "KS512": "A search does not repeat itself: it fails, or ends early, when no combination is left.",
    "KS513": "The service refuses it.",
    "KS514": "A warm start needs the same hyperparameters, tuned or set, as each of its parents, and knows one "
    "definition only. Early stopping knows one only, too. The requests of the parents are given with `--parent`.",
    "KS515": "A metric that nothing reports ends every job as failed. One that is tuned in the wrong direction finds "
    "the worst model.",
    "KS516": "Only listed values can be tried one after the other.",
    "KS517": "Generated requests leave open what only their user knows: roles, images, buckets, and hyperparameters "
    "that are required and not tuned. They stand in angle brackets.",
    "KS518": "Each job trains with what is set and one choice of what is tuned. If validation refuses that, the job "
    "dies after its instance was started.",
    "KS519": "The service reads texts where people think of numbers, and refuses what is missing.",
    "KS520": "The service knows which metrics its own images report. Of any other image it reads what the expressions "
    "in `MetricDefinitions` find in the log; a tuning job whose objective is not among them learns nothing and fails. "
    "The `pattern` of a metric in the spec is such an expression. An image whose name holds that of the algorithm is "
    "taken for one of the vendor's.",
}
RULES = tuple(Rule(code, Severity(law.severity), law.text, _WHY[code]) for code, law in LAWS.items())

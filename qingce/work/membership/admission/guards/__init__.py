"""The guards of an admission (发展团员), stage by stage: domain of the League's rules of August 2023.

Each guard looks at the dossier on the day of the step; the dated rule says what it asks on that day
and whether it refuses or warns.
"""

from qingce.work.membership.admission.guards import applying, approving, joining, training, voting
from qingce.work.membership.admission.guards.judging import GUARDS, demand_step, judge

__all__ = ["GUARDS", "applying", "approving", "demand_step", "joining", "judge", "training", "voting"]

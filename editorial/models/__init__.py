from .approvals import ApprovalState, ApprovalTask
from .publications import ForcedPublication
from .records import ApprovedByAgency
from .reviews import ReviewInvitation, ReviewRemark
from .withdrawals import Withdrawal

__all__ = [
    "ApprovalState",
    "ApprovalTask",
    "ApprovedByAgency",
    "ForcedPublication",
    "ReviewInvitation",
    "ReviewRemark",
    "Withdrawal",
]

from .approvals import ApprovalState, ApprovalTask
from .publications import ForcedPublication
from .reviews import ReviewInvitation, ReviewRemark
from .withdrawals import Withdrawal

__all__ = ["ApprovalState", "ApprovalTask", "ForcedPublication", "ReviewInvitation", "ReviewRemark", "Withdrawal"]

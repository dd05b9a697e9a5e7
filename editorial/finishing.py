"""What happens when the last step of an approval is done; Wagtail imports it by WAGTAIL_FINISH_WORKFLOW_ACTION.

Wagtail reads that setting while its own models load, so this module may import none of ours.
"""


def publish_approved(workflow_state, user=None):
    """Publish what an approver has approved, and nothing else.

    Wagtail finishes a workflow also when its last step was switched off: then nobody has approved anything.
    """
    step = workflow_state.current_task_state
    publish = getattr(step.specific, "publish_approved", None) if step else None
    if publish is not None:
        publish(user)

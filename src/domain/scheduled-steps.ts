/** Database names of scheduled actions and touchpoints. A manual log completes both in the same way. */
export const STEPS = {
  action: { kind: 'action', table: 'scheduled_actions', link: 'scheduled_action_id', completedAt: 'executed_at' },
  touchpoint: {
    kind: 'touchpoint',
    table: 'scheduled_touchpoints',
    link: 'scheduled_touchpoint_id',
    completedAt: 'completed_at',
  },
} as const;

/** `link`: the column of a message that refers to the step. */
export type StepNames = (typeof STEPS)[keyof typeof STEPS];

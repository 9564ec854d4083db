/** Scheduled actions and touchpoints, which a log completes alike, as the database calls them. */
export const STEPS = {
  action: { kind: 'action', table: 'scheduled_actions', link: 'scheduled_action_id', completedAt: 'executed_at' },
  touchpoint: {
    kind: 'touchpoint',
    table: 'scheduled_touchpoints',
    link: 'scheduled_touchpoint_id',
    completedAt: 'completed_at',
  },
} as const;

/** `link`: a message's column that names it. */
export type StepNames = (typeof STEPS)[keyof typeof STEPS];

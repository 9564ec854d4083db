import { Type } from '@sinclair/typebox';
import { LOG_OUTCOMES } from '../../domain/vocabulary.ts';
import { OneOf, Timestamp } from '../../http/schema.ts';

/** Filters of the lists by outcome, assignee and follow-up (contract §5). */
export const FollowUpFilters = {
  outcome: Type.Optional(
    Type.Array(OneOf(LOG_OUTCOMES), {
      description: 'Comma-separated outcomes to include.',
      examples: [['promise_to_pay', 'dispute']],
    }),
  ),
  assignee_id: Type.Optional(
    Type.String({
      format: 'assignee',
      description: 'Conversations with this assignee; `me`: assigned to the caller, `none`: unassigned.',
      examples: ['me'],
    }),
  ),
  follow_up_before: Type.Optional(
    Timestamp({
      description: 'Conversations whose `follow_up_at` is this time or earlier.',
      examples: ['2026-06-08T22:00:00Z'],
    }),
  ),
  is_snoozed: Type.Optional(
    Type.Boolean({
      description: '`true`: conversations whose `follow_up_at` is in the future; `false`: all others.',
      examples: [false],
    }),
  ),
};

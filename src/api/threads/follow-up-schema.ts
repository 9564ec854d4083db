import { Type } from '@sinclair/typebox';
import { LOG_OUTCOMES } from '../../domain/vocabulary.ts';
import { doc, OneOf, Timestamp } from '../../http/schema.ts';

/** Filters of the lists by outcome, assignee and follow-up (contract §5). */
export const FollowUpFilters = {
  outcome: Type.Optional(
    Type.Array(OneOf(LOG_OUTCOMES), doc('Comma-separated outcomes to include.', ['promise_to_pay', 'dispute'])),
  ),
  assignee_id: Type.Optional(
    Type.String({
      format: 'assignee',
      ...doc('Conversations with this assignee; `me`: assigned to the caller, `none`: unassigned.', 'me'),
    }),
  ),
  follow_up_before: Type.Optional(
    Timestamp(doc('Conversations whose `follow_up_at` is this time or earlier.', '2026-06-08T22:00:00Z')),
  ),
  is_snoozed: Type.Optional(
    Type.Boolean(doc('`true`: conversations whose `follow_up_at` is in the future; `false`: all others.', false)),
  ),
};

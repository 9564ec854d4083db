import { type Static, Type } from '@sinclair/typebox';
import { COMMUNICATION_TYPES, DIRECTIONS, SOURCES, VIEWS } from '../../domain/vocabulary.ts';
import { PagingQuery } from '../../http/lists/pagination.ts';
import { UpdatedAfterQuery } from '../../http/lists/updated-after.ts';
import { EXAMPLE_IDS } from '../../http/openapi/examples.ts';
import { OneOf, Uuid } from '../../http/schema.ts';
import { FollowUpFilters } from './follow-up-schema.ts';

/** The query of the lists of threads (contract §3). */

const dayParameter = (description: string, example: string) =>
  Type.Optional(Type.String({ format: 'date', description, examples: [example] }));

/** Filters that threads and emails share (contract §3). */
export const ThreadFilters = {
  direction: Type.Optional(OneOf(DIRECTIONS, { description: 'Filter by direction.', examples: ['inbound'] })),
  requires_response: Type.Optional(
    Type.Boolean({ description: 'Filter threads that require a response.', examples: [true] }),
  ),
  is_resolved: Type.Optional(Type.Boolean({ description: 'Filter by resolved status.', examples: [false] })),
  is_ar_related: Type.Optional(
    Type.Boolean({ description: 'Filter by AR classification; `false` includes unclassified.', examples: [true] }),
  ),
  date_from: dayParameter("First day, inclusive, in the company's time zone.", '2026-05-01'),
  date_to: dayParameter("Last day, inclusive, in the company's time zone.", '2026-05-31'),
  customer_id: Type.Optional(
    Uuid({ description: 'Conversations with this customer.', examples: [EXAMPLE_IDS.customer] }),
  ),
  contact_id: Type.Optional(Uuid({ description: 'Messages with this contact.', examples: [EXAMPLE_IDS.contact] })),
  invoice_id: Type.Optional(
    Uuid({ description: 'Conversations about this invoice.', examples: [EXAMPLE_IDS.invoice] }),
  ),
  strategy_tags: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
      maxItems: 50,
      description: 'Comma-separated tags: messages with any of them.',
      examples: [['escalation', 'promise-to-pay']],
    }),
  ),
  logged_by_id: Type.Optional(Uuid({ description: 'Manual logs of this user.', examples: [EXAMPLE_IDS.user] })),
  ...FollowUpFilters,
  ordering: Type.Optional(
    OneOf(['-timestamp', 'timestamp'] as const, {
      default: '-timestamp',
      description: '`-timestamp`: newest first. `timestamp`: oldest first, such as those that have waited longest.',
      examples: ['-timestamp'],
    }),
  ),
  search: Type.Optional(
    Type.String({
      description:
        'Up to 32 words. Each must be the beginning of a word in the subject, the sender’s own text, the customer’s name, a ' +
        'linked invoice’s number, or a name or address in from, to or cc. More than 1,000 rows are counted only with ' +
        '`Prefer: count=exact`.',
      examples: ['remittance INV-1001'],
    }),
  ),
};

export const ThreadsQuery = Type.Object({
  view: Type.Optional(
    OneOf(VIEWS, {
      default: 'thread',
      description: '`thread`: one row per thread group, its latest message. `message`: one row per message.',
      examples: ['thread'],
    }),
  ),
  communication_type: Type.Optional(
    Type.Array(OneOf(COMMUNICATION_TYPES), {
      description: 'Comma-separated types to include. `manual` also includes every manual log.',
      examples: [['email', 'call']],
    }),
  ),
  source: Type.Optional(OneOf(SOURCES, { description: 'Filter by source.', examples: ['nylas'] })),
  ...ThreadFilters,
  ...UpdatedAfterQuery,
  ...PagingQuery,
});
export type ThreadsQuery = Static<typeof ThreadsQuery>;

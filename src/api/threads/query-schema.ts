import { type Static, Type } from '@sinclair/typebox';
import { COMMUNICATION_TYPES, DIRECTIONS, SOURCES, VIEWS } from '../../domain/vocabulary.ts';
import { PagingQuery } from '../../http/lists/pagination.ts';
import { UpdatedAfterQuery } from '../../http/lists/updated-after.ts';
import { EXAMPLE_IDS } from '../../http/openapi/examples.ts';
import { doc, OneOf, Uuid } from '../../http/schema.ts';
import { FollowUpFilters } from './follow-up-schema.ts';

/** The query of the lists of threads (contract §3). */

const dayParameter = (description: string, example: string) =>
  Type.Optional(Type.String({ format: 'date', ...doc(description, example) }));

/** Filters that threads and emails share (contract §3). */
export const ThreadFilters = {
  direction: Type.Optional(OneOf(DIRECTIONS, doc('Filter by direction.', 'inbound'))),
  requires_response: Type.Optional(Type.Boolean(doc('Filter threads that require a response.', true))),
  is_resolved: Type.Optional(Type.Boolean(doc('Filter by resolved status.', false))),
  is_ar_related: Type.Optional(Type.Boolean(doc('Filter by AR classification; `false` includes unclassified.', true))),
  date_from: dayParameter("First day, inclusive, in the company's time zone.", '2026-05-01'),
  date_to: dayParameter("Last day, inclusive, in the company's time zone.", '2026-05-31'),
  customer_id: Type.Optional(Uuid(doc('Conversations with this customer.', EXAMPLE_IDS.customer))),
  contact_id: Type.Optional(Uuid(doc('Messages with this contact.', EXAMPLE_IDS.contact))),
  invoice_id: Type.Optional(Uuid(doc('Conversations about this invoice.', EXAMPLE_IDS.invoice))),
  strategy_tags: Type.Optional(
    Type.Array(Type.String({ minLength: 1, maxLength: 100 }), {
      maxItems: 50,
      ...doc('Comma-separated tags: messages with any of them.', ['escalation', 'promise-to-pay']),
    }),
  ),
  logged_by_id: Type.Optional(Uuid(doc('Manual logs of this user.', EXAMPLE_IDS.user))),
  ...FollowUpFilters,
  ordering: Type.Optional(
    OneOf(['-timestamp', 'timestamp'] as const, {
      default: '-timestamp',
      ...doc(
        '`-timestamp`: newest first. `timestamp`: oldest first, such as those that have waited longest.',
        '-timestamp',
      ),
    }),
  ),
  search: Type.Optional(
    Type.String(
      doc(
        'Up to 32 words. Each must be the beginning of a word in the subject, the sender’s own text, the customer’s name, a ' +
          'linked invoice’s number, or a name or address in from, to or cc. More than 1,000 rows are counted only with ' +
          '`Prefer: count=exact`.',
        'remittance INV-1001',
      ),
    ),
  ),
};

export const ThreadsQuery = Type.Object({
  view: Type.Optional(
    OneOf(VIEWS, {
      default: 'thread',
      ...doc('`thread`: one row per thread group, its latest message. `message`: one row per message.', 'thread'),
    }),
  ),
  communication_type: Type.Optional(
    Type.Array(
      OneOf(COMMUNICATION_TYPES),
      doc('Comma-separated types to include. `manual` also includes every manual log.', ['email', 'call']),
    ),
  ),
  source: Type.Optional(OneOf(SOURCES, doc('Filter by source.', 'nylas'))),
  ...ThreadFilters,
  ...UpdatedAfterQuery,
  ...PagingQuery,
});
export type ThreadsQuery = Static<typeof ThreadsQuery>;

import { type Static, Type } from '@sinclair/typebox';
import { EXAMPLE_IDS } from '../../http/openapi/examples.ts';
import { doc, Nullable, Timestamp, Uuid } from '../../http/schema.ts';

/** The body of PATCH: an omitted field keeps its value. */
export const ThreadChange = Type.Object(
  {
    is_resolved: Type.Optional(Type.Boolean(doc('Set on every message of the conversation.', true))),
    requires_response: Type.Optional(
      Type.Boolean(
        doc('Set on every message of the conversation except manual logs, which require no response.', false),
      ),
    ),
    strategy_tags: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100, 'x-trim': true }), {
        maxItems: 50,
        ...doc('The complete new list of this message, in order; duplicates are dropped.', ['promise-to-pay']),
      }),
    ),
    customer_id: Type.Optional(
      Nullable(
        Uuid(
          doc(
            'The customer, or null for none, for mail and calls that matched no customer or the wrong one. Every message of ' +
              'the conversation with the same customer as this one is moved too; contacts and invoice links of other customers ' +
              'are removed from them. Manual logs, messages of a scheduled action, and messages with a promise or dispute ' +
              'can’t be moved (400).',
            EXAMPLE_IDS.customer,
          ),
        ),
      ),
    ),
    follow_up_at: Type.Optional(
      Nullable(
        Timestamp(
          doc(
            'When to follow up on the conversation, null to clear it. An inbound message that becomes its latest message ' +
              'clears it too.',
            '2026-06-08T07:00:00Z',
          ),
        ),
      ),
    ),
    assignee_id: Type.Optional(
      Nullable(
        Uuid(
          doc('The member of the company who is responsible for the conversation, null for none.', EXAMPLE_IDS.user),
        ),
      ),
    ),
  },
  {
    $id: 'ThreadChange',
    description: 'The changes to a thread.',
    examples: [
      { is_resolved: true, requires_response: false },
      { follow_up_at: '2026-06-08T07:00:00Z', assignee_id: EXAMPLE_IDS.user },
    ],
  },
);
export type ThreadChange = Static<typeof ThreadChange>;

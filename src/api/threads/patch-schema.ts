import { type Static, Type } from '@sinclair/typebox';
import { EXAMPLE_IDS } from '../../http/openapi/examples.ts';
import { Nullable, Timestamp, Uuid } from '../../http/schema.ts';

/** The body of a PATCH of a thread: what is left out stays. */
export const ThreadChange = Type.Object(
  {
    is_resolved: Type.Optional(
      Type.Boolean({ description: 'Of the conversation: set on every message of its group.', examples: [true] }),
    ),
    requires_response: Type.Optional(
      Type.Boolean({
        description:
          'Of the conversation: set on every message of its group but what was logged by hand, which asks for no response.',
        examples: [false],
      }),
    ),
    strategy_tags: Type.Optional(
      Type.Array(Type.String({ minLength: 1, maxLength: 100, 'x-trim': true }), {
        maxItems: 50,
        description: 'Of this message: the whole new list, in order; duplicates are dropped.',
        examples: [['promise-to-pay']],
      }),
    ),
    customer_id: Type.Optional(
      Nullable(
        Uuid({
          description:
            'For mail and calls that matched nobody, or somebody else: the customer, null for none. Taken over by every ' +
            'message of the conversation that stood with the same one; a contact or invoice links of another customer ' +
            'are removed from them. What was logged by hand, asked for by a scheduled action, or tells of a promise or ' +
            'dispute, stays where it is (400).',
          examples: [EXAMPLE_IDS.customer],
        }),
      ),
    ),
    follow_up_at: Type.Optional(
      Nullable(
        Timestamp({
          description:
            'Of the conversation: when to look at it again, null to clear it. An inbound message that becomes its latest ' +
            'clears it too.',
          examples: ['2026-06-08T07:00:00Z'],
        }),
      ),
    ),
    assignee_id: Type.Optional(
      Nullable(
        Uuid({
          description: 'Of the conversation: the member of the company who looks after it, null for none.',
          examples: [EXAMPLE_IDS.user],
        }),
      ),
    ),
  },
  {
    $id: 'ThreadChange',
    description: 'What to change of a thread.',
    examples: [
      { is_resolved: true, requires_response: false },
      { follow_up_at: '2026-06-08T07:00:00Z', assignee_id: EXAMPLE_IDS.user },
    ],
  },
);
export type ThreadChange = Static<typeof ThreadChange>;

import { type Static, Type } from '@sinclair/typebox';
import { FollowingQuery } from '../following.ts';
import { PagingQuery } from '../pagination.ts';
import { Answer } from '../schemas.ts';
import { THREAD_EXAMPLES } from '../threads/examples.ts';
import { CommunicationThreadDetail, ThreadFilters } from '../threads/schema.ts';

export const EmailsQuery = Type.Object({
  ...ThreadFilters,
  is_ar_related: Type.Optional(
    Type.Boolean({
      description:
        'Filter by AR classification. `true`: only AR-related emails; `false`: the rest, unclassified included.',
      examples: [true],
    }),
  ),
  ...FollowingQuery,
  ...PagingQuery,
});
export type EmailsQuery = Static<typeof EmailsQuery>;

export const EmailThread = Answer(
  {
    ...CommunicationThreadDetail.properties,
    messages: Type.Array(Type.Ref(CommunicationThreadDetail), {
      description: 'All messages of the conversation, this one included, oldest first, each with its attachments.',
    }),
  },
  { $id: 'EmailThread', description: 'An email and its whole conversation.', examples: [THREAD_EXAMPLES.email] },
);
export type EmailThread = Static<typeof EmailThread>;

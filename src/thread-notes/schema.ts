import { type Static, Type } from '@sinclair/typebox';
import { PagingQuery } from '../pagination.ts';
import { Answer, Timestamp, Uuid } from '../schemas.ts';

const id = '0192f0c4-7c1e-7b43-9d5f-3c6a1f0e9b21';
const time = '2026-05-12T14:30:00.000Z';

export const ThreadNote = Answer(
  {
    id: Uuid({ description: 'The note.', examples: [id] }),
    company_id: Uuid({ description: 'The company.', examples: [id] }),
    thread_id: Uuid({ description: 'The message that it is attached to.', examples: [id] }),
    thread_group_id: Uuid({ description: 'The conversation of that message.', examples: [id] }),
    content: Type.String({
      description: 'The note; encrypted at rest.',
      examples: ['AP confirmed check is in the mail.'],
    }),
    author: Type.Object(
      {
        id: Uuid({ description: 'The user.', examples: [id] }),
        name: Type.String({ description: "The user's name.", examples: ['Sam Ortiz'] }),
        email: Type.String({ description: "The user's email.", examples: ['sam@northbrook.example'] }),
      },
      { additionalProperties: false, description: 'Who wrote it.' },
    ),
    created_at: Timestamp({ description: 'When it was written.', examples: [time] }),
    updated_at: Timestamp({ description: 'When it last changed.', examples: [time] }),
  },
  { $id: 'ThreadNote', description: 'An internal note on a communication thread, visible only to the team.' },
);
export type ThreadNote = Static<typeof ThreadNote>;

export const NewThreadNote = Type.Object(
  {
    thread_id: Uuid({ description: 'UUID of the CommunicationThread to attach the note to.', examples: [id] }),
    content: Type.String({
      minLength: 1,
      maxLength: 20_000,
      'x-trim': true,
      description: 'Note content.',
      examples: ['AP confirmed check is in the mail.'],
    }),
  },
  { description: 'A note to attach.' },
);
export type NewThreadNote = Static<typeof NewThreadNote>;

export const ThreadNotesQuery = Type.Object({
  thread_id: Type.Optional(
    Uuid({ description: "Notes on any message of this thread's conversation.", examples: [id] }),
  ),
  author_id: Type.Optional(Uuid({ description: 'Notes by this user.', examples: [id] })),
  ...PagingQuery,
});
export type ThreadNotesQuery = Static<typeof ThreadNotesQuery>;

import { type Static, Type } from '@sinclair/typebox';
import { PagingQuery, WholeOrListOf } from '../../http/lists/pagination.ts';
import { UpdatedAfterQuery } from '../../http/lists/updated-after.ts';
import { EXAMPLE_IDS, EXAMPLE_TIMES } from '../../http/openapi/examples.ts';
import { CompanyParams, Reference, ResponseObject, Timestamp, Uuid } from '../../http/schema.ts';

const time = EXAMPLE_TIMES.latest;

const exampleNote = {
  id: EXAMPLE_IDS.threadNote,
  company_id: EXAMPLE_IDS.company,
  thread_id: EXAMPLE_IDS.thread,
  thread_group_id: EXAMPLE_IDS.threadGroup,
  content: 'AP confirmed check is in the mail.',
  author: { id: EXAMPLE_IDS.user, name: 'Sam Ortiz', email: 'sam@northbrook.example' },
  created_at: time,
  updated_at: time,
};

export const ThreadNote = ResponseObject(
  {
    id: Uuid({ description: 'The note.', examples: [EXAMPLE_IDS.threadNote] }),
    company_id: Uuid({ description: 'The company.', examples: [EXAMPLE_IDS.company] }),
    thread_id: Uuid({ description: 'The message that the note is attached to.', examples: [EXAMPLE_IDS.thread] }),
    thread_group_id: Uuid({ description: 'The conversation of that message.', examples: [EXAMPLE_IDS.threadGroup] }),
    content: Type.String({
      description: 'The text of the note; encrypted at rest.',
      examples: ['AP confirmed check is in the mail.'],
    }),
    author: Type.Object(
      {
        id: Uuid({ description: 'The user.', examples: [EXAMPLE_IDS.user] }),
        name: Type.String({ description: "The user's name.", examples: ['Sam Ortiz'] }),
        email: Type.String({ description: "The user's email.", examples: ['sam@northbrook.example'] }),
      },
      { additionalProperties: false, description: 'The author of the note.' },
    ),
    created_at: Timestamp({ description: 'When the note was created.', examples: [time] }),
    updated_at: Timestamp({ description: 'When the note last changed.', examples: [time] }),
  },
  {
    $id: 'ThreadNote',
    description: 'An internal note on a communication thread, visible only to the team.',
    examples: [exampleNote],
  },
);
export type ThreadNote = Static<typeof ThreadNote>;

export const ThreadNoteList = WholeOrListOf(Reference(ThreadNote), {
  $id: 'ThreadNoteList',
  description: 'Thread notes, newest first: all of them, or a page.',
  examples: [{ count: 1, data: [exampleNote] }],
});

export const NewThreadNote = Type.Object(
  {
    thread_id: Uuid({
      description: 'UUID of the CommunicationThread to attach the note to.',
      examples: [EXAMPLE_IDS.thread],
    }),
    content: Type.String({
      minLength: 1,
      maxLength: 20_000,
      'x-trim': true,
      description: 'Note content.',
      examples: ['AP confirmed check is in the mail.'],
    }),
  },
  {
    $id: 'NewThreadNote',
    description: 'A note to attach.',
    examples: [{ thread_id: EXAMPLE_IDS.thread, content: 'AP confirmed check is in the mail.' }],
  },
);
export type NewThreadNote = Static<typeof NewThreadNote>;

/** The body of PATCH: an omitted field keeps its value. */
export const ThreadNoteChange = Type.Object(
  { content: Type.Optional(NewThreadNote.properties.content) },
  {
    $id: 'ThreadNoteChange',
    description: 'The changes to a note.',
    examples: [{ content: 'AP confirmed: check 4711 is in the mail.' }],
  },
);
export type ThreadNoteChange = Static<typeof ThreadNoteChange>;

export const ThreadNoteParams = Type.Object({
  ...CompanyParams.properties,
  note_id: Uuid({ description: 'The note.', examples: [EXAMPLE_IDS.threadNote] }),
});

export const ThreadNotesQuery = Type.Object({
  thread_id: Type.Optional(
    Uuid({ description: "Notes on any message of this thread's conversation.", examples: [EXAMPLE_IDS.thread] }),
  ),
  author_id: Type.Optional(Uuid({ description: 'Notes by this user.', examples: [EXAMPLE_IDS.user] })),
  ...UpdatedAfterQuery,
  ...PagingQuery,
});
export type ThreadNotesQuery = Static<typeof ThreadNotesQuery>;

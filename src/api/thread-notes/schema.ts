import { type Static, Type } from '@sinclair/typebox';
import { PagingQuery, WholeOrListOf } from '../../http/lists/pagination.ts';
import { UpdatedAfterQuery } from '../../http/lists/updated-after.ts';
import { EXAMPLE_IDS, EXAMPLE_TIMES } from '../../http/openapi/examples.ts';
import { CompanyParams, doc, Reference, ResponseObject, Timestamp, Uuid } from '../../http/schema.ts';

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
    id: Uuid(doc('The note.', EXAMPLE_IDS.threadNote)),
    company_id: Uuid(doc('The company.', EXAMPLE_IDS.company)),
    thread_id: Uuid(doc('The message that the note is attached to.', EXAMPLE_IDS.thread)),
    thread_group_id: Uuid(doc('The conversation of that message.', EXAMPLE_IDS.threadGroup)),
    content: Type.String(doc('The text of the note; encrypted at rest.', 'AP confirmed check is in the mail.')),
    author: Type.Object(
      {
        id: Uuid(doc('The user.', EXAMPLE_IDS.user)),
        name: Type.String(doc("The user's name.", 'Sam Ortiz')),
        email: Type.String(doc("The user's email.", 'sam@northbrook.example')),
      },
      { additionalProperties: false, description: 'The author of the note.' },
    ),
    created_at: Timestamp(doc('When the note was created.', time)),
    updated_at: Timestamp(doc('When the note last changed.', time)),
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
    thread_id: Uuid(doc('UUID of the CommunicationThread to attach the note to.', EXAMPLE_IDS.thread)),
    content: Type.String({
      minLength: 1,
      maxLength: 20_000,
      'x-trim': true,
      ...doc('Note content.', 'AP confirmed check is in the mail.'),
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
  note_id: Uuid(doc('The note.', EXAMPLE_IDS.threadNote)),
});

export const ThreadNotesQuery = Type.Object({
  thread_id: Type.Optional(Uuid(doc("Notes on any message of this thread's conversation.", EXAMPLE_IDS.thread))),
  author_id: Type.Optional(Uuid(doc('Notes by this user.', EXAMPLE_IDS.user))),
  ...UpdatedAfterQuery,
  ...PagingQuery,
});
export type ThreadNotesQuery = Static<typeof ThreadNotesQuery>;

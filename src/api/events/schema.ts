import { type Static, Type } from '@sinclair/typebox';
import { EVENT_TYPES } from '../../domain/vocabulary.ts';
import { EXAMPLE_IDS, EXAMPLE_TIMES } from '../../http/openapi/examples.ts';
import { doc, MediaTypes, Nullable, OneOf, Reference, ResponseObject, Timestamp, Uuid } from '../../http/schema.ts';

/** The event feed of a company. Events contain ids only; clients read the current state from the other resources. */

const EXAMPLE_EVENT_ID = '019e1c98-3e41-75ee-91aa-e692f4035bcd';
const EXAMPLE_TICKET = 'TmljZSB0cnk7IHRoaXMgaXMgb25seSBhbiBleGFtcGxlLg';
const exampleEvent = {
  id: EXAMPLE_EVENT_ID,
  type: 'thread.created',
  thread_id: EXAMPLE_IDS.thread,
  thread_group_id: EXAMPLE_IDS.threadGroup,
  subject_id: null,
  note_id: null,
  promise_id: null,
  user_id: null,
  occurred_at: EXAMPLE_TIMES.latest,
};

export const CommunicationEvent = ResponseObject(
  {
    id: Type.String(
      doc(
        'The id, and the position in the feed: send it as `after`, or let EventSource send it as `Last-Event-ID`.',
        EXAMPLE_EVENT_ID,
      ),
    ),
    type: OneOf(
      EVENT_TYPES,
      doc(
        'The type. `import.completed` is the one event for all rows that an import wrote. `thread.deleted`: a message is ' +
          'no longer in the record, because it turned out to be a draft that was never sent, or the same call as another.',
        'thread.created',
      ),
    ),
    thread_id: Nullable(Uuid(doc('The message that the event is about; null for an import.', EXAMPLE_IDS.thread))),
    thread_group_id: Nullable(
      Uuid(
        doc('The conversation of that message, of a deleted one the conversation it was in.', EXAMPLE_IDS.threadGroup),
      ),
    ),
    subject_id: Nullable(
      Uuid(
        doc(
          'The row that the event is about, for events of customers, contacts, invoices, actions and touchpoints.',
          EXAMPLE_IDS.customer,
        ),
      ),
    ),
    note_id: Nullable(Uuid(doc('The note, for events of notes.', EXAMPLE_IDS.threadNote))),
    promise_id: Nullable(Uuid(doc('The promise, for events of promises.', EXAMPLE_IDS.promise))),
    user_id: Nullable(
      Uuid(doc('The user who made the change; null for a provider or the operator.', EXAMPLE_IDS.user)),
    ),
    occurred_at: Timestamp(doc('When the change was written.', EXAMPLE_TIMES.latest)),
  },
  { $id: 'CommunicationEvent', description: 'One change.', examples: [exampleEvent] },
);
export type CommunicationEvent = Static<typeof CommunicationEvent>;

export const CommunicationEventList = ResponseObject(
  {
    data: Type.Array(Reference(CommunicationEvent), { description: 'Events in the order of their transactions.' }),
    next_after: Type.String(
      doc(
        'Send it as `after` to continue from here, now or later; present even when `data` is empty.',
        EXAMPLE_EVENT_ID,
      ),
    ),
    has_more: Type.Boolean(doc('Whether more events can be read now.', false)),
  },
  {
    $id: 'CommunicationEventList',
    description: 'A batch of the feed, oldest first.',
    examples: [{ data: [exampleEvent], next_after: EXAMPLE_EVENT_ID, has_more: false }],
  },
);
export type CommunicationEventList = Static<typeof CommunicationEventList>;

/** The response of `listEvents`: the same feed in two forms. */
export const EventsResponse = MediaTypes<CommunicationEventList>('The changes: a list, or a stream that stays open.', {
  'application/json': Reference(CommunicationEventList),
  'text/event-stream': Type.String(
    doc(
      'Messages with an `id` and, as `data`, a CommunicationEvent in JSON; comments are heartbeats.',
      `id: ${EXAMPLE_EVENT_ID}\ndata: {"type":"thread.created"}\n\n`,
    ),
  ),
});

export const EventsQuery = Type.Object({
  after: Type.Optional(
    Type.String(
      doc(
        'The position to continue after: the `id` of an event, a `next_after`, or `latest` for future events only. ' +
          'Without it a list begins with the first event, and a stream with the next one.',
        EXAMPLE_EVENT_ID,
      ),
    ),
  ),
  limit: Type.Optional(
    Type.Integer({ minimum: 1, default: 100, ...doc('Events to list; over 500 is taken as 500.', 100) }),
  ),
  ticket: Type.Optional(
    Type.String(
      doc("A stream ticket in place of the Authorization header, which EventSource can't send.", EXAMPLE_TICKET),
    ),
  ),
});
export type EventsQuery = Static<typeof EventsQuery>;

export const StreamTicket = ResponseObject(
  {
    ticket: Type.String(doc('Opens one stream of this company: `…/events?ticket=`. Shown once.', EXAMPLE_TICKET)),
    expires_at: Timestamp(doc('Connect before this time.', EXAMPLE_TIMES.latest)),
  },
  {
    $id: 'StreamTicket',
    description: 'A short-lived ticket that opens an event stream.',
    examples: [{ ticket: EXAMPLE_TICKET, expires_at: EXAMPLE_TIMES.latest }],
  },
);
export type StreamTicket = Static<typeof StreamTicket>;

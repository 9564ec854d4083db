import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { EVENT_TYPES, TEST_EVENT_TYPE } from '../../domain/vocabulary.ts';
import { ListOf, PagingQuery } from '../../http/lists/pagination.ts';
import { EXAMPLE_IDS, EXAMPLE_TIMES } from '../../http/openapi/examples.ts';
import { CompanyParams, doc, Nullable, OneOf, Reference, ResponseObject, Timestamp, Uuid } from '../../http/schema.ts';
import { CommunicationEvent } from '../events/schema.ts';

const EXAMPLE_ENDPOINT_ID = '019e1c98-3e46-7a43-86ff-3be749580a12';
const EXAMPLE_SECRET = 'whsec_VGhpcyBpcyBhbiBleGFtcGxlLCBhbmQgbm8gc2VjcmV0Lg==';
const EXAMPLE_EVENT_ID = CommunicationEvent.properties.id.examples[0];

const exampleEndpoint = {
  id: EXAMPLE_ENDPOINT_ID,
  url: 'https://hooks.northbrook.example/communications',
  event_types: ['thread.created', 'thread.updated'],
  description: 'Tells the team channel',
  is_enabled: true,
  disabled_reason: null,
  created_at: EXAMPLE_TIMES.older,
  updated_at: EXAMPLE_TIMES.latest,
};

const url = Type.String({
  minLength: 1,
  maxLength: 2_048,
  'x-trim': true,
  ...doc(
    'The https URL to which events are sent: no private, loopback or link-local address, no username, no fragment.',
    exampleEndpoint.url,
  ),
});
const description = Type.String({
  maxLength: 500,
  'x-trim': true,
  ...doc('A note for the people who manage the endpoint.', exampleEndpoint.description),
});
const eventTypes = Nullable(
  Type.Array(OneOf(EVENT_TYPES), {
    minItems: 1,
    maxItems: EVENT_TYPES.length,
    ...doc(
      'The event types that are sent; null for all, including those of later versions.',
      exampleEndpoint.event_types,
    ),
  }),
);

const endpointFields = {
  id: Uuid(doc('The endpoint.', EXAMPLE_ENDPOINT_ID)),
  url,
  event_types: eventTypes,
  description,
  is_enabled: Type.Boolean(doc('Whether events are sent to the endpoint.', true)),
  disabled_reason: Nullable(
    Type.String(
      doc('Why the endpoint is disabled, as text; null while it is enabled.', 'The receiver answered 410 Gone.'),
    ),
  ),
  created_at: Timestamp(doc('When the endpoint was created.', EXAMPLE_TIMES.older)),
  updated_at: Timestamp(doc('When a user last changed the endpoint or the server disabled it.', EXAMPLE_TIMES.latest)),
};

export const WebhookEndpoint = ResponseObject(endpointFields, {
  $id: 'WebhookEndpoint',
  description: 'A URL to which events of a company are sent.',
  examples: [exampleEndpoint],
});
export type WebhookEndpoint = Static<typeof WebhookEndpoint>;

export const WebhookEndpointWithSecret = ResponseObject(
  {
    ...endpointFields,
    secret: Type.String(
      doc('Signs every delivery (Standard Webhooks 1.0). Shown once; encrypted at rest.', EXAMPLE_SECRET),
    ),
  },
  {
    $id: 'WebhookEndpointWithSecret',
    description: 'An endpoint with its new secret.',
    examples: [{ ...exampleEndpoint, secret: EXAMPLE_SECRET }],
  },
);
export type WebhookEndpointWithSecret = Static<typeof WebhookEndpointWithSecret>;

export const WebhookEndpointList = ListOf(Reference(WebhookEndpoint), {
  $id: 'WebhookEndpointList',
  description: 'Webhook endpoints, newest first.',
  examples: [{ count: 1, page: 1, page_size: 20, next_cursor: null, data: [exampleEndpoint] }],
});

export const NewWebhookEndpoint = Type.Object(
  { url, event_types: Type.Optional(eventTypes), description: Type.Optional(description) },
  {
    $id: 'NewWebhookEndpoint',
    description: 'An endpoint to create.',
    examples: [{ url: exampleEndpoint.url, event_types: exampleEndpoint.event_types }],
  },
);
export type NewWebhookEndpoint = Static<typeof NewWebhookEndpoint>;

export const WebhookEndpointChange = Type.Object(
  {
    url: Type.Optional(url),
    event_types: Type.Optional(eventTypes),
    description: Type.Optional(description),
    is_enabled: Type.Optional(
      Type.Boolean(doc('An endpoint that is enabled again gets the events from then on.', true)),
    ),
  },
  {
    $id: 'WebhookEndpointChange',
    description: 'The changes to an endpoint; an omitted field keeps its value.',
    examples: [{ is_enabled: true }],
  },
);
export type WebhookEndpointChange = Static<typeof WebhookEndpointChange>;

export const WebhookReplay = Type.Object(
  {
    after: Type.String({
      minLength: 1,
      maxLength: 200,
      'x-trim': true,
      ...doc('The id of the event after which events are sent again, or an RFC 3339 date-time.', EXAMPLE_TIMES.older),
    }),
  },
  {
    $id: 'WebhookReplay',
    description: 'The position after which events are sent again.',
    examples: [{ after: EXAMPLE_TIMES.older }],
  },
);
export type WebhookReplay = Static<typeof WebhookReplay>;

const exampleDelivery = {
  id: '019e1c98-3e47-7b54-9700-4cf85a691b23',
  event_id: EXAMPLE_EVENT_ID,
  type: 'thread.created',
  attempt: 1,
  response_status: 503,
  error: 'Answered 503.',
  attempted_at: EXAMPLE_TIMES.latest,
  next_attempt_at: EXAMPLE_TIMES.callEnd,
};

export const WebhookDelivery = ResponseObject(
  {
    id: Uuid(doc('The attempt.', exampleDelivery.id)),
    event_id: Type.String(
      doc("The `webhook-id`: the event's id in the feed; a test has its own id.", EXAMPLE_EVENT_ID),
    ),
    type: OneOf([...EVENT_TYPES, TEST_EVENT_TYPE], doc('What happened.', 'thread.created')),
    attempt: Type.Integer(doc('The number of the attempt for this event, from 1.', 1)),
    response_status: Nullable(
      Type.Integer(doc("The status of the receiver's response; null without a response.", 503)),
    ),
    error: Nullable(Type.String(doc('Why the attempt failed; null when it succeeded.', 'Answered 503.'))),
    attempted_at: Timestamp(doc('When the attempt began.', EXAMPLE_TIMES.latest)),
    next_attempt_at: Nullable(
      Timestamp(doc('When the next attempt is due; null when there is none.', EXAMPLE_TIMES.callEnd)),
    ),
  },
  { $id: 'WebhookDelivery', description: 'One delivery attempt.', examples: [exampleDelivery] },
);
export type WebhookDelivery = Static<typeof WebhookDelivery>;

export const WebhookDeliveryList = ListOf(Reference(WebhookDelivery), {
  $id: 'WebhookDeliveryList',
  description: 'Delivery attempts of the last seven days, newest first.',
  examples: [{ count: 1, page: 1, page_size: 20, next_cursor: null, data: [exampleDelivery] }],
});

export const WebhookEndpointParams = Type.Object({
  ...CompanyParams.properties,
  endpoint_id: Uuid(doc('The endpoint.', EXAMPLE_ENDPOINT_ID)),
});

export const WebhookListQuery = Type.Object({ ...PagingQuery });
export type WebhookListQuery = Static<typeof WebhookListQuery>;

const { id: _id, type: _type, occurred_at: _occurredAt, ...eventIds } = CommunicationEvent.properties;

/** The body of a delivery: ids only, and only those that the event has. */
export const OutgoingEvent = ResponseObject(
  {
    type: OneOf([...EVENT_TYPES, TEST_EVENT_TYPE], doc('What happened.', 'thread.created')),
    timestamp: Timestamp(doc('When the event occurred.', EXAMPLE_TIMES.latest)),
    data: Type.Object(
      {
        company_id: Uuid(doc('The company.', EXAMPLE_IDS.company)),
        ...optional(eventIds),
      },
      {
        additionalProperties: false,
        description: 'The ids of what the event is about; read the rows by their own operations.',
      },
    ),
  },
  {
    $id: 'OutgoingEvent',
    description: 'The body of a delivery.',
    examples: [
      {
        type: 'thread.created',
        timestamp: EXAMPLE_TIMES.latest,
        data: {
          company_id: EXAMPLE_IDS.company,
          thread_id: EXAMPLE_IDS.thread,
          thread_group_id: EXAMPLE_IDS.threadGroup,
        },
      },
    ],
  },
);
export type OutgoingEvent = Static<typeof OutgoingEvent>;

/** The ids of an event as optional fields, which are omitted where the feed has null. */
function optional(fields: Record<string, TSchema>) {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, Type.Optional({ ...field, type: 'string' } as TSchema)]),
  );
}

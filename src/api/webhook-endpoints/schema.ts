import { type Static, type TSchema, Type } from '@sinclair/typebox';
import { EVENT_TYPES, TEST_EVENT_TYPE } from '../../domain/vocabulary.ts';
import { ListOf, PagingQuery } from '../../http/lists/pagination.ts';
import { EXAMPLE_IDS, EXAMPLE_TIMES } from '../../http/openapi/examples.ts';
import { CompanyParams, Nullable, OneOf, Reference, ResponseObject, Timestamp, Uuid } from '../../http/schema.ts';
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
  description:
    'The https URL to which events are sent: no private, loopback or link-local address, no username, no fragment.',
  examples: [exampleEndpoint.url],
});
const description = Type.String({
  maxLength: 500,
  'x-trim': true,
  description: 'A note for the people who manage the endpoint.',
  examples: [exampleEndpoint.description],
});
const eventTypes = Nullable(
  Type.Array(OneOf(EVENT_TYPES), {
    minItems: 1,
    maxItems: EVENT_TYPES.length,
    description: 'The event types that are sent; null for all, including those of later versions.',
    examples: [exampleEndpoint.event_types],
  }),
);

const endpointFields = {
  id: Uuid({ description: 'The endpoint.', examples: [EXAMPLE_ENDPOINT_ID] }),
  url,
  event_types: eventTypes,
  description,
  is_enabled: Type.Boolean({ description: 'Whether events are sent to the endpoint.', examples: [true] }),
  disabled_reason: Nullable(
    Type.String({
      description: 'Why the endpoint is disabled, as text; null while it is enabled.',
      examples: ['The receiver answered 410 Gone.'],
    }),
  ),
  created_at: Timestamp({ description: 'When the endpoint was created.', examples: [EXAMPLE_TIMES.older] }),
  updated_at: Timestamp({
    description: 'When a user last changed the endpoint or the server disabled it.',
    examples: [EXAMPLE_TIMES.latest],
  }),
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
    secret: Type.String({
      description: 'Signs every delivery (Standard Webhooks 1.0). Shown once; encrypted at rest.',
      examples: [EXAMPLE_SECRET],
    }),
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
      Type.Boolean({
        description: 'An endpoint that is enabled again gets the events from then on.',
        examples: [true],
      }),
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
      description: 'The id of the event after which events are sent again, or an RFC 3339 date-time.',
      examples: [EXAMPLE_TIMES.older],
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
    id: Uuid({ description: 'The attempt.', examples: [exampleDelivery.id] }),
    event_id: Type.String({
      description: "The `webhook-id`: the event's id in the feed; a test has its own id.",
      examples: [EXAMPLE_EVENT_ID],
    }),
    type: OneOf([...EVENT_TYPES, TEST_EVENT_TYPE], { description: 'What happened.', examples: ['thread.created'] }),
    attempt: Type.Integer({ description: 'The number of the attempt for this event, from 1.', examples: [1] }),
    response_status: Nullable(
      Type.Integer({ description: "The status of the receiver's response; null without a response.", examples: [503] }),
    ),
    error: Nullable(
      Type.String({ description: 'Why the attempt failed; null when it succeeded.', examples: ['Answered 503.'] }),
    ),
    attempted_at: Timestamp({ description: 'When the attempt began.', examples: [EXAMPLE_TIMES.latest] }),
    next_attempt_at: Nullable(
      Timestamp({
        description: 'When the next attempt is due; null when there is none.',
        examples: [EXAMPLE_TIMES.callEnd],
      }),
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
  endpoint_id: Uuid({ description: 'The endpoint.', examples: [EXAMPLE_ENDPOINT_ID] }),
});

export const WebhookListQuery = Type.Object({ ...PagingQuery });
export type WebhookListQuery = Static<typeof WebhookListQuery>;

const { id: _id, type: _type, occurred_at: _occurredAt, ...eventIds } = CommunicationEvent.properties;

/** The body of a delivery: ids only, and only those that the event has. */
export const OutgoingEvent = ResponseObject(
  {
    type: OneOf([...EVENT_TYPES, TEST_EVENT_TYPE], { description: 'What happened.', examples: ['thread.created'] }),
    timestamp: Timestamp({ description: 'When the event occurred.', examples: [EXAMPLE_TIMES.latest] }),
    data: Type.Object(
      {
        company_id: Uuid({ description: 'The company.', examples: [EXAMPLE_IDS.company] }),
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

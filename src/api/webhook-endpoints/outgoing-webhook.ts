import type { OutgoingWebhook } from '../../http/openapi/describe-operation.ts';
import { OutgoingEvent } from './schema.ts';

const header = (name: string, description: string, example: string) => ({
  name,
  in: 'header' as const,
  required: true,
  description,
  schema: { type: 'string' as const, examples: [example] },
});

/** What this server sends to the endpoints of a company (contract §6). */
export const OUTGOING_WEBHOOK: OutgoingWebhook = {
  operationId: 'receiveEvent',
  summary: 'An event is sent',
  description:
    'Sent to every enabled endpoint that wants its type: at least once, in the order of the feed. Take it with any 2xx within ' +
    '15 seconds; anything else is sent again later, and 410 disables the endpoint. Check the signature before anything else ' +
    '(`verify` of the client, or any library of the Standard Webhooks specification), and drop a `webhook-id` that you have seen.',
  tags: ['Webhook endpoints'],
  parameters: [
    header('webhook-id', "The event's id in the feed; the same at every attempt.", 'AAAAAAAAB9oBnhyYPkF17pGq5pL0A1vN'),
    header('webhook-timestamp', 'When this attempt was made, in seconds since 1970.', '1778596200'),
    header(
      'webhook-signature',
      'One or, for a day after a rotation, two signatures with a blank between.',
      'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
    ),
  ],
  body: OutgoingEvent,
  responses: {
    '2XX': { description: 'Taken.' },
    '410': { description: 'Never send anything again: the endpoint is disabled.' },
  },
};

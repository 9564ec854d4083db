import type { OutgoingWebhook } from '../../http/openapi/describe-operation.ts';
import { OutgoingEvent } from './schema.ts';

const header = (name: string, description: string, example: string) => ({
  name,
  in: 'header' as const,
  required: true,
  description,
  schema: { type: 'string' as const, examples: [example] },
});

/** The webhook that this server sends to the endpoints of a company (contract §6). */
export const OUTGOING_WEBHOOK: OutgoingWebhook = {
  operationId: 'receiveEvent',
  summary: 'An event is sent',
  description:
    'Sent to every enabled endpoint that is subscribed to its type: at least once, in the order of the feed. Acknowledge it ' +
    'with any 2xx within 15 seconds; after any other response it is sent again later, and 410 disables the endpoint. Verify the ' +
    'signature first (`verify` of the client, or any library of the Standard Webhooks specification), and ignore a `webhook-id` ' +
    'that you have already processed.',
  tags: ['Webhook endpoints'],
  parameters: [
    header('webhook-id', "The event's id in the feed; the same at every attempt.", 'AAAAAAAAB9oBnhyYPkF17pGq5pL0A1vN'),
    header('webhook-timestamp', 'The time of this attempt as Unix time in seconds.', '1778596200'),
    header(
      'webhook-signature',
      'One signature or, for a day after a rotation, two signatures separated by a space.',
      'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
    ),
  ],
  body: OutgoingEvent,
  responses: {
    '2XX': { description: 'The event is acknowledged.' },
    '410': { description: 'The endpoint is disabled and gets no more events.' },
  },
};

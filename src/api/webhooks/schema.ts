import { Type } from '@sinclair/typebox';
import { INGEST_STATES } from '../../domain/vocabulary.ts';
import { doc, MediaTypes, Nullable, OneOf, ResponseObject } from '../../http/schema.ts';

export const ChallengeQuery = Type.Object({
  challenge: Type.String(doc('The value to answer with.', 'bc609b38-c81f-47fb-a275-0f2c1b7e5f3d')),
});

export const Challenge = MediaTypes<string>('The challenge, exactly as it was given.', {
  'text/plain': Type.String({ examples: ['bc609b38-c81f-47fb-a275-0f2c1b7e5f3d'] }),
});

export const Acknowledgement = ResponseObject(
  {
    state: OneOf(
      INGEST_STATES,
      doc(
        'The state of the event. `duplicate`: it contained nothing new. `received`: stored, and applied soon. `failed`: stored, ' +
          'and can be applied again by a command.',
        'applied',
      ),
    ),
    reason: Nullable(Type.String(doc('Why the event was skipped or could not be applied.', 'unknown_grant'))),
  },
  {
    $id: 'WebhookAcknowledgement',
    description: 'The event is in the ledger; the provider need not send it again.',
    examples: [{ state: 'applied', reason: null }],
  },
);

export const NYLAS_DELIVERY = {
  security: 'nylasSignature',
  description:
    'A CloudEvent of Nylas v3, gzip or plain. `data.object` is the message, its `grant_id` identifies the mailbox.',
  example: {
    specversion: '1.0',
    type: 'message.created',
    id: 'webhook-event-1',
    time: 1_795_108_024,
    data: {
      object: {
        id: 'message-1',
        grant_id: '6b1f2c1e-58d4-4f0c-9a57-d0c1f3a97e20',
        thread_id: 'thread-1',
        subject: 'Re: Invoice INV-1001',
        from: [{ name: 'Dana Reyes', email: 'dana@acme.example' }],
        to: [{ name: 'Northbrook AR', email: 'ar@northbrook.example' }],
        date: 1_795_108_020,
        body: '<p>We will pay on Friday.</p>',
      },
    },
  },
} as const;

export const VONAGE_DELIVERY = {
  security: 'vonageToken',
  description:
    'A Voice event. `uuid` identifies a leg of the call, `from` and `to` are its numbers, `status` its state.',
  example: {
    from: '18285550145',
    to: '13125550100',
    uuid: 'c0ffee00-5a3e-4d1b-9c7f-000000000001',
    conversation_uuid: 'CON-c0ffee00-5a3e-4d1b-9c7f-000000000002',
    direction: 'inbound',
    status: 'ringing',
    timestamp: '2026-11-20T14:30:00.000Z',
  },
} as const;

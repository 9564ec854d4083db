import { Type } from '@sinclair/typebox';
import { Answer, MediaTypes, Nullable, OneOf } from '../schemas.ts';
import { INGEST_STATES } from '../vocabulary.ts';

export const ChallengeQuery = Type.Object({
  challenge: Type.String({
    description: 'The value to answer with.',
    examples: ['bc609b38-c81f-47fb-a275-0f2c1b7e5f3d'],
  }),
});

export const Challenge = MediaTypes<string>('The challenge, exactly as it was given.', {
  'text/plain': Type.String({ examples: ['bc609b38-c81f-47fb-a275-0f2c1b7e5f3d'] }),
});

export const Acknowledgement = Answer(
  {
    state: OneOf(INGEST_STATES, {
      description:
        'What became of the event. `duplicate`: it said nothing new. `received`: stored, and applied soon. `failed`: stored, and to be applied again by command.',
      examples: ['applied'],
    }),
    reason: Nullable(
      Type.String({ description: 'Why it was skipped or could not be applied.', examples: ['unknown_grant'] }),
    ),
  },
  {
    $id: 'WebhookAcknowledgement',
    description: 'The event is in the ledger; the provider need not send it again.',
    examples: [{ state: 'applied', reason: null }],
  },
);

import { type Static, Type } from '@sinclair/typebox';
import { Answer, OneOf, Uuid } from '../schemas.ts';
import { ROLES } from '../vocabulary.ts';

const id = '0192f0c4-7c1e-7b43-9d5f-3c6a1f0e9b21';

export const Credentials = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 254, description: 'The username.', examples: ['sam'] }),
    password: Type.String({
      minLength: 1,
      maxLength: 1024,
      description: 'The password.',
      examples: ['correct horse battery staple'],
    }),
  },
  { description: 'What a user logs in with.' },
);
export type Credentials = Static<typeof Credentials>;

export const Session = Answer(
  {
    token: Type.String({
      description: 'Send it as `Authorization: Token <token>`. Shown once.',
      examples: ['comms_8sD2…'],
    }),
    user: Type.Object(
      {
        id: Uuid({ description: 'The user.', examples: [id] }),
        username: Type.String({ description: 'The username.', examples: ['sam'] }),
        email: Type.String({ description: "The user's email.", examples: ['sam@northbrook.example'] }),
        name: Type.String({ description: "The user's name.", examples: ['Sam Ortiz'] }),
      },
      { additionalProperties: false, description: 'Who logged in.' },
    ),
    companies: Type.Array(
      Type.Object(
        {
          id: Uuid({ description: 'The company; stands in the path of every call.', examples: [id] }),
          name: Type.String({ description: "The company's name.", examples: ['Northbrook Packaging'] }),
          role: OneOf(ROLES, { description: "The user's role in it.", examples: ['member'] }),
          timezone: Type.String({ description: 'IANA time zone of its days.', examples: ['America/Chicago'] }),
        },
        { additionalProperties: false },
      ),
      { description: 'The companies the user belongs to.' },
    ),
  },
  { $id: 'Session', description: 'A new token and what it opens.' },
);
export type Session = Static<typeof Session>;

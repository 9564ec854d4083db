import { type Static, Type } from '@sinclair/typebox';
import { ROLES } from '../../domain/vocabulary.ts';
import { EXAMPLE_IDS } from '../../http/openapi/examples.ts';
import { OneOf, ResponseObject, Uuid } from '../../http/schema.ts';

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
  {
    $id: 'Credentials',
    description: 'The credentials of a user.',
    examples: [{ username: 'sam', password: 'correct horse battery staple' }],
  },
);
export type Credentials = Static<typeof Credentials>;

export const Session = ResponseObject(
  {
    token: Type.String({
      description: 'Send it as `Authorization: Token <token>`. Shown once.',
      examples: ['comms_8sD2qPz1XvT0mKc7LbY4wRa9NeUj3fHg2Qm1xZ'],
    }),
    user: Type.Object(
      {
        id: Uuid({ description: 'The user.', examples: [EXAMPLE_IDS.user] }),
        username: Type.String({ description: 'The username.', examples: ['sam'] }),
        email: Type.String({ description: "The user's email.", examples: ['sam@northbrook.example'] }),
        name: Type.String({ description: "The user's name.", examples: ['Sam Ortiz'] }),
      },
      { additionalProperties: false, description: 'The user who logged in.' },
    ),
    companies: Type.Array(
      Type.Object(
        {
          id: Uuid({
            description: 'The company; the `company_id` in the path of requests.',
            examples: [EXAMPLE_IDS.company],
          }),
          name: Type.String({ description: "The company's name.", examples: ['Northbrook Packaging'] }),
          role: OneOf(ROLES, { description: "The user's role in it.", examples: ['member'] }),
          timezone: Type.String({ description: 'IANA time zone of its calendar days.', examples: ['America/Chicago'] }),
        },
        { additionalProperties: false, description: "A company and the user's role in it." },
      ),
      { description: 'The companies the user belongs to.' },
    ),
  },
  {
    $id: 'Session',
    description: 'A new token with its user and the companies of the user.',
    examples: [
      {
        token: 'comms_8sD2qPz1XvT0mKc7LbY4wRa9NeUj3fHg2Qm1xZ',
        user: { id: EXAMPLE_IDS.user, username: 'sam', email: 'sam@northbrook.example', name: 'Sam Ortiz' },
        companies: [
          { id: EXAMPLE_IDS.company, name: 'Northbrook Packaging', role: 'member', timezone: 'America/Chicago' },
        ],
      },
    ],
  },
);
export type Session = Static<typeof Session>;

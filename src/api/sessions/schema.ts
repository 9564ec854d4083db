import { type Static, Type } from '@sinclair/typebox';
import { ROLES } from '../../domain/vocabulary.ts';
import { EXAMPLE_IDS } from '../../http/openapi/examples.ts';
import { doc, OneOf, ResponseObject, Uuid } from '../../http/schema.ts';

export const Credentials = Type.Object(
  {
    username: Type.String({ minLength: 1, maxLength: 254, ...doc('The username.', 'sam') }),
    password: Type.String({ minLength: 1, maxLength: 1024, ...doc('The password.', 'correct horse battery staple') }),
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
    token: Type.String(
      doc('Send it as `Authorization: Token <token>`. Shown once.', 'comms_8sD2qPz1XvT0mKc7LbY4wRa9NeUj3fHg2Qm1xZ'),
    ),
    user: Type.Object(
      {
        id: Uuid(doc('The user.', EXAMPLE_IDS.user)),
        username: Type.String(doc('The username.', 'sam')),
        email: Type.String(doc("The user's email.", 'sam@northbrook.example')),
        name: Type.String(doc("The user's name.", 'Sam Ortiz')),
      },
      { additionalProperties: false, description: 'The user who logged in.' },
    ),
    companies: Type.Array(
      Type.Object(
        {
          id: Uuid(doc('The company; the `company_id` in the path of requests.', EXAMPLE_IDS.company)),
          name: Type.String(doc("The company's name.", 'Northbrook Packaging')),
          role: OneOf(ROLES, doc("The user's role in it.", 'member')),
          timezone: Type.String(doc('IANA time zone of its calendar days.', 'America/Chicago')),
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

import { Type } from '@sinclair/typebox';
import Fastify, { type FastifyInstance } from 'fastify';
import { expect, it } from 'vitest';
import { components } from '../../src/http/openapi/components.ts';
import { namedSchemasIn, Reference } from '../../src/http/schema.ts';

/** The components of the OpenAPI document: the named schemas of the routes, however deep they stand. */

const Party = Type.Object({ email: Type.String() }, { $id: 'Party' });
const Message = Type.Object({ from: Type.Union([Reference(Party), Type.Null()]) }, { $id: 'Message' });
const MessageList = Type.Object({ data: Type.Array(Type.Optional(Reference(Message))) }, { $id: 'MessageList' });

it('are found behind references, each once', () => {
  const schema = { params: Type.Object({ id: Type.String() }), body: Message, response: { 200: MessageList } };

  expect(namedSchemasIn(schema).map(({ $id }) => $id)).toEqual(['Message', 'Party', 'MessageList']);
  expect(JSON.stringify(MessageList)).not.toContain('Party');
});

it('a reference to a schema without a name is an error', () => {
  expect(() => Reference(Type.Object({}))).toThrow('without a name');
});

async function start(register: (scope: FastifyInstance) => void): Promise<FastifyInstance> {
  const app = Fastify({ exposeHeadRoutes: true });
  app.register(components);
  app.register(async (scope) => register(scope), { prefix: '/v1' });
  app.register(async (scope) => register(scope), { prefix: '/v2' });
  await app.ready();
  return app;
}

it('serialise the responses of every scope that uses them', async () => {
  const message = { from: { email: 'kim@acme.example', secret: 'not named' } };
  const app = await start((scope) =>
    scope.get('/messages', { schema: { response: { 200: MessageList } } }, async () => ({ data: [message] })),
  );

  for (const prefix of ['/v1', '/v2']) {
    const { body } = await app.inject(`${prefix}/messages`);
    expect(JSON.parse(body)).toEqual({ data: [{ from: { email: 'kim@acme.example' } }] });
  }
});

it('of one name must be one schema', async () => {
  const OtherParty = Type.Object({ name: Type.String() }, { $id: 'Party' });
  const starting = start((scope) => {
    scope.get('/messages', { schema: { response: { 200: MessageList } } }, async () => ({ data: [] }));
    scope.post('/parties', { schema: { body: OtherParty } }, async () => null);
  });

  await expect(starting).rejects.toThrow('Two schemas are named "Party".');
});

/**
 * The upper bound of the framework: a bare Fastify route that sends the same bytes. `/` sends them as they are;
 * `/serialised` serialises the same objects with the compiled serialiser. `tsx bench/bare.ts FILE`
 */
import { readFileSync } from 'node:fs';
import Fastify from 'fastify';
import { Attachment, CommunicationThread, CommunicationThreadList, EmailParty } from '../src/api/threads/schema.ts';

const body = readFileSync(process.argv[2] ?? '', 'utf8');
const app = Fastify();
app.get('/', (_request, reply) => reply.type('application/json; charset=utf-8').send(body));
const list = JSON.parse(body);
for (const schema of [EmailParty, Attachment, CommunicationThread, CommunicationThreadList]) app.addSchema(schema);
app.get('/serialised', { schema: { response: { 200: CommunicationThreadList } } }, async () => list);
process.once('SIGTERM', () => process.exit());
process.stdout.write(`listening on ${await app.listen({ port: 0, host: '127.0.0.1' })}\n`);

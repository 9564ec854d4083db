import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';

/** `/llms.txt` (llmstxt.org): an overview of this server for language models. Its URL never changes. */
export const llmsText = fastifyPlugin(serveLlmsText, {
  name: 'llms-text',
  dependencies: ['security-headers', 'request-pipeline', 'allowed-methods'],
});

async function serveLlmsText(app: FastifyInstance): Promise<void> {
  app.get('/llms.txt', { schema: { hide: true }, config: { access: 'public' } }, async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=3600').type('text/markdown; charset=utf-8').send(TEXT),
  );
}

/** The links are relative, so that they work behind a proxy that strips a path prefix. */
const TEXT = `# Communications API

> Every customer interaction of an accounts-receivable team: email threads, calls, and manual entries, with notes.

Send \`Authorization: Token <token>\`. \`POST api/auth/login/\` with \`username\` and \`password\` returns a token and the ids of
your companies. Lists page by \`page\` and \`page_size\`, by \`limit\` and \`offset\`, or by \`cursor\`. Errors are
\`application/problem+json\` with a stable \`code\` and \`errors\` by field. Times are RFC 3339 in UTC. Never retry a write without
its \`Idempotency-Key\`.

## Reference

- [OpenAPI 3.1 document](openapi.json): every path, parameter, field, error and example
- [Reference for people](docs): the same, with calls to try

## The most used calls

- \`GET api/companies/{company_id}/communications/threads?requires_response=true&is_resolved=false\`: conversations that wait for a response
- \`GET api/companies/{company_id}/communications/threads/{thread_id}\`: a whole conversation
- \`POST api/companies/{company_id}/communications/log-manual\`: logs a call, a meeting or a letter
- \`POST api/companies/{company_id}/thread-notes\`: adds an internal note
- \`GET api/companies/{company_id}/communications/events\`: changes, as a list or a stream
`;

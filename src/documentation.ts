import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';

/** OpenAPI 3.1 from the very schemas that validate, and a page where a person can try calls. */
export async function registerDocumentation(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Communications API',
        version: '0.1.0',
        description:
          'Every customer interaction of an accounts-receivable team: email threads synced from connected mailboxes, call ' +
          'sessions, and manual communication entries.',
        license: { name: 'MIT', identifier: 'MIT' },
      },
      servers: [{ url: '/', description: 'This server.' }],
      components: {
        securitySchemes: {
          token: {
            type: 'apiKey',
            in: 'header',
            name: 'Authorization',
            description: 'The word `Token`, a blank and the token: `Token comms_…`.',
          },
        },
      },
      tags: [
        { name: 'Threads', description: 'Communication threads of every kind.' },
        { name: 'Emails', description: 'Email conversations.' },
        { name: 'Manual logs', description: 'What happened outside, logged by hand.' },
        { name: 'Thread notes', description: 'Internal notes on threads.' },
        { name: 'Authentication', description: 'Tokens.' },
        { name: 'Service', description: 'For the person who runs it.' },
      ],
    },
    refResolver: { buildLocalReference: (json, _baseUri, _fragment, index) => String(json.$id ?? `schema-${index}`) },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: true,
    uiConfig: { persistAuthorization: false, tryItOutEnabled: true },
  });
  app.get('/openapi.json', { schema: { hide: true }, config: { access: 'public' } }, async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=60').send(app.swagger()),
  );
}

import { readFileSync } from 'node:fs';
import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger';
import swaggerUi, { type FastifySwaggerUiOptions } from '@fastify/swagger-ui';
import type { FastifyInstance, FastifySchema } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import { VERSION } from '../../domain/version.ts';
import { PAGE_POLICY } from '../pages/page-policy.ts';
import { Problem } from '../problem.ts';
import { namedSchemasIn } from '../schema.ts';
import {
  type Document,
  describeOperation,
  describeOutgoingWebhook,
  type OperationFacts,
  type OutgoingWebhook,
} from './describe-operation.ts';
import { EXAMPLES, HEADERS, REQUEST_HEADERS, RESPONSES } from './shared-components.ts';

/**
 * Serves the OpenAPI 3.1 document, generated from the validating schemas, and the reference page with which calls can
 * be tried.
 */
export const documentation = fastifyPlugin<DocumentationOptions>(serveDocumentation, {
  name: 'documentation',
  dependencies: ['security-headers', 'request-pipeline', 'allowed-methods', 'components'],
});

type DocumentationOptions = { outgoingWebhook: OutgoingWebhook };

async function serveDocumentation(app: FastifyInstance, { outgoingWebhook }: DocumentationOptions): Promise<void> {
  // No route uses these schemas: errors are serialised without a schema, and webhooks are sent by the server.
  for (const schema of namedSchemasIn([Problem, outgoingWebhook.body])) app.addSchema(schema);
  await app.register(swagger, documentOptions(outgoingWebhook));
  await app.register(swaggerUi, pageOptions());
  app.get('/openapi.json', { schema: { hide: true }, config: { access: 'public' } }, async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=60').send(app.swagger()),
  );
}

function documentOptions(outgoingWebhook: OutgoingWebhook): FastifyDynamicSwaggerOptions {
  const facts = new Map<string, OperationFacts>();
  return {
    openapi: { ...DOCUMENT, webhooks: { event: { post: describeOutgoingWebhook(outgoingWebhook) } } },
    // The server URL is relative, so it has no base path that could be stripped.
    stripBasePath: false,
    refResolver: { buildLocalReference: (json, _baseUri, _fragment, index) => String(json.$id ?? `schema-${index}`) },
    transform: ({ schema, url, route }) => {
      if (schema.operationId) facts.set(schema.operationId, { ...route.config, schema });
      return { schema: withReferences(schema), url };
    },
    transformObject: (given) =>
      'openapiObject' in given ? describeOperations(given.openapiObject as Document, facts) : {},
  };
}

function pageOptions(): FastifySwaggerUiOptions {
  return {
    routePrefix: '/docs',
    // Relative, because a proxy may strip a path prefix.
    indexPrefix: '.',
    // The page's copy of the document is one path segment deeper, so its server URL is `..`.
    transformSpecification: (document) => ({ ...document, servers: [{ url: '..', description: 'This server.' }] }),
    transformSpecificationClone: false,
    staticCSP: PAGE_POLICY,
    theme: {
      title: 'Communications API',
      css: [{ filename: 'page.css', content: pageFile('page.css') }],
      js: [{ filename: 'page.js', content: pageFile('page.js') }],
    },
    uiConfig: {
      layout: 'BaseLayout',
      persistAuthorization: false,
      tryItOutEnabled: true,
      displayRequestDuration: true,
      defaultModelsExpandDepth: 0,
    },
  };
}

function pageFile(name: string): string {
  return readFileSync(new URL(`../../../assets/docs/${name}`, import.meta.url), 'utf8');
}

const DOCUMENT: NonNullable<FastifyDynamicSwaggerOptions['openapi']> = {
  openapi: '3.1.0',
  info: {
    title: 'Communications API',
    version: VERSION,
    description: [
      'Every customer interaction of an accounts-receivable team: email threads synced from connected mailboxes, call ' +
        'sessions, and manual communication entries.',
      'Send `Authorization: Token <token>`; `POST /api/auth/login/` returns a token. Every URL under `/api` is also available ' +
        'under `/api/v1`, with and without a trailing slash.',
      'Times are RFC 3339, UTC with milliseconds. Lists page by `page` and `page_size`, by `limit` and `offset`, or by ' +
        '`cursor`. Errors are `application/problem+json` (RFC 9457) with a stable `code`.',
    ].join('\n\n'),
    license: { name: 'MIT', identifier: 'MIT' },
  },
  // Resolved against the URL of the document.
  servers: [{ url: '.', description: 'This server.' }],
  components: {
    securitySchemes: {
      token: {
        type: 'apiKey',
        in: 'header',
        name: 'Authorization',
        description: 'The word `Token`, a space and the token: `Token comms_…`.',
      },
      nylasSignature: {
        type: 'apiKey',
        in: 'header',
        name: 'X-Nylas-Signature',
        description: 'The HMAC-SHA256 of the raw body under the webhook secret, in hexadecimal.',
      },
      vonageToken: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'A JWT (HS256) signed with the signature secret, with the SHA-256 of the body as `payload_hash`.',
      },
    },
    headers: HEADERS,
    parameters: REQUEST_HEADERS,
  },
  tags: [
    { name: 'Authentication', description: 'Log in and log out.' },
    { name: 'Threads', description: 'Communication threads of every type.' },
    { name: 'Emails', description: 'Email conversations.' },
    { name: 'Manual logs', description: 'Communications outside the connected channels, logged manually.' },
    { name: 'Thread notes', description: 'Internal notes on threads.' },
    { name: 'Customers', description: 'Buyers who owe the company money, with their communications.' },
    { name: 'Contacts', description: 'People at customers.' },
    { name: 'Invoices', description: 'Invoices of customers, with the last contact about each.' },
    { name: 'Actions', description: 'Scheduled actions: recommended outreach on a customer.' },
    { name: 'Touchpoints', description: 'Scheduled touchpoints: steps of a sequence.' },
    { name: 'Members', description: 'Users who are members of the company.' },
    { name: 'Promises', description: 'What customers promised to pay, and by when.' },
    { name: 'Events', description: 'Changes, as a stream and as a list.' },
    { name: 'Webhook endpoints', description: 'URLs of other systems to which events are sent as signed webhooks.' },
    { name: 'Webhooks', description: 'Webhooks that Nylas and Vonage call.' },
    { name: 'Service', description: 'Health and metrics, for operators.' },
  ],
};

/** Replaces a body or a response that has an `$id` by a reference to the component of that name. */
function withReferences(schema: FastifySchema): FastifySchema {
  const named = <Part>(part: Part): Part => {
    const { $id } = part as { $id?: string };
    return $id ? ({ $ref: $id } as Part) : part;
  };
  const response = schema.response as Record<string, unknown> | undefined;
  return {
    ...schema,
    ...(schema.body ? { body: named(schema.body) } : {}),
    ...(response
      ? { response: Object.fromEntries(Object.entries(response).map(([status, schema]) => [status, named(schema)])) }
      : {}),
  };
}

function describeOperations(document: Document, facts: Map<string, OperationFacts>): Document {
  for (const path of Object.values(document.paths)) {
    for (const [method, operation] of Object.entries(path)) {
      const known = facts.get(operation.operationId ?? '');
      if (known) path[method] = describeOperation(operation, known);
    }
  }
  const operations = JSON.stringify(document.paths);
  document.components.schemas = Object.fromEntries(
    Object.entries(document.components.schemas ?? {})
      .map(([name, schema]) => [name, withRequired(schema)] as const)
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
  document.components.responses = usedIn(operations, 'responses', RESPONSES);
  document.components.examples = usedIn(
    operations + JSON.stringify(document.components.responses),
    'examples',
    EXAMPLES,
  );
  return document;
}

/** Restores `required` from `x-required`, which lists use for the order of their fields (`lists/pagination.ts`). */
function withRequired({ 'x-required': required, ...schema }: ListSchema): ListSchema {
  return required ? { ...schema, required } : schema;
}

type ListSchema = { required?: string[]; 'x-required'?: string[] };

/** The components that the document refers to; some problems, such as 405, belong to no operation. */
function usedIn<Component>(text: string, kind: string, components: Record<string, Component>) {
  return Object.fromEntries(Object.entries(components).filter(([name]) => text.includes(`/${kind}/${name}"`)));
}

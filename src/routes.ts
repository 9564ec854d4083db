import type { FastifyInstance } from 'fastify';
import fastifyPlugin from 'fastify-plugin';
import type { AttachmentTiming } from './api/emails/attachments.ts';
import { getAttachmentOperation, getEmailThreadOperation, listEmailsOperation } from './api/emails/routes.ts';
import type { LiveEvents } from './api/events/live-stream.ts';
import { createStreamTicketOperation, listEventsOperation } from './api/events/routes.ts';
import { healthzOperation, metricsOperation, readyzOperation } from './api/health/routes.ts';
import { logManualCommunicationOperation } from './api/manual-logs/routes.ts';
import { getPromiseOperation, listPromisesOperation, updatePromiseOperation } from './api/promises/routes.ts';
import {
  batchRowsOperation,
  deleteRowOperation,
  getRowOperation,
  listMembersOperation,
  listRowsOperation,
  putRowOperation,
  REFERENCE_COLLECTIONS,
} from './api/reference-data/routes.ts';
import { loginOperation, logoutOperation } from './api/sessions/routes.ts';
import {
  createThreadNoteOperation,
  deleteThreadNoteOperation,
  getThreadNoteOperation,
  listThreadNotesOperation,
  updateThreadNoteOperation,
} from './api/thread-notes/routes.ts';
import { getThreadOperation, listThreadsOperation, updateThreadOperation } from './api/threads/routes.ts';
import {
  createWebhookEndpointOperation,
  deleteWebhookEndpointOperation,
  getWebhookEndpointOperation,
  listWebhookDeliveriesOperation,
  listWebhookEndpointsOperation,
  replayWebhookEventsOperation,
  rotateWebhookSecretOperation,
  testWebhookEndpointOperation,
  updateWebhookEndpointOperation,
} from './api/webhook-endpoints/routes.ts';
import {
  answerNylasChallengeOperation,
  createWebhookLimit,
  recordNylasWebhookOperation,
  recordVonageWebhookOperation,
  takingRawBodies,
} from './api/webhooks/routes.ts';
import type { Config } from './config.ts';
import type { KeyRing } from './crypto/key-ring.ts';
import type { Db } from './db/client.ts';
import { ignoreBodies } from './http/input/body-parsers.ts';
import type { Metrics } from './http/metrics.ts';

export type Settings = Pick<
  Config,
  | 'corsOrigins'
  | 'rateLimitPerMinute'
  | 'tokenTtlDays'
  | 'trustProxy'
  | 'keepAliveSeconds'
  | 'metricsToken'
  | 'nylasWebhookSecrets'
  | 'vonageSignatureSecrets'
  | 'nylasApiKey'
  | 'nylasApiUrl'
  | 'webhookAllowPrivate'
>;

/** The dependencies of the operations. */
export type Dependencies = {
  db: Db;
  ring: KeyRing;
  settings: Settings;
  live: LiveEvents;
  metrics: Metrics;
  /** Overrides the time limits for the mail provider in `api/emails/attachments.ts`, for tests. */
  attachmentTiming?: Partial<AttachmentTiming>;
};

/** The plugins that every route depends on. */
const EVERY_ROUTE = [
  'security-headers',
  'request-pipeline',
  'response-cache',
  'allowed-methods',
  'components',
  'documentation',
];

/** Registered once for each prefix, in its own scope, which gives the routes the prefix. */
export const api = fastifyPlugin<Dependencies & { isHidden?: boolean }>(
  async (scope, { isHidden, ...deps }) => {
    if (isHidden) hideFromDocument(scope);
    registerApi(scope, deps);
  },
  { name: 'api', encapsulate: true, dependencies: EVERY_ROUTE },
);

export const service = fastifyPlugin<Dependencies>(async (root, deps) => registerService(root, deps), {
  name: 'service',
  dependencies: EVERY_ROUTE,
});

function hideFromDocument(scope: FastifyInstance): void {
  scope.addHook('onRoute', (route) => {
    route.schema = { ...route.schema, hide: true };
  });
}

/**
 * THE URL INDEX. The routes of `registerApi` are served under `/api` and `/api/v1`, with and without a trailing slash.
 * `GET /openapi.json` and `GET /docs` come from `http/openapi/plugin.ts`.
 */
export function registerApi(api: FastifyInstance, deps: Dependencies): void {
  // Public.
  api.post('/auth/login/', loginOperation(deps));
  // Public, authenticated by the provider's signature.
  const limit = createWebhookLimit(deps);
  takingRawBodies(api, (scope) => {
    scope.get('/webhooks/nylas', answerNylasChallengeOperation());
    scope.post('/webhooks/nylas', recordNylasWebhookOperation(deps, limit));
    scope.post('/webhooks/vonage', recordVonageWebhookOperation(deps, limit));
  });

  // For every authenticated user.
  ignoringBodies(api, (scope) => scope.post('/auth/logout/', logoutOperation()));

  // For members of the company.
  api.get('/companies/:company_id/communications/threads', listThreadsOperation(deps));
  api.get('/companies/:company_id/communications/threads/:thread_id', getThreadOperation(deps));
  api.patch('/companies/:company_id/communications/threads/:thread_id', updateThreadOperation(deps));
  api.get('/companies/:company_id/communications/emails', listEmailsOperation(deps));
  api.get('/companies/:company_id/communications/emails/:thread_id', getEmailThreadOperation(deps));
  api.get(
    '/companies/:company_id/communications/emails/:thread_id/attachments/:attachment_id',
    getAttachmentOperation(deps),
  );
  api.post('/companies/:company_id/communications/log-manual', logManualCommunicationOperation(deps));
  api.get('/companies/:company_id/promises', listPromisesOperation(deps));
  api.get('/companies/:company_id/promises/:promise_id', getPromiseOperation());
  api.patch('/companies/:company_id/promises/:promise_id', updatePromiseOperation());
  api.get('/companies/:company_id/thread-notes', listThreadNotesOperation(deps));
  api.post('/companies/:company_id/thread-notes', createThreadNoteOperation(deps));
  api.get('/companies/:company_id/thread-notes/:note_id', getThreadNoteOperation(deps));
  api.patch('/companies/:company_id/thread-notes/:note_id', updateThreadNoteOperation(deps));
  ignoringBodies(api, (scope) =>
    scope.delete('/companies/:company_id/thread-notes/:note_id', deleteThreadNoteOperation(deps)),
  );
  for (const collection of REFERENCE_COLLECTIONS) {
    const path = `/companies/:company_id/${collection.name}`;
    api.get(path, listRowsOperation(collection, deps));
    api.post(`${path}/batch`, batchRowsOperation(collection, deps));
    api.get(`${path}/:id`, getRowOperation(collection));
    api.put(`${path}/:id`, putRowOperation(collection));
    ignoringBodies(api, (scope) => scope.delete(`${path}/:id`, deleteRowOperation(collection)));
  }
  api.get('/companies/:company_id/members', listMembersOperation(deps));
  api.get('/companies/:company_id/communications/events', listEventsOperation(deps));
  ignoringBodies(api, (scope) =>
    scope.post('/companies/:company_id/communications/events/ticket', createStreamTicketOperation()),
  );
  registerWebhookEndpoints(api, deps);
}

/** Outgoing webhooks, for admins of the company. */
function registerWebhookEndpoints(api: FastifyInstance, deps: Dependencies): void {
  const all = '/companies/:company_id/webhook-endpoints';
  const one = `${all}/:endpoint_id`;
  api.get(all, listWebhookEndpointsOperation(deps));
  api.post(all, createWebhookEndpointOperation(deps));
  api.get(one, getWebhookEndpointOperation());
  api.patch(one, updateWebhookEndpointOperation(deps));
  api.post(`${one}/replay`, replayWebhookEventsOperation());
  api.get(`${one}/deliveries`, listWebhookDeliveriesOperation(deps));
  ignoringBodies(api, (scope) => {
    scope.delete(one, deleteWebhookEndpointOperation());
    scope.post(`${one}/rotate-secret`, rotateWebhookSecretOperation(deps));
    scope.post(`${one}/test`, testWebhookEndpointOperation());
  });
}

/** Public routes at the root only; their responses contain nothing about companies. */
export function registerService(root: FastifyInstance, deps: Dependencies): void {
  root.get('/healthz', healthzOperation());
  root.get('/readyz', readyzOperation(deps));
  root.get('/metrics', metricsOperation(deps));
}

/** Registers routes that accept a body of any content type and discard it. */
function ignoringBodies(api: FastifyInstance, register: (scope: FastifyInstance) => void): void {
  api.register(async (scope) => {
    ignoreBodies(scope);
    register(scope);
  });
}

import { Type } from '@sinclair/typebox';
import type { KeyRing } from '../../crypto/key-ring.ts';
import { PreconditionHeaders, preconditionOf, sendChanged, sendDetail } from '../../http/conditional-requests.ts';
import { actorOf, createOnce } from '../../http/create-once.ts';
import { IdempotencyHeaders } from '../../http/idempotency.ts';
import { linkNextPage, pagingErrors } from '../../http/lists/pagination.ts';
import { operation } from '../../http/operation.ts';
import { CompanyParams } from '../../http/schema.ts';
import { listWebhookDeliveries } from './deliveries.ts';
import { replayWebhookEvents, rotateWebhookSecret, testWebhookEndpoint } from './requests.ts';
import {
  NewWebhookEndpoint,
  WebhookDeliveryList,
  WebhookEndpoint,
  WebhookEndpointChange,
  WebhookEndpointList,
  WebhookEndpointParams,
  WebhookEndpointWithSecret,
  WebhookListQuery,
  WebhookReplay,
} from './schema.ts';
import {
  createWebhookEndpoint,
  deleteWebhookEndpoint,
  getWebhookEndpoint,
  listWebhookEndpoints,
  updateWebhookEndpoint,
} from './service.ts';

const tags = ['Webhook endpoints'];

type WebhookEndpointDependencies = { ring: KeyRing; settings: { webhookAllowPrivate: boolean } };

const rulesOf = ({ settings }: Pick<WebhookEndpointDependencies, 'settings'>) => ({
  allowPrivate: settings.webhookAllowPrivate,
});

export const listWebhookEndpointsOperation = ({ ring }: Pick<WebhookEndpointDependencies, 'ring'>) =>
  operation(
    {
      operationId: 'listWebhookEndpoints',
      summary: 'List webhook endpoints',
      description:
        'The webhook endpoints of the company, newest first. All operations on webhook endpoints are for admins only.',
      tags,
      params: CompanyParams,
      querystring: WebhookListQuery,
      response: { 200: WebhookEndpointList },
    },
    { access: 'admin', hasETag: true, queryErrors: pagingErrors },
    async (request, reply) => {
      const list = await listWebhookEndpoints(request.db, ring, request.params.company_id, request.query);
      linkNextPage(request, reply, list);
      return sendDetail(request, reply, list);
    },
  );

export const createWebhookEndpointOperation = (deps: WebhookEndpointDependencies) =>
  operation(
    {
      operationId: 'createWebhookEndpoint',
      summary: 'Create a webhook endpoint',
      description:
        'From now on events are sent to the URL by POST, each signed with the `secret` according to Standard Webhooks 1.0. ' +
        'The secret is shown once. `webhooks` in this document describes the requests.',
      tags,
      params: CompanyParams,
      headers: IdempotencyHeaders,
      body: NewWebhookEndpoint,
      response: { 201: WebhookEndpointWithSecret },
    },
    { access: 'admin' },
    async (request, reply) => {
      const { company_id: companyId } = request.params;
      return createOnce(request, reply, deps.ring, async (tx, writer) => {
        const actor = await writer;
        const created = await createWebhookEndpoint(tx, deps.ring, rulesOf(deps), companyId, actor, request.body);
        return { created, location: `/api/companies/${companyId}/webhook-endpoints/${created.id}` };
      });
    },
  );

export const getWebhookEndpointOperation = () =>
  operation(
    {
      operationId: 'getWebhookEndpoint',
      summary: 'Get a webhook endpoint',
      description: 'A single endpoint, without its secret.',
      tags,
      params: WebhookEndpointParams,
      response: { 200: WebhookEndpoint },
    },
    { access: 'admin', hasETag: true },
    async (request, reply) => {
      const { company_id: companyId, endpoint_id: endpointId } = request.params;
      return sendDetail(request, reply, await getWebhookEndpoint(request.db, companyId, endpointId));
    },
  );

export const updateWebhookEndpointOperation = (deps: WebhookEndpointDependencies) =>
  operation(
    {
      operationId: 'updateWebhookEndpoint',
      summary: 'Change a webhook endpoint',
      description:
        'Changes the URL, the event types or the description, and enables or disables the endpoint. Events that occurred ' +
        'while it was disabled are sent only by a replay.',
      tags,
      params: WebhookEndpointParams,
      headers: PreconditionHeaders,
      body: WebhookEndpointChange,
      response: { 200: WebhookEndpoint },
    },
    { access: 'admin' },
    async (request, reply) => {
      const { company_id: companyId, endpoint_id: endpointId } = request.params;
      const check = preconditionOf(request, reply);
      const endpoint = await request.db.transaction((tx) =>
        updateWebhookEndpoint(tx, rulesOf(deps), companyId, endpointId, actorOf(request), request.body, check),
      );
      return sendChanged(reply, endpoint);
    },
  );

export const deleteWebhookEndpointOperation = () =>
  operation(
    {
      operationId: 'deleteWebhookEndpoint',
      summary: 'Delete a webhook endpoint',
      description: 'Deletes the endpoint; no more events are sent to it. A body is ignored.',
      tags,
      params: WebhookEndpointParams,
      headers: PreconditionHeaders,
      response: { 204: Type.Null({ description: 'The endpoint is deleted.' }) },
    },
    { access: 'admin' },
    async (request, reply) => {
      const { company_id: companyId, endpoint_id: endpointId } = request.params;
      const check = preconditionOf(request, reply);
      await request.db.transaction((tx) => deleteWebhookEndpoint(tx, companyId, endpointId, actorOf(request), check));
      return reply.code(204).send();
    },
  );

export const rotateWebhookSecretOperation = ({ ring }: Pick<WebhookEndpointDependencies, 'ring'>) =>
  operation(
    {
      operationId: 'rotateWebhookSecret',
      summary: 'Rotate the secret',
      description:
        'Creates a new secret and shows it once. For 24 hours each delivery has a signature with the new and with the replaced ' +
        'secret. A body is ignored.',
      tags,
      params: WebhookEndpointParams,
      response: { 200: WebhookEndpointWithSecret },
    },
    { access: 'admin' },
    async (request) => {
      const { company_id: companyId, endpoint_id: endpointId } = request.params;
      return request.db.transaction((tx) => rotateWebhookSecret(tx, ring, companyId, endpointId, actorOf(request)));
    },
  );

export const testWebhookEndpointOperation = () =>
  operation(
    {
      operationId: 'testWebhookEndpoint',
      summary: 'Send a test',
      description:
        'Sends an `endpoint.test` event within seconds, once, to a disabled endpoint too. The list of deliveries shows the ' +
        'result. A body is ignored.',
      tags,
      params: WebhookEndpointParams,
      response: { 202: Type.Null({ description: 'The test event will be sent.' }) },
    },
    { access: 'admin' },
    async (request, reply) => {
      const { company_id: companyId, endpoint_id: endpointId } = request.params;
      await request.db.transaction((tx) => testWebhookEndpoint(tx, companyId, endpointId, actorOf(request)));
      return reply.code(202).send();
    },
  );

export const replayWebhookEventsOperation = () =>
  operation(
    {
      operationId: 'replayWebhookEvents',
      summary: 'Send events again',
      description:
        'Goes back to a position in the feed: every later event is sent, again or for the first time, in order and with its ' +
        'own `webhook-id`. A disabled endpoint gets only the events that exist now.',
      tags,
      params: WebhookEndpointParams,
      body: WebhookReplay,
      response: { 202: Type.Null({ description: 'The events will be sent.' }) },
    },
    { access: 'admin' },
    async (request, reply) => {
      const { company_id: companyId, endpoint_id: endpointId } = request.params;
      await request.db.transaction((tx) =>
        replayWebhookEvents(tx, companyId, endpointId, actorOf(request), request.body),
      );
      return reply.code(202).send();
    },
  );

export const listWebhookDeliveriesOperation = ({ ring }: Pick<WebhookEndpointDependencies, 'ring'>) =>
  operation(
    {
      operationId: 'listWebhookDeliveries',
      summary: 'List deliveries',
      description: 'Delivery attempts of the last seven days, newest first.',
      tags,
      params: WebhookEndpointParams,
      querystring: WebhookListQuery,
      response: { 200: WebhookDeliveryList },
    },
    { access: 'admin', hasETag: true, queryErrors: pagingErrors },
    async (request, reply) => {
      const { company_id: companyId, endpoint_id: endpointId } = request.params;
      const list = await listWebhookDeliveries(request.db, ring, companyId, endpointId, request.query);
      linkNextPage(request, reply, list);
      return sendDetail(request, reply, list);
    },
  );

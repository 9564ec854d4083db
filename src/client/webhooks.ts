import type { Client } from 'openapi-fetch';
import type { components, paths } from './openapi.ts';
import { bodyOf, type QueryOf } from './requests.ts';

type Schemas = components['schemas'];
export type WebhookEndpoint = Schemas['WebhookEndpoint'];
export type WebhookEndpointWithSecret = Schemas['WebhookEndpointWithSecret'];
export type WebhookEndpointList = Schemas['WebhookEndpointList'];
export type NewWebhookEndpoint = Schemas['NewWebhookEndpoint'];
export type WebhookEndpointChange = Schemas['WebhookEndpointChange'];
export type WebhookReplay = Schemas['WebhookReplay'];
export type WebhookDeliveryList = Schemas['WebhookDeliveryList'];
export type OutgoingEvent = Schemas['OutgoingEvent'];
export type WebhooksQuery = QueryOf<'listWebhookEndpoints'>;

const ALL = '/api/companies/{company_id}/webhook-endpoints';
const ONE = '/api/companies/{company_id}/webhook-endpoints/{endpoint_id}';

/** Webhook endpoints: the URLs that a company's events are sent to. For admins. */
export function webhookEndpointsClient(http: Client<paths>, companyId: string) {
  const pathOf = (endpointId: string) => ({ path: { company_id: companyId, endpoint_id: endpointId } });
  return {
    list: (query: WebhooksQuery = {}): Promise<WebhookEndpointList> =>
      bodyOf(http.GET(ALL, { params: { path: { company_id: companyId }, query } })),
    /** Creates an endpoint. Store the `secret` of the response: it isn't shown again. */
    create: (endpoint: NewWebhookEndpoint): Promise<WebhookEndpointWithSecret> =>
      bodyOf(http.POST(ALL, { params: { path: { company_id: companyId } }, body: endpoint })),
    get: (endpointId: string): Promise<WebhookEndpoint> => bodyOf(http.GET(ONE, { params: pathOf(endpointId) })),
    update: (endpointId: string, change: WebhookEndpointChange): Promise<WebhookEndpoint> =>
      bodyOf(http.PATCH(ONE, { params: pathOf(endpointId), body: change })),
    remove: async (endpointId: string): Promise<void> => {
      await http.DELETE(ONE, { params: pathOf(endpointId) });
    },
    /** Creates a new secret. For 24 hours, deliveries are signed with both secrets. */
    rotateSecret: (endpointId: string): Promise<WebhookEndpointWithSecret> =>
      bodyOf(http.POST(`${ONE}/rotate-secret`, { params: pathOf(endpointId) })),
    /** Requests a test event, `endpoint.test`. */
    test: async (endpointId: string): Promise<void> => {
      await http.POST(`${ONE}/test`, { params: pathOf(endpointId) });
    },
    /** Requests a replay: every event after a position in the feed, or since a time, is sent again. */
    replay: async (endpointId: string, { after }: WebhookReplay): Promise<void> => {
      await http.POST(`${ONE}/replay`, { params: pathOf(endpointId), body: { after } });
    },
    deliveries: (endpointId: string, query: WebhooksQuery = {}): Promise<WebhookDeliveryList> =>
      bodyOf(http.GET(`${ONE}/deliveries`, { params: { ...pathOf(endpointId), query } })),
  };
}

/** The delivery wasn't signed with the secret, or is too old. Respond with 401 and ignore it. */
export class WebhookVerificationError extends Error {
  override readonly name = 'WebhookVerificationError';
}

type HeaderValues = Headers | Record<string, string | string[] | undefined>;

export type VerifyOptions = {
  /** By how much the delivery's time may differ from now. Default: 300. */
  toleranceSeconds?: number;
};

/**
 * Verifies a delivery by the Standard Webhooks specification 1.0, and returns its event. Runs in Node and in browsers.
 * @param secret `whsec_…`, as the API returned it
 * @param body the raw body, before it is parsed
 * @throws WebhookVerificationError
 */
export async function verifyWebhook(
  secret: string,
  body: string | Uint8Array,
  headers: HeaderValues,
  { toleranceSeconds = 300 }: VerifyOptions = {},
): Promise<OutgoingEvent> {
  const id = headerOf(headers, 'webhook-id');
  const timestamp = headerOf(headers, 'webhook-timestamp');
  const signatures = headerOf(headers, 'webhook-signature').split(' ');
  if (!/^[0-9]{1,12}$/.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > toleranceSeconds)
    throw new WebhookVerificationError('The webhook-timestamp is too far from now.');
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const signed = new TextEncoder().encode(`${id}.${timestamp}.${text}`);
  const key = await crypto.subtle.importKey('raw', keyOf(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  for (const signature of signatures) {
    const mac = signature.startsWith('v1,') ? fromBase64(signature.slice(3)) : undefined;
    // Web Crypto compares in constant time.
    if (mac && (await crypto.subtle.verify('HMAC', key, mac, signed))) return JSON.parse(text) as OutgoingEvent;
  }
  throw new WebhookVerificationError('No signature of this secret.');
}

function headerOf(headers: HeaderValues, name: string): string {
  const value =
    headers instanceof Headers
      ? headers.get(name)
      : Object.entries(headers).find(([given]) => given.toLowerCase() === name)?.[1];
  if (typeof value !== 'string' || value === '') throw new WebhookVerificationError(`The header ${name} is missing.`);
  return value;
}

function keyOf(secret: string): Uint8Array<ArrayBuffer> {
  const key = fromBase64(secret.replace(/^whsec_/, ''));
  if (!key || key.length === 0) throw new TypeError('The secret must be whsec_ and base64.');
  return key;
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

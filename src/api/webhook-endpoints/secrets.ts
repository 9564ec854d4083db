import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { decryptField, encryptField } from '../../crypto/field-encryption.ts';
import { webhookSecretsRef } from '../../crypto/field-refs.ts';
import type { KeyRing } from '../../crypto/key-ring.ts';

/** Secrets of the Standard Webhooks specification 1.0: `whsec_` and the base64 of the key. */

const SECRET_BYTES = 32;

export function generateSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/** @param secrets the current one first, then the replaced one */
export function encryptSecrets(ring: KeyRing, companyId: string, endpointId: string, secrets: string[]): Buffer {
  return encryptField(ring, webhookSecretsRef(companyId, endpointId), secrets.join(' '));
}

/** @returns the current secret first, then the replaced one. @throws DecryptionError */
export function decryptSecrets(ring: KeyRing, companyId: string, endpointId: string, stored: Buffer): string[] {
  return decryptField(ring, webhookSecretsRef(companyId, endpointId), stored).split(' ');
}

export type SignedHeaders = { 'webhook-id': string; 'webhook-timestamp': string; 'webhook-signature': string };

/** One signature for each secret, separated by a space, so that a receiver can switch to the new secret at any time. */
export function signHeaders(secrets: string[], id: string, at: Date, payload: string): SignedHeaders {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, payload)).join(' '),
  };
}

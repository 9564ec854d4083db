import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decryptSecrets, generateSecret } from '../../src/api/webhook-endpoints/secrets.ts';
import { readOrCreateKeyFile } from '../../src/crypto/key-file.ts';
import { generateEncryptionKey, KeyRing, parseEncryptionKeys } from '../../src/crypto/key-ring.ts';
import { connect, type Db } from '../../src/db/client.ts';
import { followKeys, openKeyRing, removeKeyHolder } from '../../src/keys/open-key-ring.ts';
import { reEncryptTexts } from '../../src/keys/re-encrypt.ts';
import { addKey, keyStatus, promoteKey, retireKey } from '../../src/keys/rotation.ts';
import { startTestApp, type TestApp } from '../support/app.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { createCustomer, createMessage, createTenant, createWebhookEndpoint } from '../support/factories.ts';

const HOLDER = '0192f0c4-7c1e-7b43-9d5f-3c6a1f0e9b21';
const ANOTHER = '0192f0c4-7c1e-7b43-9d5f-3c6a1f0e9b22';

let database: TestDatabase;
let db: Db;
beforeAll(async () => {
  database = await createTestDatabase();
  db = connect({ url: database.serverUrl, poolSize: 4, onError: () => undefined, purpose: 'batch' });
});
beforeEach(async () => {
  await db.query({ text: 'DELETE FROM encryption_keys' });
  await db.query({ text: 'DELETE FROM key_holders' });
});
afterAll(async () => {
  await db.close();
  await database.drop();
});

const SECRET = generateSecret();
const first = generateEncryptionKey(1);

describe('openKeyRing', () => {
  it.each([
    ['no key', '', 'ENCRYPTION_KEYS is empty'],
    ['a short key', `1:${randomBytes(16).toString('base64')}`, 'ENCRYPTION_KEYS entry 1 holds 16 bytes, not 32'],
    ['a key twice', `${first},2:${first.slice(2)}`, 'ENCRYPTION_KEYS entries 1 and 2 have the same key material'],
    ['an id twice', `${first},${generateEncryptionKey(1)}`, 'ENCRYPTION_KEYS entries 1 and 2 have the same id'],
    ['what is no key', '1:secret', 'ENCRYPTION_KEYS entry 1 is not base64'],
  ])('refuses %s with a line that names the setting', async (_what, setting, line) => {
    await expect(openKeyRing(db, setting)).rejects.toThrow(line);
  });

  it('refuses another key under a known id', async () => {
    await openKeyRing(db, first);
    await expect(openKeyRing(db, generateEncryptionKey(1))).rejects.toThrow(
      'ENCRYPTION_KEYS must list the original material of key 1',
    );
  });

  it('refuses a setting that lacks a key under which texts may stand', async () => {
    await openKeyRing(db, first);
    await expect(openKeyRing(db, generateEncryptionKey(2))).rejects.toThrow('ENCRYPTION_KEYS must list key 1');
  });

  it('lets servers get a new key one after the other: only once promoted must all have it', async () => {
    await openKeyRing(db, first);
    const { setting } = await addKey(db, first);
    expect((await openKeyRing(db, first)).ids).toEqual([1]);
    await promoteKey(db, setting, 2);
    await expect(openKeyRing(db, first)).rejects.toThrow('ENCRYPTION_KEYS must list key 2');
    expect((await openKeyRing(db, setting)).primaryId).toBe(2);
  });
});

describe('promoteKey', () => {
  it('is refused while a live server lacks the key, and goes through once it is gone', async () => {
    await openKeyRing(db, first, HOLDER);
    const { setting } = await addKey(db, first);
    await expect(promoteKey(db, setting, 2)).rejects.toThrow('1 running server lacks key 2');
    await removeKeyHolder(db, HOLDER);
    await promoteKey(db, setting, 2);
    expect((await openKeyRing(db, setting)).primaryId).toBe(2);
  });

  it('counts a killed server as running for fifteen seconds', async () => {
    await openKeyRing(db, first, HOLDER);
    const { setting } = await addKey(db, first);
    await db.query({ text: `UPDATE key_holders SET seen_at = now() - interval '14 seconds'` });
    await expect(promoteKey(db, setting, 2)).rejects.toThrow('lacks key 2');
    await db.query({ text: `UPDATE key_holders SET seen_at = now() - interval '16 seconds'` });
    await promoteKey(db, setting, 2);
  });

  it('refuses a key that this setting lacks, an unknown one and the primary itself', async () => {
    await openKeyRing(db, first);
    await addKey(db, first);
    await expect(promoteKey(db, first, 2)).rejects.toThrow('does not list key 2');
    await expect(promoteKey(db, first, 3)).rejects.toThrow('does not list key 3');
    await expect(promoteKey(db, first, 1)).rejects.toThrow('primary key already');
  });

  it('is followed by running servers', async () => {
    const setting = `${first},${generateEncryptionKey(2)}`;
    const ring = await openKeyRing(db, setting, HOLDER);
    expect(ring.primaryId).toBe(1);
    await promoteKey(db, setting, 2);
    await followKeys(db, ring, HOLDER);
    expect(ring.primaryId).toBe(2);
  });
});

describe('addKey', () => {
  it('makes the first key of an empty database', async () => {
    const { id, setting } = await addKey(db, '');
    expect(id).toBe(1);
    expect((await openKeyRing(db, setting)).primaryId).toBe(1);
  });

  it('never gives an id again', async () => {
    await openKeyRing(db, first);
    const second = await addKey(db, first);
    const third = await addKey(db, first);
    expect([second.id, third.id]).toEqual([2, 3]);
  });

  it('grows the key file whole, keeps it its owner’s alone, and a running server reads it again', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'keys-'));
    const file = join(folder, 'encryption-keys');
    try {
      const ring = await openKeyRing(db, readOrCreateKeyFile(file), HOLDER);
      const { setting } = await addKey(db, readOrCreateKeyFile(file), file);
      const tooEarly = promoteKey(db, setting, 2, file);
      await expect(tooEarly).rejects.toThrow(`lacks key 2: it is read from ${file} within seconds; promote then.`);
      expect(readFileSync(file, 'utf8').trim()).toBe(setting);
      expect(statSync(file).mode & 0o777).toBe(0o600);
      await followKeys(db, ring, HOLDER, () => readOrCreateKeyFile(file));
      await promoteKey(db, setting, 2);
      await followKeys(db, ring, HOLDER, () => readOrCreateKeyFile(file));
      expect(ring.primaryId).toBe(2);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('rewrap and retire', () => {
  let t: TestApp;
  let tenant: { companyId: string; token: string };
  let setting: string;
  let ring: KeyRing;
  const endpoints: string[] = [];
  beforeAll(async () => {
    setting = `${generateEncryptionKey(1)},${generateEncryptionKey(2)}`;
    t = await startTestApp({}, { encryptionKeys: setting });
    ring = t.ring;
    tenant = await createTenant(t.db, { role: 'admin' });
    for (let nth = 0; nth < 2; nth++)
      endpoints.push(await createWebhookEndpoint(t.db, ring, tenant.companyId, { secret: SECRET }));
    const customerId = await createCustomer(t.db, tenant.companyId);
    const message = await createMessage(t.db, ring, tenant.companyId, { customerId });
    for (let nth = 0; nth < 3; nth++) {
      await post('communications/log-manual', {
        communication_type: 'call',
        customer_id: customerId,
        notes: `n${nth}`,
      });
      await post('thread-notes', { thread_id: message.id, content: `c${nth}` });
    }
  });
  afterAll(() => t.close());

  async function post(path: string, payload: object): Promise<void> {
    const answer = await t.app.inject({
      method: 'POST',
      url: `/api/companies/${tenant.companyId}/${path}`,
      headers: { authorization: `Token ${tenant.token}`, 'idempotency-key': JSON.stringify(payload) },
      payload,
    });
    expect(answer.statusCode).toBe(201);
  }

  const read = async () =>
    (
      await t.app.inject({
        url: `/api/companies/${tenant.companyId}/thread-notes`,
        headers: { authorization: `Token ${tenant.token}` },
      })
    )
      .json()
      .data.map((note: { content: string }) => note.content);

  /** Of the endpoints, under the key that each stands under now. */
  const secrets = async () => {
    const stored = await t.db.query<{ id: string; secrets: Buffer }>({
      text: 'SELECT id, secrets FROM webhook_endpoints WHERE id = ANY($1) ORDER BY id',
      values: [endpoints],
    });
    const [, second = ''] = setting.split(',');
    const alone = new KeyRing(parseEncryptionKeys(second), 2);
    return stored.map((endpoint) => decryptSecrets(alone, tenant.companyId, endpoint.id, endpoint.secrets).join());
  };

  it('goes from the old key to the new one, with every text readable at every step', async () => {
    await expect(retireKey(t.db, setting, 1)).rejects.toThrow('Key 1 is the primary key');
    await promoteKey(t.db, setting, 2);
    await expect(retireKey(t.db, setting, 1)).rejects.toThrow('Servers may still be encrypting with key 1');
    await followKeys(t.db, ring, ANOTHER);
    await t.db.query({ text: `UPDATE encryption_keys SET promoted_at = now() - interval '1 minute' WHERE id = 2` });
    await expect(retireKey(t.db, setting, 1)).rejects.toThrow('run keys rewrap first');

    expect(await read()).toEqual(['c2', 'c1', 'c0']);
    let asked = 0;
    const stopsAfterOneBatch = {
      get aborted() {
        asked += 1;
        return asked > 1;
      },
    };
    const half = { rewrapped: 3, overtaken: 0, unreadable: 0, first_unreadable: null, stopped: true };
    expect(await reEncryptTexts(t.db, ring, stopsAfterOneBatch)).toEqual(half);
    expect(await read()).toEqual(['c2', 'c1', 'c0']);
    expect(await reEncryptTexts(t.db, ring)).toEqual({ ...half, rewrapped: 3 + 2 + 6, stopped: false });
    expect(await read()).toEqual(['c2', 'c1', 'c0']);
    expect(await secrets()).toEqual([SECRET, SECRET]);
    expect((await reEncryptTexts(t.db, ring)).rewrapped).toBe(0);

    const { keys } = await keyStatus(t.db, setting);
    expect(
      keys.map(
        ({ id, state, notes, thread_notes, webhook_secrets, idempotent_responses, idempotency_fingerprints }) => ({
          id,
          state,
          notes,
          thread_notes,
          webhook_secrets,
          idempotent_responses,
          idempotency_fingerprints,
        }),
      ),
    ).toEqual([
      {
        id: 1,
        state: 'former',
        notes: 0,
        thread_notes: 0,
        webhook_secrets: 0,
        idempotent_responses: 0,
        idempotency_fingerprints: 6,
      },
      {
        id: 2,
        state: 'primary',
        notes: 3,
        thread_notes: 3,
        webhook_secrets: 2,
        idempotent_responses: 6,
        idempotency_fingerprints: 0,
      },
    ]);

    await expect(retireKey(t.db, setting, 1)).rejects.toThrow('6 Idempotency-Keys are bound to key 1');
    await t.db.query({ text: 'UPDATE idempotency_keys SET expires_at = now()' });
    await retireKey(t.db, setting, 1);
    await retireKey(t.db, setting, 1);

    const [, second = ''] = setting.split(',');
    expect((await openKeyRing(t.db, second)).ids).toEqual([2]);
    expect((await openKeyRing(t.db, setting)).primaryId).toBe(2);
    await expect(openKeyRing(t.db, `${second},${generateEncryptionKey(1)}`)).rejects.toThrow(
      'original material of key 1',
    );
  });

  it('writes every step down', async () => {
    const events = await t.db.query<{ action: string; details: object }>({
      text: `SELECT action, details FROM security_events WHERE action LIKE 'key.%' ORDER BY occurred_at, id`,
    });
    expect(events).toEqual([
      { action: 'key.promoted', details: { key_id: 2 } },
      { action: 'key.retired', details: { key_id: 1 } },
    ]);
  });

  it('waits for transactions that began before, such as an import under the former key', async () => {
    const { setting: grown } = await addKey(t.db, setting);
    const blocker = connect({ url: t.database.serverUrl, poolSize: 1, onError: () => undefined, purpose: 'batch' });
    const open = await blocker.pool.connect();
    await open.query('BEGIN; SELECT pg_current_xact_id()');
    const retired = retireKey(t.db, grown, 3).then(() => 'retired');
    expect(await Promise.race([retired, new Promise((resolve) => setTimeout(resolve, 500, 'waits'))])).toBe('waits');
    await open.query('COMMIT');
    expect(await retired).toBe('retired');
    open.release();
    await blocker.close();
  });
});

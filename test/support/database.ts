import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { run, testUrl } from './global-setup.ts';

/** A migrated database of its own. */
export type TestDatabase = { ownerUrl: string; serverUrl: string; superuserUrl: string; drop(): Promise<void> };

export async function createTestDatabase(): Promise<TestDatabase> {
  return create(`TEMPLATE ${inject('templateDatabase')} STRATEGY FILE_COPY`);
}

/** As an operator makes one: nothing is in it yet. */
export async function createEmptyDatabase(): Promise<TestDatabase> {
  return create('');
}

async function create(from: string): Promise<TestDatabase> {
  const superuserUrl = inject('superuserUrl');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await run(superuserUrl, [`CREATE DATABASE ${name} ${from} OWNER comms_test_owner`]);
  const own = new URL(superuserUrl);
  own.pathname = `/${name}`;
  return {
    ownerUrl: testUrl(superuserUrl, name, 'owner'),
    serverUrl: testUrl(superuserUrl, name, 'server'),
    superuserUrl: own.href,
    drop: () => run(superuserUrl, [`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`]),
  };
}

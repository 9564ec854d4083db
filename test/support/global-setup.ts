import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/db/embedded/index.ts';
import { migrate } from '../../src/db/migrate.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** postgres:// URL that may create databases and roles. */
    superuserUrl: string;
    templateDatabase: string;
  }
}

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** One PostgreSQL for the run (or `TEST_DATABASE_URL`), with one migrated template that each test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.TEST_DATABASE_URL;
  const dataDir = given ? undefined : await mkdtemp(join(tmpdir(), 'communications-test-'));
  const embedded = dataDir ? await startEmbedded({ dataDir, log: SILENT }) : undefined;
  const superuserUrl = given ?? embedded?.superuserUrl ?? '';
  const watcher = dataDir ? await stopWithThisProcess(superuserUrl, dataDir) : undefined;
  const templateDatabase = `template_${process.pid}`;

  await run(superuserUrl, [
    `DO $$ BEGIN CREATE ROLE comms_test_server LOGIN PASSWORD 'server'; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
    `DO $$ BEGIN CREATE ROLE comms_test_owner LOGIN PASSWORD 'owner'; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
    `CREATE DATABASE ${templateDatabase} OWNER comms_test_owner`,
  ]);
  await migrate({ ownerUrl: testUrl(superuserUrl, templateDatabase, 'owner'), serverRole: 'comms_test_server' });
  project.provide('superuserUrl', superuserUrl);
  project.provide('templateDatabase', templateDatabase);

  return async () => {
    await run(superuserUrl, [`DROP DATABASE IF EXISTS ${templateDatabase} WITH (FORCE)`]);
    await embedded?.stop();
    watcher?.stdin?.end();
    if (dataDir) await rm(dataDir, { recursive: true, force: true });
  };
}

/**
 * Starts a process of its own that outlives this one: when this one ends, however it ends, the pipe to the other closes,
 * and that stops PostgreSQL and removes its data. So an aborted run leaves nothing behind.
 */
async function stopWithThisProcess(superuserUrl: string, dataDir: string): Promise<ChildProcess> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  const { rows } = await client.query<{ postmaster: string }>("SELECT pg_read_file('postmaster.pid') AS postmaster");
  await client.end();
  const [pid = '', pgdata = ''] = rows[0]?.postmaster.split('\n') ?? [];
  const script = fileURLToPath(new URL('./stop-postgres.mjs', import.meta.url));
  const watcher = spawn(process.execPath, [script, pid, pgdata, dataDir], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watcher.unref();
  return watcher;
}

/** The URL of a test database as its owner or as the server's role. */
export function testUrl(superuserUrl: string, database: string, role: 'owner' | 'server'): string {
  const url = new URL(superuserUrl);
  url.username = `comms_test_${role}`;
  url.password = role;
  url.pathname = `/${database}`;
  return url.href;
}

export async function run(url: string, statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

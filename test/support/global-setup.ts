import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbedded } from '../../src/db/embedded/index.ts';
import { migrate } from '../../src/db/migrate.ts';
import { compileComms } from './compiled.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** postgres:// URL that may create databases and roles. */
    superuserUrl: string;
    templateDatabase: string;
  }
}

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * One PostgreSQL for the run (or `TEST_DATABASE_URL`), with one migrated template that each test file copies. It lies in
 * the run's folder, as does all that tests put into a temporary folder.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'communications-test-'));
  await chmod(folder, 0o1777); // as of root it is entered by PostgreSQL's user
  const endRun = watchRun(folder);
  process.env.TMPDIR = folder;
  await mkdir(join(folder, 'build'));
  const compiled = compileComms(join(folder, 'build'));

  const given = process.env.TEST_DATABASE_URL;
  const embedded = given ? undefined : await startEmbedded({ dataDir: join(folder, 'data'), log: SILENT });
  const superuserUrl = given ?? embedded?.superuserUrl ?? '';
  const templateDatabase = `template_${process.pid}`;

  await run(superuserUrl, [
    `DO $$ BEGIN CREATE ROLE comms_test_server LOGIN PASSWORD 'server'; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
    `DO $$ BEGIN CREATE ROLE comms_test_owner LOGIN PASSWORD 'owner'; EXCEPTION WHEN duplicate_object THEN NULL; END $$`,
    `CREATE DATABASE ${templateDatabase} OWNER comms_test_owner`,
  ]);
  await migrate({ ownerUrl: testUrl(superuserUrl, templateDatabase, 'owner'), serverRole: 'comms_test_server' });
  project.provide('commsCommand', await compiled);
  project.provide('superuserUrl', superuserUrl);
  project.provide('templateDatabase', templateDatabase);

  return async () => {
    await run(superuserUrl, [`DROP DATABASE IF EXISTS ${templateDatabase} WITH (FORCE)`]);
    await embedded?.stop();
    await rm(folder, { recursive: true, force: true });
    endRun.stdin?.end('done');
  };
}

/**
 * Starts a process of its own that outlives this one. When this one ends, however it ends, the pipe between them closes.
 * If the run isn't done by then, the other process stops PostgreSQL, ends the processes that tests have started and
 * removes the folder.
 */
function watchRun(folder: string): ChildProcess {
  const script = fileURLToPath(new URL('./end-run.mjs', import.meta.url));
  const watcher = spawn(process.execPath, [script, folder], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
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

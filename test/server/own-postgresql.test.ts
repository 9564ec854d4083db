import { execFileSync, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test, vi } from 'vitest';
import { generateEncryptionKey } from '../../src/crypto/key-ring.ts';
import { type CommandLine, openCommandLine } from '../support/command-line.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { run } from '../support/global-setup.ts';
import { until } from '../support/receiver.ts';
import { startServerProcess } from '../support/server-process.ts';

/** A server on a PostgreSQL of the operator's, as docs/production.md says. */

// A command is a process, and machines are shared.
vi.setConfig({ testTimeout: 120_000 });

const superuserUrl = inject('superuserUrl');
const roles = readFileSync('deploy/roles.sql', 'utf8').replace(/^--.*$/gm, '');

function urlOf(username: string, database: string): string {
  const url = new URL(superuserUrl);
  url.username = username;
  url.password = 'word';
  url.pathname = `/${database}`;
  return url.href;
}

describe.each([
  ['a superuser', 'SUPERUSER'],
  ["a managed database's administrator, who is none", 'CREATEROLE CREATEDB'],
])('deploy/roles.sql, run by %s', (_who, rights) => {
  const suffix = randomBytes(4).toString('hex');
  const admin = `admin_${suffix}`;
  const named = (sql: string) => sql.replace(/\bcommunications(_owner|_server)?\b/g, `comms_${suffix}$1`);
  const [owner, server, database] = [`comms_${suffix}_owner`, `comms_${suffix}_server`, `comms_${suffix}`];
  const keys = generateEncryptionKey(1);
  let comms: CommandLine;

  beforeAll(async () => {
    await run(superuserUrl, [`CREATE ROLE ${admin} LOGIN PASSWORD 'word' ${rights}`]);
    await run(urlOf(admin, 'postgres'), [
      ...named(roles)
        .split(';')
        .filter((statement) => statement.trim() !== ''),
      ...[owner, server].map((role) => `ALTER ROLE ${role} PASSWORD 'word'`),
    ]);
    comms = await openCommandLine({ DATABASE_URL: urlOf(server, database), ENCRYPTION_KEYS: keys });
  });
  afterAll(async () => {
    await comms.close();
    await run(superuserUrl, [
      `DROP DATABASE ${database} WITH (FORCE)`,
      `DROP ROLE ${owner}`,
      `DROP ROLE ${server}`,
      `DROP ROLE ${admin}`,
    ]);
  });

  test('the owner migrates; the server then serves with its own role alone, and doctor finds nothing', async () => {
    const early = await comms.run(['serve'], { settings: { PORT: '0', LOG_LEVEL: 'silent' } });
    expect([early.code, early.stderr]).toEqual([1, expect.stringContaining('give DATABASE_MIGRATION_URL its owner')]);

    const settings = { DATABASE_MIGRATION_URL: urlOf(owner, database) };
    expect((await comms.run(['migrate'], { settings })).code).toBe(0);
    expect((await comms.run(['company', 'create', '--name', 'Acme'], { settings })).code).toBe(0);

    const running = await startServerProcess({ DATABASE_URL: urlOf(server, database), ENCRYPTION_KEYS: keys });
    expect((await fetch(`${running.baseUrl}/readyz`)).status).toBe(200);
    await running.stop();
    const doctor = await comms.run(['doctor'], { settings: { ...settings, PORT: '0' } });
    expect(doctor.stdout).not.toMatch(/^failed/m);
    expect(doctor.code).toBe(0);
  });

  test('a server whose fence between companies is not that of the database does not start', async () => {
    const settings = { PORT: '0', ROW_LEVEL_SECURITY: 'on', LOG_LEVEL: 'silent' };
    const { code, stderr } = await comms.run(['serve'], { settings });
    expect([code, stderr]).toEqual([
      1,
      'ROW_LEVEL_SECURITY is on here and off in the database: run `comms migrate` as the owner with the setting that the server has.\n',
    ]);
    const owners = { ROW_LEVEL_SECURITY: 'on', DATABASE_MIGRATION_URL: urlOf(owner, database) };
    expect((await comms.run(['migrate'], { settings: owners })).code).toBe(0);
    const running = await startServerProcess({
      DATABASE_URL: urlOf(server, database),
      ENCRYPTION_KEYS: keys,
      ROW_LEVEL_SECURITY: 'on',
    });
    expect((await fetch(`${running.baseUrl}/readyz`)).status).toBe(200);
    await running.stop();
  });
});

const hasOpenssl = spawnSync('openssl', ['version']).status === 0 && !process.env.TEST_DATABASE_URL;

describe.runIf(hasOpenssl)("PostgreSQL's TLS", () => {
  const keys = generateEncryptionKey(1);
  let folder: string;
  let database: TestDatabase;
  let comms: CommandLine;
  const authority = () => `sslmode=verify-full&sslrootcert=${encodeURIComponent(join(folder, 'ca.pem'))}`;
  const urls = (query: string) => {
    const over = (url: string) => {
      const changed = new URL(url);
      changed.search = query;
      changed.hostname = 'localhost';
      return changed.href;
    };
    return { DATABASE_URL: over(database.serverUrl), DATABASE_MIGRATION_URL: over(database.ownerUrl) };
  };

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'comms-tls-'));
    database = await createTestDatabase();
    const pgdata = await settingOf('data_directory');
    makeCertificates(folder, pgdata);
    await run(superuserUrl, [
      `ALTER SYSTEM SET ssl_cert_file = 'tls.pem'`,
      `ALTER SYSTEM SET ssl_key_file = 'tls.key'`,
      'ALTER SYSTEM SET ssl = on',
      'SELECT pg_reload_conf()',
    ]);
    await until(async () => (await settingOf('ssl')) === 'on', 'it speaks TLS');
    comms = await openCommandLine({ ENCRYPTION_KEYS: keys, ...urls(authority()) });
  });
  afterAll(async () => {
    const reset = ['ssl', 'ssl_cert_file', 'ssl_key_file'].map((name) => `ALTER SYSTEM RESET ${name}`);
    await run(superuserUrl, [...reset, 'SELECT pg_reload_conf()']);
    await comms.close();
    await database.drop();
    rmSync(folder, { recursive: true });
  });

  test('commands and the server speak it, with the authority that the URL names', async () => {
    expect(await comms.json(['company', 'list'])).toEqual({ companies: [] });
    const server = await startServerProcess({ ENCRYPTION_KEYS: keys, ...urls(authority()) });
    onTestFinished(() => server.stop());
    expect((await fetch(`${server.baseUrl}/readyz`)).status).toBe(200);
    const connections = await ask<{ ssl: boolean }>(
      `SELECT s.ssl FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid)
       WHERE a.application_name = 'communications-api' AND a.datname = '${new URL(database.serverUrl).pathname.slice(1)}'`,
    );
    expect(connections.length).toBeGreaterThan(0);
    expect(connections.every(({ ssl }) => ssl)).toBe(true);
  });

  const REFUSAL =
    /^The certificate of the database isn't trusted \([A-Z_]+\): set sslrootcert in DATABASE_URL and DATABASE_MIGRATION_URL .*\n$/;

  test('an authority that nobody named is refused in one line that says what to set', async () => {
    const { code, stderr } = await comms.run(['company', 'list'], { settings: urls('sslmode=verify-full') });
    expect([code, stderr]).toEqual([1, expect.stringMatching(REFUSAL)]);
  });

  test('a certificate for another name is refused, too', async () => {
    makeCertificates(folder, await settingOf('data_directory'), 'db.example');
    await run(superuserUrl, ['SELECT pg_reload_conf()']);
    await expect.poll(async () => (await comms.run(['company', 'list'])).stderr, { timeout: 30_000 }).toMatch(REFUSAL);
  });

  test('a file that is not there is named', async () => {
    const settings = urls('sslmode=verify-full&sslrootcert=/nowhere/ca.pem');
    const { code, stderr } = await comms.run(['company', 'list'], { settings });
    expect([code, stderr]).toEqual([
      1,
      "ENOENT: no such file or directory, open '/nowhere/ca.pem': check the file paths in the settings.\n",
    ]);
  });
});

async function ask<Row>(text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

async function settingOf(name: string): Promise<string> {
  const [row] = await ask<{ setting: string }>(`SELECT setting FROM pg_settings WHERE name = '${name}'`);
  return row?.setting ?? '';
}

/** An authority in `folder`, and in PostgreSQL's own folder what it vouches for. */
function makeCertificates(folder: string, pgdata: string, name = 'localhost'): void {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  const fresh = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
  openssl('req', '-x509', ...fresh, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Test authority');
  openssl('req', ...fresh.slice(0, -2), '-keyout', 'tls.key', '-out', 'tls.csr', '-subj', `/CN=${name}`);
  writeFileSync(join(folder, 'san'), `subjectAltName=DNS:${name}`);
  const sign = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'san'];
  openssl('x509', '-req', '-in', 'tls.csr', ...sign, '-out', 'tls.pem');
  const { uid, gid } = statSync(pgdata);
  for (const file of ['tls.pem', 'tls.key']) {
    writeFileSync(join(pgdata, file), readFileSync(join(folder, file)), { mode: 0o600 });
    chownSync(join(pgdata, file), uid, gid);
  }
}

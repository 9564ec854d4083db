import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { hashToken } from '../crypto/token.ts';
import type { Db } from '../db/client.ts';
import { openKeyRing } from '../keys/open-key-ring.ts';
import { type OpenDatabase, openDatabase } from '../server/open-database.ts';
import { importLines } from '../transfer/import/import.ts';
import { openFile } from '../transfer/import/source.ts';
import { type DemoLogin, prepareDemoUser } from './demo-user.ts';
import { print } from './output.ts';
import { readPrivateFile, writePrivateFile } from './private-file.ts';
import { act, type Cli, CommandFailed, connectAsOwner } from './run-command.ts';
import { logStart, requireFreePort, untilStopped } from './serve.ts';
import { issueToken } from './token.ts';
import { demoWebhookSecrets } from './webhook-secrets.ts';

const DEMO_FILE = fileURLToPath(new URL('../../demo/demo.ndjson', import.meta.url));
const TOKEN_FILE = 'demo-token';
const DAY_SECONDS = 86_400;

export function addDemoCommand(program: Command): void {
  program
    .command('demo')
    .description('serve a sample company with its history, and print example calls')
    .action(act(runDemo, 'server'));
}

type Examples = { emailId: string; customerId: string; actionId: string };
type Demo = { companyId: string; token: string; login: DemoLogin } & Examples;

async function runDemo(cli: Cli): Promise<undefined> {
  await requireFreePort(cli.config);
  logStart(cli);
  const database = await openDatabase(cli.config, cli.log);
  try {
    const demo = await prepareDemo(cli, database);
    const { serve } = await import('../server/serve.ts');
    const server = await serve({ ...cli.config, ...(await demoWebhookSecrets(cli.config)) }, cli.log);
    print(cli.json ? JSON.stringify(describe(server.address, demo)) : introduction(server.address, demo));
    await untilStopped(cli.signal);
    await server.close();
  } finally {
    await database.close();
  }
}

async function prepareDemo(cli: Cli, database: OpenDatabase): Promise<Demo> {
  await database.migrate();
  const db = connectAsOwner(cli, database);
  try {
    const companyId = await demoCompanyId();
    const known = await db.query({ text: 'SELECT FROM companies WHERE id = $1', values: [companyId] });
    if (known.length === 0) await importDemo(cli, db, database);
    const token = await demoToken(cli, db, companyId);
    const login = await prepareDemoUser(db, companyId, cli.config.dataDir);
    return { companyId, token, login, ...(await findExamples(db, companyId)) };
  } finally {
    await db.close();
  }
}

/** The first line of the file is the company. */
async function demoCompanyId(): Promise<string> {
  const [first = '{}'] = (await readFile(DEMO_FILE, 'utf8')).split('\n', 1);
  return JSON.parse(first).id;
}

/** Runs only when the company doesn't exist: a second import would undo the changes made to the demo since. */
async function importDemo(cli: Cli, db: Db, database: OpenDatabase): Promise<void> {
  const source = await openFile(DEMO_FILE);
  try {
    await importLines(db, await openKeyRing(db, database.encryptionKeys), source, { signal: cli.signal });
  } finally {
    await source.close();
  }
}

/** A token of the company's first administrator, stored in a private file and reused while it is valid. */
async function demoToken(cli: Cli, db: Db, companyId: string): Promise<string> {
  const { dataDir, tokenTtlDays } = cli.config;
  const stored = (await readPrivateFile(dataDir, TOKEN_FILE)) ?? '';
  const valid = await db.query({
    text: `
      SELECT FROM tokens t
      JOIN users u ON u.id = t.user_id AND u.disabled_at IS NULL
      JOIN memberships m ON m.user_id = t.user_id AND m.company_id = $2
      WHERE t.hash = $1 AND t.revoked_at IS NULL AND (t.expires_at IS NULL OR t.expires_at > now())`,
    values: [hashToken(stored), companyId],
  });
  if (valid.length > 0) return stored;
  const { token } = await issueToken(db, await findAdministrator(db, companyId), 'demo', tokenTtlDays * DAY_SECONDS);
  await writePrivateFile(dataDir, TOKEN_FILE, token);
  return token;
}

/** @throws CommandFailed when the company has no administrator */
async function findAdministrator(db: Db, companyId: string): Promise<string> {
  const [user] = await db.query<{ id: string }>({
    text: `
      SELECT u.id
      FROM memberships m
      JOIN users u ON u.id = m.user_id
      WHERE m.company_id = $1 AND m.role = 'admin' AND u.disabled_at IS NULL
      ORDER BY u.username
      LIMIT 1`,
    values: [companyId],
  });
  if (!user)
    throw new CommandFailed('The demo company has no administrator any more. Add one with `comms member add`.');
  return user.id;
}

/**
 * The email conversation with the most messages, its customer, and a scheduled action that can still be completed.
 * @throws CommandFailed when the demo company has no longer such rows
 */
async function findExamples(db: Db, companyId: string): Promise<Examples> {
  const [email] = await db.query<{ id: string; customer_id: string }>({
    text: `
      SELECT id, customer_id
      FROM communication_threads
      WHERE company_id = $1 AND is_latest AND communication_type = 'email' AND source <> 'manual'
        AND customer_id IS NOT NULL
      ORDER BY message_count DESC, "timestamp" DESC, id DESC
      LIMIT 1`,
    values: [companyId],
  });
  if (!email) throw new CommandFailed('The demo company has no email conversation any more.');
  const [action] = await db.query<{ id: string }>({
    text: `
      SELECT id
      FROM scheduled_actions
      WHERE company_id = $1 AND status <> 'cancelled'
      ORDER BY status = 'completed', due_at, id
      LIMIT 1`,
    values: [companyId],
  });
  if (!action) throw new CommandFailed('The demo company has no scheduled action any more.');
  return { emailId: email.id, customerId: email.customer_id, actionId: action.id };
}

/** The object that `--json` prints. */
function describe(address: string, demo: Demo) {
  const { companyId, token, login, actionId } = demo;
  return {
    inbox_url: `${address}/inbox`,
    ...login,
    base_url: address,
    token,
    company_id: companyId,
    action_id: actionId,
    curl: curlLines(address, demo),
  };
}

function introduction(address: string, demo: Demo): string {
  const { companyId, token, login, actionId } = demo;
  return `
The demo company is ready. Open the inbox in a browser and log in:

  Inbox       ${address}/inbox
  User        ${login.username}
  Password    ${login.password}

For programs:

  Base URL    ${address}
  Token       ${token}
  Company id  ${companyId}
  Reference   ${address}/docs

The latest conversations, one conversation by email, and logging a call:

${curlLines(address, demo).join('\n\n')}

For the cookbook of the README, paste this line first:

export BASE=${address} COMMS_USER=${login.username} COMMS_PASSWORD=${login.password} ACTION=${actionId}

Ctrl+C stops the server. The next \`npm run demo\` continues with the same data.
`;
}

function curlLines(address: string, { companyId, token, emailId, customerId }: Demo): string[] {
  const base = `${address}/api/companies/${companyId}/communications`;
  const authorization = `-H 'Authorization: Token ${token}'`;
  const call = {
    customer_id: customerId,
    communication_type: 'call',
    notes: 'Spoke with AP. Payment goes out Friday.',
  };
  return [
    `curl -s ${authorization} '${base}/threads?page_size=5'`,
    `curl -s ${authorization} '${base}/emails/${emailId}'`,
    `curl -s ${authorization} -H 'Content-Type: application/json' -d '${JSON.stringify(call)}' '${base}/log-manual'`,
  ];
}

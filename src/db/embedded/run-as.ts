/**
 * Runs PostgreSQL's programs with the right account and environment. PostgreSQL refuses to run as root, so root runs
 * them as another user.
 */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** The user that PostgreSQL runs as when this process is root. */
export type Account = { name: string; uid: number; gid: number };

export type Finished = { code: number | null; output: string };

export type RunOptions = { account: Account | undefined; cwd?: string; input?: string };

export const isRoot = process.getuid?.() === 0;

/**
 * Runs a program until it ends. Resolves with its exit code, and standard output and error as one text. Rejects, with
 * the system's `code`, only when the program can't be started.
 */
export function run(program: string, args: string[], { account, cwd, input }: RunOptions): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: cwd ?? '/',
      env: environment(),
      stdio: 'pipe',
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    let output = '';
    const collect = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.stdin.on('error', () => {}); // it ended without reading; the exit code is the result
    child.stdin.end(input ?? '');
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output: output.trim() }));
  });
}

/** The environment for PostgreSQL, without our secrets and without the operator's PG… and locale variables. */
function environment(): NodeJS.ProcessEnv {
  const { PATH } = process.env;
  return { ...(PATH && { PATH }), LC_ALL: 'C', TZ: 'UTC' };
}

/**
 * Chooses the account that root runs PostgreSQL as: the folder's owner unless that is root, else `postgres`, else
 * `nobody`. Undefined when this process isn't root: PostgreSQL then runs as the process's own user.
 * @throws Error when root has none of them
 */
export async function chooseAccount(folderOwner: number): Promise<Account | undefined> {
  if (!isRoot) return undefined;
  const accounts = await passwd();
  const account =
    accounts.find((entry) => entry.uid === folderOwner && entry.uid !== 0) ??
    accounts.find((entry) => entry.name === 'postgres' && entry.uid !== 0) ??
    accounts.find((entry) => entry.name === 'nobody' && entry.uid !== 0);
  if (account) return account;
  throw new Error(
    'PostgreSQL refuses to run as root, and /etc/passwd has neither "postgres" nor "nobody" to run it as: ' +
      'start the server as an unprivileged user, or set DATABASE_URL.',
  );
}

/** The account that owns an existing data directory, the only one that PostgreSQL runs as. Undefined without root. */
export async function accountOfOwner(owner: { uid: number; gid: number }): Promise<Account | undefined> {
  if (!isRoot) return undefined;
  const account = (await passwd()).find((entry) => entry.uid === owner.uid);
  return account ?? { name: String(owner.uid), ...owner };
}

async function passwd(): Promise<Account[]> {
  const text = await readFile('/etc/passwd', 'utf8').catch(() => '');
  return text.split('\n').flatMap((line) => {
    const [name, , uid, gid] = line.split(':');
    return name && uid && gid ? [{ name, uid: Number(uid), gid: Number(gid) }] : [];
  });
}

/** Whether the account can enter a folder. Tries it as that account, because mode bits don't show ACLs. */
export async function canEnter(folder: string, account: Account | undefined): Promise<boolean> {
  if (!account) return true;
  const { code } = await run('/bin/sh', ['-c', 'test -x "$0"', folder], { account });
  return code === 0;
}

/** Refuses paths that pg_ctl can't handle: it passes them to a shell in double quotes, unescaped. @throws Error */
export function requirePlainPath(path: string): void {
  if (!/["$`\\\n]/.test(path)) return;
  throw new Error(`PostgreSQL can't run below a folder with a quote, $ or backslash in its name: move ${path}.`);
}

/**
 * Running PostgreSQL's programs: as whom, with which environment. PostgreSQL refuses to run as root, so root runs them
 * as another user.
 */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** The user that PostgreSQL runs as when we are root; `undefined` where it is ourselves. */
export type Account = { name: string; uid: number; gid: number };

export type Finished = { code: number | null; output: string };

export type RunOptions = { account: Account | undefined; cwd?: string; input?: string };

export const isRoot = process.getuid?.() === 0;

/**
 * Runs a program to its end. Its standard output and error come back as one text.
 * Rejects, with the system's `code`, only when it can't be started at all.
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
    child.stdin.on('error', () => {}); // it ended without reading: its exit code tells
    child.stdin.end(input ?? '');
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output: output.trim() }));
  });
}

/** Neither our secrets nor the operator's PG… or locale variables reach PostgreSQL. */
function environment(): NodeJS.ProcessEnv {
  const { PATH } = process.env;
  return { ...(PATH && { PATH }), LC_ALL: 'C', TZ: 'UTC' };
}

/**
 * Whom root lets PostgreSQL run as: the folder's owner, if that is somebody else than root, then `postgres`, then
 * `nobody`. Without root it is ourselves.
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

/** The account that owns an existing data directory: PostgreSQL runs as that one only. */
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

/** Asks the system rather than mode bits, which know nothing of ACLs. */
export async function canEnter(folder: string, account: Account | undefined): Promise<boolean> {
  if (!account) return true;
  const { code } = await run('/bin/sh', ['-c', 'test -x "$0"', folder], { account });
  return code === 0;
}

/** pg_ctl hands paths to a shell in double quotes, unescaped. */
export function requirePlainPath(path: string): void {
  if (!/["$`\\\n]/.test(path)) return;
  throw new Error(`PostgreSQL can't run below a folder with a quote, $ or backslash in its name: move ${path}.`);
}

import { readdirSync, readFileSync } from 'node:fs';
import {
  chmod,
  chown,
  cp,
  lchown,
  lstat,
  mkdir,
  mkdtemp,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { prepareBinaries, stateFolder } from '../../src/db/embedded/binaries.ts';
import { type Account, chooseAccount, isRoot, run } from '../../src/db/embedded/run-as.ts';
import { dataDir, postmasters, query, root, silent, start, useKeptDatabase } from '../support/embedded-postgres.ts';

useKeptDatabase();

describe('a DATA_DIR that will not do', () => {
  test('because it is a file', async () => {
    const file = join(root, 'file');
    await writeFile(file, '');
    await expect(start(file)).rejects.toThrow(`DATA_DIR ${file} is a file, or below one: it has to be a folder.`);
    await expect(start(join(file, 'below'))).rejects.toThrow('is a file, or below one');
  });

  test('because its database is of another major version', async () => {
    const file = join(dataDir, 'postgres', 'pgdata', 'PG_VERSION');
    const version = await readFile(file, 'utf8');
    await writeFile(file, '15\n');
    onTestFinished(() => writeFile(file, version));
    await expect(start(dataDir)).rejects.toThrow('was made by PostgreSQL 15, this server comes with 18: export it');
  });

  test('because something else stands where the database should', async () => {
    const folder = join(root, 'foreign');
    await mkdir(join(folder, 'postgres'), { recursive: true });
    await writeFile(join(folder, 'postgres', 'letter.txt'), '');
    await expect(start(folder)).rejects.toThrow('is not a database of this server: move it away');
  });

  test('because PostgreSQL refuses to start: its own reason is told, at once', async () => {
    const file = join(dataDir, 'postgres', 'pgdata', 'global', 'pg_control');
    await rename(file, `${file}.away`);
    onTestFinished(() => rename(`${file}.away`, file));
    await expect(start(dataDir)).rejects.toThrow(/PostgreSQL did not start: .*pg_control.*No such file/);
  });

  test.skipIf(isRoot)('because it may not be written', async () => {
    const folder = join(root, 'closed');
    await mkdir(folder, { mode: 0o500 });
    await expect(start(folder)).rejects.toThrow("can't be written");
  });
});

describe('the programs of the package', () => {
  let native: string;

  beforeAll(async () => {
    const required = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    const source = dirname(dirname(required.resolve(`@embedded-postgres/linux-${process.arch}`)));
    native = join(root, 'package', 'native');
    await cp(source, dirname(native), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith('.a'),
    });
  });

  /** As npm leaves them when it doesn't run install scripts. */
  async function removeLinks(): Promise<void> {
    const links: { target: string }[] = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'));
    for (const { target } of links) await rm(join(dirname(native), target), { force: true });
  }

  test('are not looked for on another system than Linux, and the refusal says what to do instead', async () => {
    const system = Object.getOwnPropertyDescriptor(process, 'platform') as PropertyDescriptor;
    Object.defineProperty(process, 'platform', { ...system, value: 'darwin' });
    try {
      await expect(prepareBinaries(undefined, async () => join(root, 'copy'), native)).rejects.toThrow(
        'The embedded PostgreSQL runs on Linux alone: on another system set DATABASE_URL',
      );
    } finally {
      Object.defineProperty(process, 'platform', system);
    }
  });

  test('get the links that npm left out', async () => {
    await removeLinks();
    const account = await chooseAccount(0);
    const binaries = await prepareBinaries(account, () => Promise.reject(new Error('not needed')), native);
    expect(binaries).toMatchObject({ folder: native, isCopy: false });
    expect((await run(binaries.initdb, ['--version'], { account })).output).toContain('(PostgreSQL) 18');
  });

  test('are copied when they cannot be used in place', async () => {
    await removeLinks();
    // Root's own folder keeps PostgreSQL's user out, one that can't be written keeps the links out.
    const closed = isRoot ? dirname(native) : join(native, 'lib');
    await chmod(closed, isRoot ? 0o700 : 0o500);
    onTestFinished(() => chmod(closed, 0o755));
    const copies = await mkdtemp(join(root, 'copies-'));
    await chmod(copies, 0o755);

    const account = await chooseAccount(0);
    const [one, other] = await Promise.all(
      [1, 2].map(() => prepareBinaries(account, () => Promise.resolve(copies), native)),
    );
    expect(one).toEqual(other);
    expect(one?.isCopy).toBe(true);
    expect(readdirSync(copies)).toHaveLength(1);
    expect((await run(one?.initdb as string, ['--version'], { account })).output).toContain('(PostgreSQL) 18');
  });
});

describe.skipIf(!isRoot)('as root', () => {
  test("PostgreSQL runs as somebody else, without the server's environment", async () => {
    vi.stubEnv('ENCRYPTION_KEYS', '1:secret');
    onTestFinished(() => void vi.unstubAllEnvs());
    await start(dataDir);
    const [postmaster] = postmasters(dataDir);
    expect((await stat(`/proc/${postmaster}`)).uid).not.toBe(0);
    expect(readFileSync(`/proc/${postmaster}/environ`, 'utf8')).not.toContain('ENCRYPTION_KEYS');
  });

  test('data that PostgreSQL could not reach is kept in the state folder, and one line says so', async () => {
    const home = join(root, 'home-of-root');
    await mkdir(home, { mode: 0o700 });
    const folder = join(home, 'data');
    const stateFolders = [join(home, 'closed, too'), join(root, 'state')];
    const lines: [object, string | undefined][] = [];
    const log = { ...silent, info: (fields: object, text?: string) => void lines.push([fields, text]) };

    const database = await start(folder, { stateFolders, log });
    await query(database.ownerUrl, 'CREATE TABLE kept ()');
    expect((await lstat(join(folder, 'postgres'))).isSymbolicLink()).toBe(true);
    expect(lines).toEqual([
      [
        expect.objectContaining({ data: expect.stringContaining(join(root, 'state')) }),
        expect.stringContaining("can't use the project's"),
      ],
    ]);
    await database.stop();

    const again = await start(folder, { stateFolders });
    await query(again.ownerUrl, 'SELECT FROM kept');
  });

  test('a state folder that is another user’s link is never used, wherever it leads', async () => {
    const account = (await chooseAccount(0)) as Account;
    const target = join(root, 'a-folder-of-root');
    await mkdir(target, { mode: 0o755 });
    const link = join(root, 'link');
    await symlink(target, link);
    expect(await stateFolder(account, [link])).toBe(link);
    await lchown(link, account.uid, account.gid);
    await expect(stateFolder(account, [link])).rejects.toThrow(/can be used instead/);
    expect(await stateFolder(account, [link, target])).toBe(target);
  });

  test('the database of a user is run as that user', async () => {
    const account = await chooseAccount(0);
    const folder = join(root, 'of-a-user');
    await mkdir(folder);
    await chown(folder, account?.uid as number, account?.gid as number);
    await start(folder);
    expect((await stat(join(folder, 'postgres', 'pgdata'))).uid).toBe(account?.uid);
    expect((await stat(join(folder, 'postgres', 'credentials.json'))).uid).toBe(account?.uid);
  });
});

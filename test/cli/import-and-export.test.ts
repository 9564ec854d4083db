import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { ended } from '../support/command-line.ts';
import { comms, owner, useCommandLine } from '../support/command-line-world.ts';
import { COMPANY, FOUNDATION, idOf, threadLine, toText } from '../support/import-world.ts';

useCommandLine();

describe('comms import and export', () => {
  const FILE = toText([...FOUNDATION, threadLine('mail', { subject: 'Invoice' })]);

  test('a file, standard input and the way back', async () => {
    await writeFile(join(comms.folder, 'file.ndjson'), FILE);
    const dry = await comms.json(['import', 'file.ndjson', '--dry-run']);
    expect(dry).toMatchObject({ dry_run: true, created: 14, replaced: 0, unchanged: 0 });
    expect((await comms.run(['import', 'file.ndjson'])).stdout).toMatch(
      /^Imported: 14 created, 0 replaced, 0 unchanged \(/,
    );
    const again = await comms.json(['import', '-'], { stdin: FILE });
    expect(again).toMatchObject({ created: 0, replaced: 0, unchanged: 14, counts: { thread: { unchanged: 1 } } });
    const { code, stdout, stderr } = await comms.run(['export', '--company', COMPANY]);
    expect([code, stderr, stdout.split('\n').length]).toEqual([0, '', 15]);
    expect(await comms.json(['import', '-'], { stdin: stdout })).toMatchObject({ unchanged: 14, replaced: 0 });
  });

  test('every bad line is reported with its number and reason', async () => {
    const stdin = `${FILE}nonsense\n${JSON.stringify(threadLine('x', { contact_id: idOf('nobody') }))}\n`;
    const { code, stdout, stderr } = await comms.run(['import', '-'], { stdin });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      `line 15: is not valid JSON\nline 16: contact_id: there is no contact ${idOf('nobody')} in this company\n` +
        'Nothing was imported: 2 errors in the file.\n',
    );
    const asJson = await comms.run(['import', '-', '--json'], { stdin });
    expect(JSON.parse(asJson.stdout)).toEqual({
      error: 'Nothing was imported: 2 errors in the file.',
      error_count: 2,
      errors: [
        { line: 15, reason: 'is not valid JSON' },
        { line: 16, reason: expect.stringContaining('contact_id') },
      ],
    });
  });

  test('an import that is killed midway leaves nothing', async () => {
    const before = await count();
    const messages = Array.from({ length: 30_000 }, (_, nth) =>
      threadLine(`killed ${nth}`, { body: 'word '.repeat(200) }),
    );
    await writeFile(join(comms.folder, 'big.ndjson'), toText([...FOUNDATION, ...messages]));
    const child = comms.start(['import', 'big.ndjson']);
    await until(async () => (await activity()).some((query) => query.startsWith('COPY communication_threads')));
    child.kill('SIGKILL');
    await ended(child);
    await until(async () => (await activity()).length === 0);
    expect(await count()).toBe(before);
    expect(await comms.json(['import', '-'], { stdin: toText(messages.slice(0, 1)) })).toMatchObject({ created: 1 });
  });

  test('one that is asked to stop says that nothing was changed', async () => {
    const before = await count();
    const messages = Array.from({ length: 30_000 }, (_, nth) =>
      threadLine(`stopped ${nth}`, { body: 'word '.repeat(200) }),
    );
    await writeFile(join(comms.folder, 'big.ndjson'), toText(messages));
    const child = comms.start(['import', 'big.ndjson']);
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    await until(async () => (await activity()).some((query) => query.startsWith('COPY communication_threads')));
    child.kill('SIGTERM');
    await ended(child);
    expect([child.exitCode, stderr]).toEqual([1, 'Stopped before the end; nothing was changed.\n']);
    expect(await count()).toBe(before);
  });

  async function count(): Promise<number> {
    const [row] = await owner.query<{ count: number }>({ text: 'SELECT count(*) FROM communication_threads' });
    return row?.count ?? 0;
  }

  /** What the commands are doing in the database. */
  async function activity(): Promise<string[]> {
    const running = await owner.query<{ query: string }>({
      text: `
        SELECT query FROM pg_stat_activity
        WHERE datname = current_database() AND application_name = 'communications-api command'`,
    });
    return running.map(({ query }) => query);
  }

  async function until(isSo: () => Promise<boolean>): Promise<void> {
    for (let attempt = 0; attempt < 2_400; attempt += 1) {
      if (await isSo()) return;
      await sleep(25);
    }
    throw new Error('it never came to that');
  }
});

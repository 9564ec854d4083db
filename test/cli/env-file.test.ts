import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openCommandLine } from '../support/command-line.ts';
import { comms, useCommandLine } from '../support/command-line-world.ts';

useCommandLine();

describe('settings', () => {
  test('come from a .env file, which what is set already goes before', async () => {
    await writeFile(join(comms.folder, '.env'), 'PORT=wrong\nLOG_LEVEL=loud\n');
    try {
      expect((await comms.run(['migrate'])).stderr).toContain('PORT must be');
      expect((await comms.run(['migrate'], { settings: { PORT: '1' } })).stderr).toContain('LOG_LEVEL must be');
    } finally {
      await writeFile(join(comms.folder, '.env'), '');
    }
  });
});

describe('a .env file that is none', () => {
  test('ends every command, and even the help, with one line', async () => {
    const elsewhere = await openCommandLine({});
    onTestFinished(() => elsewhere.close());
    await mkdir(join(elsewhere.folder, '.env'));
    const line = "The file .env can't be read: it must be a regular file that this user may read.";
    expect(await elsewhere.run(['--help'])).toEqual({ code: 1, stdout: '', stderr: `${line}\n` });
    const { code, stdout } = await elsewhere.run(['migrate', '--json']);
    expect([code, stdout]).toEqual([1, `${JSON.stringify({ error: line })}\n`]);
  });
});

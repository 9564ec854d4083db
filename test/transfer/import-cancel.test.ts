import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { importLines } from '../../src/transfer/import/import.ts';
import { spool } from '../../src/transfer/import/source.ts';
import { callerWith } from '../support/http.ts';
import { api, EMAIL, LOG, NOTE, rows, token, useEmptyCompany, world, writers } from '../support/import-company.ts';
import { COMPANY, FOUNDATION, idOf, threadLine, toText } from '../support/import-world.ts';

useEmptyCompany();

describe('all or nothing', () => {
  test('a dry run does everything and leaves nothing', async () => {
    const before = await writers();
    const { counts, dryRun } = await world.import([EMAIL, LOG, NOTE], { dryRun: true });
    expect([dryRun, counts.thread?.created]).toEqual([true, 2]);
    expect(await writers()).toEqual(before);
  });

  test('an import that is stopped leaves nothing, and its connection is usable', async () => {
    const before = await writers();
    const controller = new AbortController();
    const onProgress = ({ step }: { step: string }) => step === 'finishing' && controller.abort(new Error('stopped'));
    await expect(world.import([EMAIL], { signal: controller.signal, onProgress })).rejects.toThrow('stopped');
    expect(await writers()).toEqual(before);
    await world.import([EMAIL]);
  });

  test('writes to a company get 503 while it is imported, those to others go on; reads see the state before', async () => {
    await world.import([EMAIL, { type: 'company', id: idOf('free'), name: 'Free' }]);
    await rows("INSERT INTO memberships (company_id, user_id, role) VALUES ($1, $2, 'admin')", [
      idOf('free'),
      idOf('dana'),
    ]);
    const caller = callerWith(world.app, token);
    const post = (path: string) => caller.post(path, { thread_id: idOf('mail'), content: 'x' });
    const during: unknown[] = [];
    const ask = async () => {
      const refused = await post(`/api/companies/${COMPANY}/thread-notes`);
      during.push(refused.statusCode, refused.headers['retry-after'] !== undefined);
      during.push((await post(`/api/companies/${idOf('free')}/thread-notes`)).statusCode);
      during.push((await api('communications/threads')).json().count);
    };
    const many = Array.from({ length: 3_000 }, (_, nth) => threadLine(`m${nth}`, { body: 'x' }));
    const source = await spool(Readable.from(toText(many)));
    let readings = 0;
    const pieces = async function* () {
      readings += 1;
      for await (const some of source.pieces()) {
        yield some;
        if (readings === 2 && during.length === 0) await ask();
      }
    };
    await importLines(world.owner, world.ring, { ...source, pieces });
    await source.close();
    expect(during).toEqual([503, true, 400, 1]);
    expect((await post(`/api/companies/${COMPANY}/thread-notes`)).statusCode).toBe(201);
    expect((await api('communications/threads')).json().count).toBe(3_001);
  });

  test('a file of many pieces goes in whole, is unchanged the second time, and a fault in its last line is named', async () => {
    const many = Array.from({ length: 4_000 }, (_, nth) =>
      threadLine(`m${nth}`, {
        thread_group_id: idOf(`group ${nth % 700}`),
        timestamp: `2026-03-${String(1 + (nth % 28)).padStart(2, '0')}T09:00:00Z`,
        body: `${nth} ${'Größe '.repeat(300)}`,
        attachments: [{ filename: `${nth}.pdf`, content_type: 'application/pdf', size_bytes: nth }],
      }),
    );
    const manual = threadLine('log', { source: 'manual', communication_type: 'call', notes: 'Said yes.' });
    expect((await world.import([...many, manual])).counts.thread).toEqual({
      created: 4_001,
      replaced: 0,
      unchanged: 0,
    });
    expect((await world.import([...many, manual])).counts.thread).toEqual({
      created: 0,
      replaced: 0,
      unchanged: 4_001,
    });
    expect((await world.import([...many, { ...manual, notes: 'No.' }])).counts.thread).toEqual({
      created: 0,
      replaced: 1,
      unchanged: 4_000,
    });
    const faulty = [...many, { ...manual, direction: 'up' }];
    await expect(world.import(faulty)).rejects.toMatchObject({
      faults: [{ line: 4_001, reason: 'direction must be one of inbound, outbound' }],
    });
  });

  test('two imports at once wait for each other', async () => {
    const files = [0, 1, 2].map((nth) =>
      toText([...FOUNDATION.slice(3), threadLine(`t${nth}`, { thread_group_id: idOf('g') })]),
    );
    const results = await Promise.all(files.map((file) => world.import(file)));
    expect(results.map(({ counts }) => counts.thread?.created)).toEqual([1, 1, 1]);
    expect(await rows('SELECT message_count FROM communication_threads WHERE is_latest')).toEqual([
      { message_count: 3 },
    ]);
  });
});

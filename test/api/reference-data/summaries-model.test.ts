import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportWorld } from '../../support/import-world.ts';
import { expectCountsToFit } from '../../support/ingest.ts';
import {
  byId,
  CHOICES,
  callsAreMerged,
  count,
  createWorld,
  giveToCustomer,
  logManual,
  mailArrives,
  setRequiresResponse,
  setResolved,
  startSummaries,
  WRITES_BY_WEIGHT,
} from '../../support/summaries-world.ts';

const WRITES = Number(process.env.SUMMARY_WRITES ?? 120);
const SEEDS = (process.env.SUMMARY_SEEDS ?? '1,2,3,4,5,6').split(',').map(Number);

let w: ImportWorld;
beforeAll(async () => {
  w = await startSummaries();
});
afterAll(() => w.close());

/** How often each kind of write was made, in all worlds. */
const made = new Map<string, number>();

describe('summaries against a model in memory', () => {
  it.each(SEEDS)(
    'are the same after every random write, and in a mirror that follows: world %i',
    async (seed) => {
      const world = await createWorld(seed);
      for (let nth = 0; nth < WRITES; nth += 1) {
        const [name, write] = world.pick(CHOICES);
        await write(world);
        count(world, name);
        const what = `write ${nth} of world ${seed}: ${name}`;
        expect({ what, messages: byId(await world.stored()) }).toEqual({ what, messages: byId(world.messages) });
        await world.compare(what);
        if (world.next(3) === 0) {
          await world.follow();
          world.expectMirrorsToFit(what);
        }
      }
      await expectCountsToFit(w, world.tenant.companyId);
      for (const [what, times] of world.done) made.set(what, (made.get(what) ?? 0) + times);
    },
    300_000,
  );

  it('every kind of write was made in these worlds', () => {
    const kinds = [...WRITES_BY_WEIGHT.map(([, name]) => name), 'a draft was withdrawn', 'calls were merged'];
    expect(kinds.filter((kind) => !made.has(kind))).toEqual([]);
  });

  it('are the same after writers at once, and a mirror that follows meanwhile misses none of it', async () => {
    const world = await createWorld(99);
    for (let nth = 0; nth < 40; nth += 1) await mailArrives(world);
    const concurrent = [logManual, setResolved, setRequiresResponse, giveToCustomer, mailArrives, callsAreMerged];
    for (let round = 0; round < 8; round += 1) {
      world.isAlone = false;
      let isOver = false;
      const writers = Promise.all(
        Array.from({ length: 8 }, async () => {
          for (let nth = 0; nth < 5; nth += 1) await world.pick(concurrent)(world);
        }),
      ).finally(() => {
        isOver = true;
      });
      while (!isOver) await world.follow();
      await writers;
      world.isAlone = true;
      await world.learn();
      await world.compare(`round ${round}`);
      await world.follow();
      world.expectMirrorsToFit(`round ${round}`);
    }
    await expectCountsToFit(w, world.tenant.companyId);
  }, 120_000);
});

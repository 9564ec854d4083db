import { parseArgs } from 'node:util';
import { type Minute, OUTAGES, spendAway } from './minute.ts';
import { MUTANTS, roundsToCatch } from './mutants.ts';
import { FAULTS, type Fault, type Round, runRound } from './round.ts';
import { createWorld } from './world.ts';

/**
 * `npm run test:faults -- [--rounds 100] [--seed 1] [--mutant-rounds 30] [--away 60]`: rounds of every fault in turn
 * on the real source, PostgreSQL away for so many seconds, then each mutant until it is caught. Exit 1 when a promise broke or a mutant got away.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    'mutant-rounds': { type: 'string', default: '30' },
    away: { type: 'string', default: '60' },
  },
});
const firstSeed = Number(values.seed);
const print = (line: string) => process.stdout.write(`${line}\n`);

const world = await createWorld();
let isFine = true;
try {
  isFine = await proveSource(Number(values.rounds));
  if (Number(values.away) > 0) isFine = (await spendAllAway(Number(values.away))) && isFine;
  for (const name of Object.keys(MUTANTS))
    isFine = (await catchMutant(name, Number(values['mutant-rounds']))) && isFine;
} finally {
  await world.close();
}
process.exitCode = isFine ? 0 : 1;

async function proveSource(rounds: number): Promise<boolean> {
  await world.startServer();
  const done: Round[] = [];
  const faults = Object.keys(FAULTS) as Fault[];
  for (let nth = 0; nth < rounds; nth++) {
    const round = await runRound(world, faults[nth % faults.length] as Fault, firstSeed + nth);
    done.push(round);
    print(`${round.fault}, seed ${round.seed}: ${round.acknowledged} acknowledged, ${round.unknown} not`);
    for (const fact of round.broken) print(`  BROKEN: ${fact}`);
  }
  const broken = done.reduce((sum, round) => sum + round.broken.length, 0);
  const acknowledged = done.reduce((sum, round) => sum + round.acknowledged, 0);
  print(`${rounds} rounds from seed ${firstSeed}: ${acknowledged} writes acknowledged, ${broken} promises broken`);
  await world.endServer('SIGTERM');
  return broken === 0;
}

/** A server that is given its PostgreSQL, which is away and comes back. */
async function spendAllAway(seconds: number): Promise<boolean> {
  const world = await createWorld({}, { isOwn: false });
  let isFine = true;
  try {
    await world.startServer();
    for (const outage of Object.keys(OUTAGES) as (keyof typeof OUTAGES)[]) {
      const minute = await spendAway(world, outage, seconds);
      print(`PostgreSQL ${outage} for ${seconds} s: ${toWords(minute)}`);
      for (const fact of minute.broken) print(`  BROKEN: ${fact}`);
      isFine &&= minute.broken.length === 0;
    }
  } finally {
    await world.close();
  }
  return isFine;
}

function toWords({ requests, slowestMs, slowestHealthzMs, readyAfterMs }: Minute): string {
  return `${requests} requests, the slowest ${slowestMs} ms, /healthz ${slowestHealthzMs} ms, ready ${readyAfterMs} ms after its return`;
}

async function catchMutant(name: string, rounds: number): Promise<boolean> {
  const caught = await roundsToCatch(world, name, firstSeed, rounds);
  print(caught ? `mutant "${name}" caught in round ${caught.round}: ${caught.fact}` : `MUTANT "${name}" GOT AWAY`);
  return caught !== undefined;
}

import { pino } from 'pino';

/**
 * The server as a process of its own, from whichever copy of the source `FAULTS_SOURCE` names: the real one, or a
 * mutant. Prints its address, ends on SIGTERM.
 */
const source = process.env.FAULTS_SOURCE ?? new URL('../../src', import.meta.url).pathname;
const { readConfig } = await import(`${source}/config.ts`);
const { serve } = await import(`${source}/server/serve.ts`);

const log = pino({ level: process.env.LOG_LEVEL ?? 'silent' }, pino.destination(2));
/** Milliseconds in the place of the contract's hours. */
const timing = process.env.DELIVERY_TIMING;
const server = await serve(readConfig(process.env), log, timing ? { deliveryTiming: JSON.parse(timing) } : {});
process.stdout.write(`${server.address}\n`);
process.once('SIGTERM', () => {
  server.close().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});

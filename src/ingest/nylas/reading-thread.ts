import { setTimeout as sleep } from 'node:timers/promises';
import { type NylasDelivery, type NylasEvent, readNylasEvent } from './event.ts';

/** When the next delivery may be read, on the clock of `performance.now()`. */
let restsUntil = 0;

/**
 * The task of the thread that `delivery.ts` starts. After a delivery the thread rests as long as the delivery took, so that
 * a burst of the largest mails leaves the processors to requests half of the time.
 */
export default async function readInTurn(delivery: NylasDelivery): Promise<NylasEvent> {
  await sleep(Math.max(0, restsUntil - performance.now()));
  const startedAt = performance.now();
  try {
    return await readNylasEvent(delivery);
  } finally {
    const endedAt = performance.now();
    restsUntil = endedAt + (endedAt - startedAt);
  }
}

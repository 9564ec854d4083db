/**
 * What was asked in one round trip, once all of it is answered: nothing of it is still on its way when a transaction goes
 * on or ends.
 * @throws what the first that failed, in the order given, failed with
 */
export async function together<const Asked extends readonly Promise<unknown>[]>(...asked: Asked) {
  await Promise.allSettled(asked);
  return Promise.all(asked);
}

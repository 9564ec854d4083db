/**
 * Waits until every promise has settled, then resolves with all their values, so that no statement of a pipelined batch
 * is still in flight when the transaction continues or ends.
 * @throws the reason of the first promise, in the order given, that was rejected
 */
export async function settleAll<const Pending extends readonly Promise<unknown>[]>(...pending: Pending) {
  await Promise.allSettled(pending);
  return Promise.all(pending);
}

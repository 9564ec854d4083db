import type { StoredCall } from '../db/schema.ts';
import type { KnownContact } from './counterparts.ts';
import { directionOfCall } from './direction.ts';
import { type Call, callTimestamp, counterpartLeg, legOf } from './vonage/call.ts';

/** What the lists show of a call, made of all that its events said. */

export type CalledContact = KnownContact & { phone: string };

export type CallContent = ReturnType<typeof contentOfCall>;

/** @param contact whose number is one of the call's; the outcome is that of their leg */
export function contentOfCall(call: Call, contact: CalledContact | undefined, ownNumbers: readonly string[]) {
  // What became of a call of one leg may be told of the call alone.
  const hasLegs = (call.outcomes ?? []).length > 1;
  const leg = !hasLegs ? undefined : contact ? legOf(call, [contact.phone]) : counterpartLeg(call, ownNumbers);
  const parties = leg?.parties ?? call.parties;
  const { from = null, to = null } = parties ?? {};
  const direction = directionOfCall(parties ?? { from, to, direction: null }, ownNumbers);
  const startedAt = callTimestamp(call);
  const stored: StoredCall = {
    status: leg?.status ?? call.status,
    from_number: from,
    to_number: to,
    started_at: startedAt,
    ended_at: leg?.endTime ?? call.endTime,
    duration_seconds: leg ? leg.durationSeconds : call.durationSeconds,
  };
  const other = direction === 'inbound' ? from : to;
  const subject = contact || other ? `Call with ${contact?.name ?? other}` : 'Call';
  return {
    direction,
    stored,
    startedAt,
    subject,
    customerId: contact?.customerId ?? null,
    contactId: contact?.id ?? null,
    recordings: call.recordings,
  };
}

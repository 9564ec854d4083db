import type { StoredCall } from '../db/schema.ts';
import type { CalledContact } from './call-contacts.ts';
import { directionOfCall } from './direction.ts';
import { type Call, callTimestamp, counterpartLeg, legOf } from './vonage/call.ts';

/** The fields of a call's message, derived from all of its events so far. */

export type CallContent = ReturnType<typeof contentOfCall>;

/** @param contact a contact with one of the call's numbers: status, times and duration are then those of that leg */
export function contentOfCall(call: Call, contact: CalledContact | undefined, ownNumbers: readonly string[]) {
  // A call with one leg may have events that name the call only, so its own fields are the better ones.
  const hasLegs = (call.outcomes ?? []).length > 1;
  const leg = !hasLegs
    ? undefined
    : contact
      ? legOf(call, [contact.phone], ownNumbers)
      : counterpartLeg(call, ownNumbers);
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

import type { Direction } from '../../domain/vocabulary.ts';
import type { CallRecording, VonageEvent } from './event.ts';

/**
 * The state of a call, merged from its events. Plain JSON, so that it can be stored and later events merged into it.
 */
export interface Call {
  conversationUuid: string;
  status: string | null;
  rank: number;
  detail: string | null;
  parties: CallParties | null;
  /** Every number of every leg, sorted; in a call that we make, the customer is on the second leg. */
  numbers: string[];
  /** The legs' ids, sorted. */
  legs: string[];
  /** The earliest `start_time`. */
  startTime: string | null;
  /** The earliest time of any event. */
  firstEventAt: string | null;
  /** The latest `end_time`. */
  endTime: string | null;
  /** The duration of the longest leg. */
  durationSeconds: number | null;
  /** Sorted by id. */
  recordings: CallRecording[];
  /** Ids of further conversations, under which legs continued after a transfer; sorted. */
  conversations?: string[];
  /** The state of each leg, sorted by its id. */
  outcomes?: LegOutcome[];
}

/** The state of one leg, that is one party's line. */
export interface LegOutcome
  extends Pick<Call, 'status' | 'rank' | 'detail' | 'parties' | 'endTime' | 'durationSeconds'> {
  uuid: string;
}

export interface CallParties {
  from: string | null;
  to: string | null;
  direction: Direction | null;
  /** The time of the event that named the parties, RFC 3339, and its leg: the first leg has the call's parties. */
  at: string;
  leg: string;
}

/**
 * The call after one more event; `current` is null for the first. Every field is the least or the greatest value of all
 * events, so the result doesn't depend on their order or repetition, and a status never goes back.
 */
export function mergeCall(current: Call | null, event: VonageEvent): Call {
  const call = current ?? emptyCall(callKey(event));
  return {
    conversationUuid: call.conversationUuid,
    ...higherStatus(call, event),
    parties: preferredParties(call.parties, partiesOf(event)),
    numbers: union(call.numbers, [event.from, event.to]),
    legs: union(call.legs, [event.uuid]),
    startTime: earliest(call.startTime, event.recording === null ? event.startTime : null),
    firstEventAt: earliest(call.firstEventAt, event.timestamp ?? event.startTime),
    endTime: latest(call.endTime, event.recording === null ? event.endTime : null),
    durationSeconds: greatest(call.durationSeconds, event.durationSeconds),
    recordings: mergeRecordings(call.recordings, event.recording),
    conversations: union(call.conversations ?? [], [event.conversationUuid, event.conversationUuidTo]).filter(
      (id) => id !== call.conversationUuid,
    ),
    outcomes: mergeOutcomes(call.outcomes ?? [], event),
  };
}

function mergeOutcomes(outcomes: readonly LegOutcome[], event: VonageEvent): LegOutcome[] {
  if (event.uuid === null || event.recording !== null) return [...outcomes];
  const leg = outcomes.find(({ uuid }) => uuid === event.uuid);
  const merged: LegOutcome = {
    uuid: event.uuid,
    ...higherStatus(leg ?? { status: null, rank: 0, detail: null }, event),
    parties: preferredParties(leg?.parties ?? null, partiesOf(event)),
    endTime: latest(leg?.endTime ?? null, event.endTime),
    durationSeconds: greatest(leg?.durationSeconds ?? null, event.durationSeconds),
  };
  const others = outcomes.filter(({ uuid }) => uuid !== merged.uuid);
  return [...others, merged].toSorted((a, b) => compareText(a.uuid, b.uuid));
}

/**
 * The leg of the counterpart. Its status is the call's: an agent's leg is answered before the customer is reached. Of
 * several legs, a leg between the counterpart and one of our numbers counts before one that names an agent, then the
 * longest one, then the latest.
 * @param numbers the counterpart's numbers, E.164
 */
export function legOf(call: Call, numbers: readonly string[], ownNumbers: readonly string[]): LegOutcome | undefined {
  const hasEnd = ({ parties }: LegOutcome, ends: readonly string[]) =>
    [parties?.from, parties?.to].some((number) => typeof number === 'string' && ends.includes(number));
  return (call.outcomes ?? [])
    .filter((leg) => hasEnd(leg, numbers))
    .toSorted(
      (a, b) =>
        Number(hasEnd(b, ownNumbers)) - Number(hasEnd(a, ownNumbers)) ||
        (b.durationSeconds ?? 0) - (a.durationSeconds ?? 0) ||
        compareText(b.parties?.at ?? null, a.parties?.at ?? null),
    )[0];
}

/** The numbers that called us, E.164 where possible. Empty when we called. */
export function callersOf(call: Call, ownNumbers: readonly string[]): string[] {
  const parties = [call.parties, ...(call.outcomes ?? []).map((leg) => leg.parties)];
  return parties.flatMap((ends) => (ends?.from && ends.to && ownNumbers.includes(ends.to) ? [ends.from] : []));
}

/**
 * The counterpart's leg of a call with several legs, when no number belongs to a contact. It is the leg that called us.
 * When we called, it is the number that was called last, because click-to-call rings the agent first. Telephone numbers
 * count before names of applications.
 */
export function counterpartLeg(call: Call, ownNumbers: readonly string[]): LegOutcome | undefined {
  const legs = (call.outcomes ?? []).flatMap((leg) => {
    const { from, to, at = '' } = leg.parties ?? {};
    const isInbound = typeof to === 'string' && ownNumbers.includes(to);
    const number = (isInbound ? from : to) ?? null;
    // A caller who withholds the number may have none at all.
    if (number === null ? !isInbound : ownNumbers.includes(number)) return [];
    return [{ leg, isInbound, isTelephone: number?.startsWith('+') === true, at }];
  });
  const callers = legs.filter(({ isInbound }) => isInbound);
  if (callers.length > 0) return callers.toSorted((a, b) => compareText(a.at, b.at))[0]?.leg;
  return legs.toSorted((a, b) => Number(b.isTelephone) - Number(a.isTelephone) || compareText(b.at, a.at))[0]?.leg;
}

/** Merges two calls that turned out to be one, as if all their events had been events of one call. */
export function joinCalls(a: Call, b: Call): Call {
  const outcomes = [...(a.outcomes ?? [])];
  for (const leg of b.outcomes ?? []) {
    const at = outcomes.findIndex(({ uuid }) => uuid === leg.uuid);
    const same = outcomes[at];
    if (same === undefined) outcomes.push(leg);
    else outcomes[at] = joinLegs(same, leg);
  }
  return {
    conversationUuid: a.conversationUuid,
    ...higherStatus(a, b),
    parties: preferredParties(a.parties, b.parties),
    numbers: union(a.numbers, b.numbers),
    legs: union(a.legs, b.legs),
    startTime: earliest(a.startTime, b.startTime),
    firstEventAt: earliest(a.firstEventAt, b.firstEventAt),
    endTime: latest(a.endTime, b.endTime),
    durationSeconds: greatest(a.durationSeconds, b.durationSeconds),
    recordings: b.recordings.reduce<CallRecording[]>(mergeRecordings, a.recordings),
    conversations: union(a.conversations ?? [], [b.conversationUuid, ...(b.conversations ?? [])]).filter(
      (id) => id !== a.conversationUuid && id !== '',
    ),
    outcomes: outcomes.toSorted((x, y) => compareText(x.uuid, y.uuid)),
  };
}

function joinLegs(a: LegOutcome, b: LegOutcome): LegOutcome {
  return {
    uuid: a.uuid,
    ...higherStatus(a, b),
    parties: preferredParties(a.parties, b.parties),
    endTime: latest(a.endTime, b.endTime),
    durationSeconds: greatest(a.durationSeconds, b.durationSeconds),
  };
}

/** The key that the events of one call share: the conversation's id, else the leg's. */
export function callKey(event: VonageEvent): string {
  return event.conversationUuid ?? event.uuid ?? '';
}

/**
 * When the call began: its earliest known `start_time`, else the earliest event. Null when no event carried any time.
 */
export function callTimestamp(call: Call): string | null {
  return call.startTime ?? call.firstEventAt;
}

function emptyCall(conversationUuid: string): Call {
  return {
    conversationUuid,
    status: null,
    rank: 0,
    detail: null,
    parties: null,
    numbers: [],
    legs: [],
    startTime: null,
    firstEventAt: null,
    endTime: null,
    durationSeconds: null,
    recordings: [],
    conversations: [],
    outcomes: [],
  };
}

type RankedStatus = Pick<Call, 'status' | 'rank' | 'detail'>;

/** The status of the higher rank with its detail. Between equal ranks the order is arbitrary, but always the same. */
function higherStatus(before: RankedStatus, after: RankedStatus): RankedStatus {
  const order =
    before.rank - after.rank || compareText(before.status, after.status) || compareText(before.detail, after.detail);
  const { status, rank, detail } = order >= 0 ? before : after;
  return { status, rank, detail };
}

function partiesOf(event: VonageEvent): CallParties | null {
  if (event.from === null && event.to === null) return null;
  const { from, to, direction } = event;
  return { from, to, direction, at: event.timestamp ?? event.startTime ?? '9999', leg: event.uuid ?? '' };
}

/** The more complete parties; between equally complete ones the earliest, because a later leg calls the next person. */
function preferredParties(a: CallParties | null, b: CallParties | null): CallParties | null {
  if (a === null || b === null) return a ?? b;
  const order =
    gaps(a) - gaps(b) ||
    compareText(a.at, b.at) ||
    compareText(a.leg, b.leg) ||
    compareText(a.from, b.from) ||
    compareText(a.to, b.to) ||
    compareText(a.direction, b.direction);
  return order <= 0 ? a : b;
}

function gaps({ from, to, direction }: CallParties): number {
  return (from === null ? 4 : 0) + (to === null ? 2 : 0) + (direction === null ? 1 : 0);
}

function mergeRecordings(recordings: readonly CallRecording[], added: CallRecording | null): CallRecording[] {
  if (added === null) return [...recordings];
  const same = recordings.find((recording) => recording.id === added.id);
  const merged = {
    id: added.id,
    url: latest(same?.url ?? null, added.url),
    sizeBytes: greatest(same?.sizeBytes ?? null, added.sizeBytes),
    startTime: earliest(same?.startTime ?? null, added.startTime),
    endTime: latest(same?.endTime ?? null, added.endTime),
  };
  const others = recordings.filter((recording) => recording.id !== added.id);
  return [...others, merged].toSorted((a, b) => compareText(a.id, b.id));
}

function union(known: readonly string[], added: readonly (string | null)[]): string[] {
  return [...new Set([...known, ...added.filter((text) => text !== null)])].toSorted();
}

function earliest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a <= b ? a : b;
}

function latest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a >= b ? a : b;
}

function greatest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

/** By code units; null is less than any text. */
function compareText(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  return a < b ? -1 : 1;
}

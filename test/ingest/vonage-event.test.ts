import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Call, callKey, callTimestamp, mergeCall } from '../../src/ingest/vonage/call.ts';
import { CALL_STATUSES, readVonageEvent, statusRank, type VonageEvent } from '../../src/ingest/vonage/event.ts';
import {
  vonageAnswered,
  vonageCall,
  vonageCompleted,
  vonageHuman,
  vonageRecord,
  vonageRinging,
  vonageStarted,
  vonageUnanswered,
} from '../support/vonage-samples.ts';

function read(event: unknown): VonageEvent {
  const reading = readVonageEvent(Buffer.from(JSON.stringify(event)));
  if (reading.kind !== 'event') throw new Error(reading.reason);
  return reading;
}

function callOf(events: readonly VonageEvent[]): Call {
  return events.reduce<Call | null>(mergeCall, null) as Call;
}

describe('readVonageEvent', () => {
  it('reads the end of a call', () => {
    expect(read(vonageCompleted)).toEqual({
      kind: 'event',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      uuid: vonageCompleted.uuid,
      conversationUuid: vonageCompleted.conversation_uuid,
      conversationUuidTo: null,
      status: 'completed',
      rank: 7,
      from: '+442079460000',
      to: '+447700900000',
      direction: 'outbound',
      timestamp: '2026-01-05T12:01:41.000Z',
      startTime: '2026-01-05T12:00:10.000Z',
      endTime: '2026-01-05T12:01:41.000Z',
      durationSeconds: 91,
      recording: null,
      detail: null,
    });
  });

  it('reads empty fields, numbers as text, and text as numbers', () => {
    expect(read(vonageAnswered)).toMatchObject({ status: 'answered', startTime: null, durationSeconds: null });
    expect(read({ ...vonageCompleted, duration: 2.4, start_time: '' })).toMatchObject({
      durationSeconds: 2,
      startTime: null,
    });
    expect(read({ ...vonageCompleted, from: 442079460000 })).toMatchObject({ from: '+442079460000' });
    for (const duration of ['', 'x', -1, '1e9', 99_999_999_999, null, {}, true]) {
      expect(read({ ...vonageCompleted, duration }).durationSeconds).toBeNull();
    }
    expect(read({ ...vonageStarted, timestamp: '2026-01-05 12:00:00' }).timestamp).toBe('2026-01-05T12:00:00.000Z');
    expect(read({ ...vonageStarted, timestamp: '2026-01-05T13:00:00.123456+01:00' }).timestamp).toBe(
      '2026-01-05T12:00:00.123Z',
    );
    expect(read({ ...vonageStarted, timestamp: '2026-01-05 12:00:00 +0000' }).timestamp).toBe(
      '2026-01-05T12:00:00.000Z',
    );
    for (const timestamp of ['', 'now', '2026-13-45T00:00:00Z', '0001-01-01T00:00:00Z', '1970-01-01T00:00:00Z', 5]) {
      expect(read({ ...vonageStarted, timestamp }).timestamp).toBeNull();
    }
  });

  it('reads the leg of a machine detection and a recording without leg and status', () => {
    expect(read(vonageHuman)).toMatchObject({ uuid: vonageHuman.call_uuid, status: 'human', direction: null });
    expect(read(vonageRecord)).toMatchObject({
      uuid: null,
      status: null,
      conversationUuid: vonageRecord.conversation_uuid,
      conversationUuidTo: null,
      recording: {
        id: vonageRecord.recording_uuid,
        url: vonageRecord.recording_url,
        sizeBytes: 12_222,
        startTime: '2026-01-05T12:00:11.000Z',
        endTime: '2026-01-05T12:01:40.000Z',
      },
    });
  });

  it('keeps unknown statuses and callers without a number', () => {
    expect(read({ ...vonageStarted, status: 'Teleported' })).toMatchObject({ status: 'teleported', rank: 0 });
    expect(read({ ...vonageStarted, from: 'anonymous', to: 'sip:alice@sip.example' })).toMatchObject({
      from: 'anonymous',
      to: 'sip:alice@sip.example',
    });
    expect(read({ ...vonageStarted, from: undefined, from_user: 'JaneDoe' }).from).toBe('JaneDoe');
    expect(read({ ...vonageStarted, to: [{ type: 'phone', number: '447700900000' }] }).to).toBe('+447700900000');
    expect(read({ ...vonageStarted, from: 'a\0b' }).from).toBe('a\uFFFDb');
    expect(read(vonageUnanswered)).toMatchObject({ status: 'unanswered', detail: 'no_answer' });
  });

  it('says what it cannot read', () => {
    const reason = (text: string) => readVonageEvent(Buffer.from(text));
    expect(reason('')).toMatchObject({ kind: 'unreadable', reason: 'is not JSON' });
    expect(reason('[]')).toMatchObject({ kind: 'unreadable', reason: 'is not an object' });
    expect(reason('{"status":"started"}')).toMatchObject({ kind: 'unreadable', reason: 'names no call' });
  });

  it('never throws', () => {
    const names = Object.keys({ ...vonageCompleted, ...vonageRecord });
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.jsonValue()), (event) => {
        expect(['event', 'unreadable']).toContain(readVonageEvent(Buffer.from(JSON.stringify(event))).kind);
      }),
    );
  });
});

describe('statusRank', () => {
  it('orders the statuses as a call lives', () => {
    expect(CALL_STATUSES.map(statusRank)).toEqual(CALL_STATUSES.map((_, at) => at + 1));
    expect(statusRank('teleported')).toBe(0);
  });
});

describe('mergeCall', () => {
  const events = vonageCall.map(read);

  it('grows one call from its events', () => {
    const call = callOf(events);
    expect(call).toEqual({
      conversationUuid: vonageStarted.conversation_uuid,
      status: 'completed',
      rank: 7,
      detail: null,
      parties: {
        from: '+442079460000',
        to: '+447700900000',
        direction: 'outbound',
        at: '2026-01-05T12:00:00.000Z',
        leg: vonageStarted.uuid,
      },
      numbers: ['+442079460000', '+447700900000'],
      legs: [vonageStarted.uuid],
      startTime: '2026-01-05T12:00:10.000Z',
      firstEventAt: '2026-01-05T12:00:00.000Z',
      endTime: '2026-01-05T12:01:41.000Z',
      durationSeconds: 91,
      recordings: [
        {
          id: vonageRecord.recording_uuid,
          url: vonageRecord.recording_url,
          sizeBytes: 12_222,
          startTime: '2026-01-05T12:00:11.000Z',
          endTime: '2026-01-05T12:01:40.000Z',
        },
      ],
      conversations: [],
      outcomes: [
        {
          uuid: vonageStarted.uuid,
          ...{ status: 'completed', rank: 7, detail: null, parties: call.parties },
          ...{ endTime: '2026-01-05T12:01:41.000Z', durationSeconds: 91 },
        },
      ],
    });
    expect(callTimestamp(call)).toBe('2026-01-05T12:00:10.000Z');
    expect(JSON.parse(JSON.stringify(call))).toEqual(call);
  });

  it('takes the earliest event for the start of a call that was never answered', () => {
    const call = callOf([vonageUnanswered, vonageRinging, vonageStarted].map(read));
    expect(call).toMatchObject({ status: 'unanswered', detail: 'no_answer', durationSeconds: null });
    expect(callTimestamp(call)).toBe('2026-01-05T12:00:00.000Z');
  });

  it('names the parties of the first leg and the numbers of all', () => {
    const second = {
      ...vonageAnswered,
      uuid: 'leg-2',
      from: '442079460000',
      to: '4930123456',
      timestamp: '2026-01-05T12:00:20.000Z',
    };
    const call = callOf([second, vonageStarted].map(read));
    expect(call.parties).toMatchObject({ from: '+442079460000', to: '+447700900000' });
    expect(call.numbers).toEqual(['+442079460000', '+447700900000', '+4930123456']);
    expect(call.legs).toEqual([vonageStarted.uuid, 'leg-2']);
    expect(call.status).toBe('answered');
  });

  it('never goes back, whatever comes late or twice', () => {
    let call: Call | null = null;
    let rank = 0;
    for (const event of [...events, ...events.toReversed(), read({ ...vonageStarted, status: 'teleported' })]) {
      call = mergeCall(call, event);
      expect(call.rank).toBeGreaterThanOrEqual(rank);
      rank = call.rank;
    }
    expect(call).toEqual(callOf(events));
  });

  const time = fc.integer({ min: 0, max: 5 }).map((seconds) => `2026-01-05T12:00:0${seconds}.000Z`);
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const anyEvent = fc
    .record({
      conversation_uuid: fc.constant('CON-1'),
      uuid: maybe(fc.constantFrom('leg-1', 'leg-2', 'leg-3')),
      status: maybe(fc.constantFrom(...CALL_STATUSES, 'teleported', 'beamed')),
      from: maybe(fc.constantFrom('442079460000', '447700900000', 'anonymous')),
      to: maybe(fc.constantFrom('442079460000', '4930123456')),
      direction: maybe(fc.constantFrom('inbound', 'outbound')),
      timestamp: maybe(time),
      start_time: maybe(time),
      end_time: maybe(time),
      duration: maybe(fc.integer({ min: 0, max: 9 })),
      recording_uuid: maybe(fc.constantFrom('rec-1', 'rec-2')),
      recording_url: maybe(fc.constantFrom('https://files.example/1', 'https://files.example/2')),
      size: maybe(fc.integer({ min: 0, max: 9 })),
      detail: maybe(fc.constantFrom('no_answer', 'cannot_route')),
    })
    .map(read);
  const shuffled = fc
    .array(anyEvent, { minLength: 1, maxLength: 8 })
    .chain((list) =>
      fc.tuple(
        fc.constant(list),
        fc.shuffledSubarray(list, { minLength: list.length }),
        fc.array(fc.constantFrom(...list)),
      ),
    );

  it('gives the same call for any order and any repetition of any events', () => {
    fc.assert(
      fc.property(shuffled, ([inOrder, inAnyOrder, repeated]) => {
        const call = callOf(inOrder);
        expect(callOf(inAnyOrder)).toEqual(call);
        expect(callOf([...repeated, ...inAnyOrder, ...repeated])).toEqual(call);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives the same call for every permutation of a real one', () => {
    const expected = callOf(events);
    const permutations = (list: VonageEvent[]): VonageEvent[][] =>
      list.length < 2
        ? [list]
        : list.flatMap((first, at) => permutations(list.toSpliced(at, 1)).map((rest) => [first, ...rest]));
    const all = permutations(events);
    expect(all).toHaveLength(720);
    for (const order of all) expect(callOf(order)).toEqual(expected);
  });

  it('is keyed by the conversation, else by the leg', () => {
    expect(callKey(read(vonageStarted))).toBe(vonageStarted.conversation_uuid);
    expect(callKey(read({ ...vonageStarted, conversation_uuid: undefined }))).toBe(vonageStarted.uuid);
    expect(callKey(read({ uuid: 'leg-1', conversation_uuid_from: 'CON-1', conversation_uuid_to: 'CON-2' }))).toBe(
      'CON-1',
    );
  });
});

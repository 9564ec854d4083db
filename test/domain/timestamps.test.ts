import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toIsoTimestamp } from '../../src/db/schema/columns.ts';
import { parseDate, parseTimestamp, timestampFault } from '../../src/domain/timestamps.ts';

describe('parseTimestamp (contract §1, Times)', () => {
  test.each([
    ['2026-05-12T14:30:00Z', '2026-05-12T14:30:00.000Z'],
    ['2026-05-12T14:30:00.5+02:00', '2026-05-12T12:30:00.500Z'],
    ['2026-05-12T14:30:00-00:00', '2026-05-12T14:30:00.000Z'],
    ['2026-05-12T23:30:00-03:30', '2026-05-13T03:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
    ['0099-12-31T23:59:59Z', '0099-12-31T23:59:59.000Z'],
  ])('%s is %s', (text, instant) => expect(parseTimestamp(text)).toBe(instant));

  test.each(['2026-05-12T14:30:00', '2026-05-12 14:30:00', '2026-05-12t14:30:00z', '2026-05-12 14:30:00Z'])(
    'without an offset it is UTC, and RFC 3339 allows other letters and a blank: %s',
    (text) => expect(parseTimestamp(text)).toBe('2026-05-12T14:30:00.000Z'),
  );

  test('the fraction is cut, never rounded: rounding 9999 would make it year 10000', () => {
    expect(parseTimestamp('9999-12-31T23:59:59.9996Z')).toBe('9999-12-31T23:59:59.999Z');
    expect(parseTimestamp(`2026-05-12T14:30:00.0009${'9'.repeat(1_000)}Z`)).toBe('2026-05-12T14:30:00.000Z');
    // Before 1970 too, where a careless division rounds the other way.
    expect(parseTimestamp('1960-01-01T00:00:00.0019Z')).toBe('1960-01-01T00:00:00.001Z');
  });

  test('the year counts in UTC, so the offset decides at both ends', () => {
    expect(parseTimestamp('0001-01-01T00:00:00+14:00')).toBeUndefined();
    expect(parseTimestamp('0000-12-31T23:00:00-01:00')).toBe('0001-01-01T00:00:00.000Z');
    expect(parseTimestamp('9999-12-31T23:59:59-00:01')).toBeUndefined();
    expect(parseTimestamp('9999-12-31T23:59:59+00:01')).toBe('9999-12-31T23:58:59.000Z');
  });

  test.each([
    ['a date alone', '2026-05-12'],
    ['no seconds', '2026-05-12T14:30Z'],
    ['second 60', '2026-06-30T23:59:60Z'],
    ['hour 24', '2026-05-12T24:00:00Z'],
    ['minute 60', '2026-05-12T14:60:00Z'],
    ['no such day', '2026-02-30T00:00:00Z'],
    ['no such day in a common year', '2100-02-29T00:00:00Z'],
    ['day 0', '2026-05-00T00:00:00Z'],
    ['month 0', '2026-00-10T00:00:00Z'],
    ['month 13', '2026-13-10T00:00:00Z'],
    ['year 0', '0000-06-01T00:00:00Z'],
    ['a comma', '2026-05-12T14:30:00,5Z'],
    ['an empty fraction', '2026-05-12T14:30:00.Z'],
    ['an offset without a colon', '2026-05-12T14:30:00+0200'],
    ['an offset of 24 hours', '2026-05-12T14:30:00+24:00'],
    ['an offset minute of 60', '2026-05-12T14:30:00+00:60'],
    ['a year of five digits', '+12026-05-12T14:30:00Z'],
    ['a time zone by name', '2026-05-12T14:30:00 UTC'],
    ['blanks around', ' 2026-05-12T14:30:00Z'],
    ['a line feed after', '2026-05-12T14:30:00Z\n'],
    ['other digits', '２０２６-05-12T14:30:00Z'],
    ['a number', '1778596200'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => expect(parseTimestamp(text)).toBeUndefined());

  test('what it makes it takes back unchanged, for every millisecond of the range', () => {
    fc.assert(
      fc.property(fc.integer({ min: -62_135_596_800_000, max: 253_402_300_799_999 }), (milliseconds) => {
        const text = new Date(milliseconds).toISOString();
        expect(parseTimestamp(text)).toBe(text);
      }),
    );
  });
});

describe('timestampFault', () => {
  test.each([
    ['2026-06-30T23:59:60Z', 'Second 60, a leap second, is not accepted.'],
    ['2026-06-30T18:59:60.5-05:00', 'Second 60, a leap second, is not accepted.'],
    ['0000-06-01T00:00:00Z', 'Must be in the years 1 to 9999 in UTC.'],
    ['0001-01-01T00:00:00+14:00', 'Must be in the years 1 to 9999 in UTC.'],
    ['9999-12-31T23:59:59-00:01', 'Must be in the years 1 to 9999 in UTC.'],
  ])('%s is RFC 3339, and refused for what it is', (text, fault) => {
    expect(parseTimestamp(text)).toBeUndefined();
    expect(timestampFault(text)).toBe(fault);
  });

  test.each(['2026-05-12', '2026-05-12T14:60:00Z', '2026-05-12T14:30:00+00:60', '2026-02-30T00:00:60Z', 'x', ''])(
    '%j is none',
    (text) => expect(timestampFault(text)).toBe('Must be an RFC 3339 date-time such as 2026-05-12T14:30:00Z.'),
  );
});

describe('parseDate (contract §1, Dates)', () => {
  test.each(['0001-01-01', '2026-05-31', '2024-02-29', '9999-12-31'])('takes %s', (text) =>
    expect(parseDate(text)).toBe(text),
  );

  test.each(['0000-01-01', '2026-02-29', '2026-5-1', '2026-05-32', '10000-01-01', '2026-05-31T00:00:00Z', ''])(
    'refuses %j',
    (text) => expect(parseDate(text)).toBeUndefined(),
  );
});

describe('toIsoTimestamp', () => {
  test.each([
    ['2026-05-12 14:30:00+00', '2026-05-12T14:30:00.000Z'],
    ['2026-05-12 14:30:00.5+00', '2026-05-12T14:30:00.500Z'],
    ['2026-05-12 14:30:00.724+00', '2026-05-12T14:30:00.724Z'],
    ['2026-05-12T14:30:00+00:00', '2026-05-12T14:30:00.000Z'],
    ['2026-05-12T14:30:00.05+00:00', '2026-05-12T14:30:00.050Z'],
    ['0001-01-01 00:00:00+00', '0001-01-01T00:00:00.000Z'],
  ])('PostgreSQL writes %s, we %s, however often it is read', (raw, instant) => {
    expect(toIsoTimestamp(raw)).toBe(instant);
    expect(toIsoTimestamp(toIsoTimestamp(raw))).toBe(instant);
  });
});

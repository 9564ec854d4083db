import {
  COMMUNICATION_TYPES,
  type CommunicationType,
  DIRECTIONS,
  type Direction,
  SOURCES,
  type Source,
} from '../domain/vocabulary.ts';

/**
 * The count cell of a message: the facets that the lists filter on, which have few values, packed into one small
 * number. The materialised counters are kept by cell, and an index that ends with it can evaluate every such filter.
 * Each facet has bits of its own, with room for its closed set to grow at the end.
 */
export type CountCell = {
  isLatest: boolean;
  communicationType: CommunicationType;
  source: Source;
  direction: Direction;
  requiresResponse: boolean;
  isResolved: boolean;
  /** False for "no" and for "not classified", as in the filter. */
  isArRelated: boolean;
};

export const LATEST = 1;
const AR_RELATED = 2;
const RESOLVED = 4;
const REQUIRES_RESPONSE = 8;
const DIRECTION = 16;
const SOURCE = 32;
const TYPE = 256;

/** Greater than the highest cell, even of a later version with a few more communication types. */
export const CELL_BITS = 16 * TYPE;

/** The number of a cell, as in the generated column `communication_threads.cell`. */
export function cellNumber(cell: CountCell): number {
  return (
    COMMUNICATION_TYPES.indexOf(cell.communicationType) * TYPE +
    SOURCES.indexOf(cell.source) * SOURCE +
    DIRECTIONS.indexOf(cell.direction) * DIRECTION +
    Number(cell.requiresResponse) * REQUIRES_RESPONSE +
    Number(cell.isResolved) * RESOLVED +
    Number(cell.isArRelated) * AR_RELATED +
    Number(cell.isLatest) * LATEST
  );
}

/** The cell of a number that `cellNumber` returned. @throws RangeError for any other number */
export function cellOf(cell: number): CountCell {
  const found = CELLS_BY_NUMBER[cell];
  if (!found) throw new RangeError(`No message has the cell ${cell}.`);
  return found;
}

/** SQL of `cellNumber` over a message's columns; immutable, as a generated column requires. */
export const CELL_SQL = [
  `(array_position(${textArray(COMMUNICATION_TYPES)}, communication_type) - 1) * ${TYPE}`,
  `(array_position(${textArray(SOURCES)}, source) - 1) * ${SOURCE}`,
  `(array_position(${textArray(DIRECTIONS)}, direction) - 1) * ${DIRECTION}`,
  `requires_response::int * ${REQUIRES_RESPONSE}`,
  `is_resolved::int * ${RESOLVED}`,
  `(is_ar_related IS TRUE)::int * ${AR_RELATED}`,
  `is_latest::int * ${LATEST}`,
].join(' + ');

const NOT_BY_DAY = AR_RELATED | RESOLVED | REQUIRES_RESPONSE | DIRECTION;

/** The cell of the counters by day, which has only the type, the source and whether the message is the latest. */
export function dayCellNumber(cell: number): number {
  return cell & ~NOT_BY_DAY;
}

/** SQL of `dayCellNumber`. */
export function dayCellSql(cell: string): string {
  return `(${cell} & ${~NOT_BY_DAY})::smallint`;
}

/** SQL of the UTC date of a `timestamptz`; immutable. */
export function daySql(timestamp: string): string {
  return `(${timestamp} AT TIME ZONE 'UTC')::date`;
}

function textArray(values: readonly string[]): string {
  return `ARRAY[${values.map((value) => `'${value}'`).join(', ')}]`;
}

const ALL_CELLS: readonly CountCell[] = COMMUNICATION_TYPES.flatMap((communicationType) =>
  SOURCES.flatMap((source) => DIRECTIONS.flatMap((direction) => flags({ communicationType, source, direction }))),
);

function flags(closed: Pick<CountCell, 'communicationType' | 'source' | 'direction'>): CountCell[] {
  return Array.from({ length: DIRECTION }, (_, bits) => ({
    ...closed,
    isLatest: (bits & LATEST) > 0,
    isArRelated: (bits & AR_RELATED) > 0,
    isResolved: (bits & RESOLVED) > 0,
    requiresResponse: (bits & REQUIRES_RESPONSE) > 0,
  }));
}

const CELLS_BY_NUMBER: readonly (CountCell | undefined)[] = ALL_CELLS.reduce<CountCell[]>((byNumber, cell) => {
  byNumber[cellNumber(cell)] = cell;
  return byNumber;
}, []);

/** The numbers of all cells that match a filter. */
export function cellNumbers(matches: (cell: CountCell) => boolean): number[] {
  return ALL_CELLS.filter(matches).map(cellNumber);
}

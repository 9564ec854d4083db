import { dayCellNumber } from '../../db/count-cell.ts';
import type { BinaryRows } from './copy-format.ts';

/** The number of a company's messages in one count cell. */
export type CountedCell = { company_id: string; cell: number; rows: number };

/** Counts messages by company and count cell. */
export class CellCounts {
  readonly #counted = new Map<string, CountedCell>();

  add({ company_id, cell, rows }: CountedCell): void {
    const key = `${company_id}/${cell}`;
    const known = this.#counted.get(key);
    if (known) known.rows += rows;
    else this.#counted.set(key, { company_id, cell, rows });
  }

  all(): CountedCell[] {
    return [...this.#counted.values()];
  }
}

/**
 * Counts the messages of a piece by company, UTC day and count cell. A whole file may have as many of these as
 * messages.
 */
export class DayCounts {
  readonly #counted = new Map<string, { companyId: string; day: string; cell: number; messages: number }>();

  /** @param timestamp RFC 3339 in UTC */
  add(companyId: string, timestamp: string, cell: number): void {
    const [day, dayCell] = [timestamp.slice(0, 10), dayCellNumber(cell)];
    const key = `${companyId} ${day} ${dayCell}`;
    const known = this.#counted.get(key);
    if (known) known.messages += 1;
    else this.#counted.set(key, { companyId, day, cell: dayCell, messages: 1 });
  }

  /** Writes the counts as rows of `CREATED_BY_DAY`. */
  write(rows: BinaryRows): void {
    for (const { companyId, day, cell, messages } of this.#counted.values()) {
      rows.row(4);
      rows.uuid(companyId);
      rows.date(day);
      rows.smallint(cell);
      rows.integer(messages);
    }
  }
}

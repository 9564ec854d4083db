import { LINE_TYPES, type LineType } from '../line-schema.ts';
import { CellCounts } from './cell-counts.ts';

/** Number of valid lines by type. */
export type LineCounts = Map<LineType, number>;

export type LineOutcome = 'created' | 'replaced' | 'unchanged';
export type LineOutcomes = Record<LineOutcome, number>;

/** Number of created and replaced rows by type, as in the audit trail's details. */
export type CompanyChanges = Record<'created' | 'replaced', Partial<Record<LineType, number>>>;

/** Counts the outcomes of lines: by type for the command's output, by company for the audit trail. */
export class Tally {
  readonly #lines: LineCounts;
  readonly #byType = new Map<LineType, { created: number; replaced: number }>();
  readonly #byCompany = new Map<string, CompanyChanges>();
  /** New messages by company and count cell. */
  readonly cells = new CellCounts();

  constructor(lines: LineCounts) {
    this.#lines = lines;
  }

  lines(type: LineType): number {
    return this.#lines.get(type) ?? 0;
  }

  add(type: LineType, outcome: 'created' | 'replaced', counted: { company_id: string | null; rows: number }[]): void {
    const ofType = this.#byType.get(type) ?? { created: 0, replaced: 0 };
    this.#byType.set(type, ofType);
    for (const { company_id: companyId, rows } of counted) {
      ofType[outcome] += rows;
      if (companyId === null) continue;
      const ofCompany = this.#byCompany.get(companyId) ?? { created: {}, replaced: {} };
      this.#byCompany.set(companyId, ofCompany);
      ofCompany[outcome][type] = (ofCompany[outcome][type] ?? 0) + rows;
    }
  }

  /** Outcomes of the types that the file has. */
  byType(): Partial<Record<LineType, LineOutcomes>> {
    const outcomes: Partial<Record<LineType, LineOutcomes>> = {};
    for (const type of LINE_TYPES) {
      const lines = this.lines(type);
      if (lines === 0) continue;
      const { created, replaced } = this.#byType.get(type) ?? { created: 0, replaced: 0 };
      outcomes[type] = { created, replaced, unchanged: lines - created - replaced };
    }
    return outcomes;
  }

  /** By id: the companies with a created or replaced row. */
  changedCompanies(): ReadonlyMap<string, CompanyChanges> {
    return this.#byCompany;
  }

  created(type: LineType): number {
    return this.#byType.get(type)?.created ?? 0;
  }

  replaced(type: LineType): number {
    return this.#byType.get(type)?.replaced ?? 0;
  }
}

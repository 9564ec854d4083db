import { LINE_TYPES, type LineType } from '../line-schema.ts';
import { CellCounts } from './cell-counts.ts';

/** How many lines there are of each type, the faulty ones left out. */
export type LineCounts = Map<LineType, number>;

export type Outcome = 'created' | 'replaced' | 'unchanged';
export type Outcomes = Record<Outcome, number>;

/** Rows by type. */
export type CompanyChanges = Record<'created' | 'replaced', Partial<Record<LineType, number>>>;

/** What became of the lines: by type for the person, by company for the audit trail. */
export class Tally {
  readonly #lines: LineCounts;
  readonly #byType = new Map<LineType, { created: number; replaced: number }>();
  readonly #byCompany = new Map<string, CompanyChanges>();
  /** Messages that are new, by their kinds. */
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

  /** Types of which there were lines. */
  byType(): Partial<Record<LineType, Outcomes>> {
    const outcomes: Partial<Record<LineType, Outcomes>> = {};
    for (const type of LINE_TYPES) {
      const lines = this.lines(type);
      if (lines === 0) continue;
      const { created, replaced } = this.#byType.get(type) ?? { created: 0, replaced: 0 };
      outcomes[type] = { created, replaced, unchanged: lines - created - replaced };
    }
    return outcomes;
  }

  /** Companies with something new or changed, by id. */
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

/** An error in a line of the file. Lines are numbered from 1. */
export type Fault = { line: number; reason: string };

export const REPORTED_FAULTS = 50;

/** Collects faults: keeps the first fifty, by line, and the number of all. */
export class Faults {
  count = 0;
  #first: Fault[] = [];

  add(line: number, reason: string, more = 0): void {
    this.count += 1 + more;
    this.#first.push({ line, reason });
    if (this.#first.length >= 2 * REPORTED_FAULTS) this.#first = this.#sorted();
  }

  get first(): Fault[] {
    return this.#sorted();
  }

  #sorted(): Fault[] {
    return this.#first.sort((one, other) => one.line - other.line).slice(0, REPORTED_FAULTS);
  }
}

/** The file has faults, so nothing of it was imported. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
  readonly faults: Fault[];
  readonly count: number;

  constructor(faults: Faults) {
    super(`Nothing was imported: ${faults.count} ${faults.count === 1 ? 'error' : 'errors'} in the file.`);
    this.faults = faults.first;
    this.count = faults.count;
  }
}

import type { Faults } from './faults.ts';
import { reportTo } from './report-faults.ts';
import type { ImportSession } from './session.ts';
import { RECORDS, type RecordType } from './staging-tables.ts';

/** The limits of an import that may write to one company only. */
export type Confinement = {
  companyId: string;
  /** Whether users and memberships are allowed. A user line replaces the user in every company that they belong to. */
  withMembers: boolean;
};

/**
 * Reports every line that would write to anything but the given company, so that files of other people can be imported.
 */
export async function checkCompany(session: ImportSession, faults: Faults, confinement: Confinement): Promise<void> {
  const report = reportTo(session, faults);
  for (const [type, record] of Object.entries<RecordType>(RECORDS)) {
    const { where, reason } = forbidden(type, record, confinement);
    if (where === undefined) continue;
    const found = `SELECT s.line FROM ${record.staging} s WHERE ${where}`;
    await report(found, () => reason, where.includes('$1') ? [confinement.companyId] : []);
  }
}

function forbidden(
  type: string,
  { key, columns }: RecordType,
  { companyId, withMembers }: Confinement,
): { where: string | undefined; reason: string } {
  const another = `is of another company than ${companyId}, to which this import is confined`;
  if (type === 'company') return { where: 's.id IS DISTINCT FROM $1::uuid', reason: another };
  if ((type === 'user' || type === 'membership') && !withMembers)
    return { where: 'true', reason: `a ${type} is imported into one company only with --with-members` };
  const hasCompany = key.includes('company_id') || 'company_id' in columns;
  return { where: hasCompany ? 's.company_id IS DISTINCT FROM $1::uuid' : undefined, reason: another };
}

import type { Faults } from './faults.ts';
import { report } from './report-faults.ts';
import type { ImportSession } from './session.ts';
import { RECORDS, type RecordType } from './staging-tables.ts';

/** What an import may write when it is confined to one company. */
export type Confinement = {
  companyId: string;
  /** Users and memberships too: a user line replaces that user, whichever companies they belong to. */
  withMembers: boolean;
};

/** A file that somebody else made writes to that company and to nothing else. */
export async function checkCompany(session: ImportSession, faults: Faults, confinement: Confinement): Promise<void> {
  for (const [type, record] of Object.entries<RecordType>(RECORDS)) {
    const { where, reason } = forbidden(type, record, confinement);
    if (where === undefined) continue;
    const found = `SELECT s.line FROM ${record.staging} s WHERE ${where}`;
    await report(session, faults, found, () => reason, where.includes('$1') ? [confinement.companyId] : []);
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

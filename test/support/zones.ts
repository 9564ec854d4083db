/** Two zones whose days differ at every moment. */
export const AHEAD = 'Pacific/Kiritimati';
export const BEHIND = 'Etc/GMT+12';

/** `YYYY-MM-DD`, a day that has passed in AHEAD but not in BEHIND, and stays so for at least two hours. */
export function dayPassedOnlyAhead(): string {
  const yesterday = new Date(Date.now() - 24 * 3_600_000);
  return new Intl.DateTimeFormat('en-CA', { timeZone: AHEAD }).format(yesterday);
}

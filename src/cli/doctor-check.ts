/** The result of one check of `comms doctor`. `advice` says what the operator should do. */
export type Check = { state: 'ok' | 'warning' | 'failed'; subject: string; finding: string; advice?: string };

export function ok(subject: string, finding: string): Check {
  return { state: 'ok', subject, finding };
}

export function warning(subject: string, finding: string, advice: string): Check {
  return { state: 'warning', subject, finding, advice };
}

export function failed(subject: string, finding: string, advice: string): Check {
  return { state: 'failed', subject, finding, advice };
}

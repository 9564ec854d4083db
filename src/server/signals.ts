/** What asks a process to stop: Ctrl+C in a terminal, a supervisor, a terminal that is closed. */
export const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How long the processor worked, in milliseconds: other processes of the machine don't lengthen it. */
export function processorMilliseconds(work: () => void): number {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

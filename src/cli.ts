#!/usr/bin/env node
import { versionFault } from './cli/node-version.ts';

// Imported only then: an older Node doesn't even read the rest.
const fault = versionFault(process.versions.node);
if (fault === undefined) await (await import('./cli/program.ts')).runCommandLine(process.argv);
else {
  process.stderr.write(`${fault}\n`);
  process.exitCode = 1;
}

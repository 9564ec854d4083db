import { readFileSync } from 'node:fs';

/** The version of the server, as the package names it. Beside `dist/` as beside `src/`. */
export const VERSION: string = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).version;

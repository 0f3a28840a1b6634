/**
 * The start of the doctor, in plain JavaScript for the same reason as `start.mjs`: an older Node cannot read
 * TypeScript. Nothing newer than what Node 12 understands stands in this file.
 */
const NEEDED = 24;
const found = process.versions.node;

if (Number.parseInt(found, 10) < NEEDED) {
  process.stderr.write(
    `Latchbolt needs Node.js ${NEEDED} or newer, but this is Node.js ${found}: get a newer one from https://nodejs.org/en/download and start again.\n`,
  );
  process.exitCode = 1;
} else {
  void import('./doctor/main.ts');
}

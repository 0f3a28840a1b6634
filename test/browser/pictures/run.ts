/**
 * `npm run pictures`: takes the README's pictures from the running demo, anew and always in the same way. With words
 * after `--`, only those: `npm run pictures -- codes home`.
 */
import { after } from './after.ts';
import { codes } from './codes.ts';
import { doors } from './doors.ts';
import { home } from './home.ts';
import { names } from './names.ts';
import { notices } from './notices.ts';
import { past } from './past.ts';
import { film } from './studio.ts';

const scenes = { doors, home, names, after, codes, notices, past };
const wanted = process.argv.slice(2);
for (const [name, scene] of Object.entries(scenes)) {
  if (wanted.length === 0 || wanted.includes(name)) await film(scene, { workflow: true });
}

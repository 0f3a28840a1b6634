import type { Feature } from '../feature.ts';
import { connect } from './connect/index.ts';
import { disconnect } from './disconnect/index.ts';
import { door } from './door/index.ts';
import { helpAbout } from './help/index.ts';
import { history } from './history/index.ts';
import { list } from './list/index.ts';
import { pause } from './pause/index.ts';
import { workflow } from './workflow/index.ts';

const doing: readonly Feature[] = [list, connect, disconnect, door, history, pause, workflow];

/** Everything that a person can do. A new feature is one more line here. */
export const features: readonly Feature[] = [...doing, helpAbout(doing)];

import type { Feature } from '../feature.ts';
import { alias } from './alias/index.ts';
import { connect } from './connect/index.ts';
import { disconnect } from './disconnect/index.ts';
import { door } from './door/index.ts';
import { favourite } from './favourite/index.ts';
import { helpAbout } from './help/index.ts';
import { home } from './home/index.ts';
import { list } from './list/index.ts';
import { named } from './named/index.ts';
import { shortcut } from './shortcut/index.ts';

const doing: readonly Feature[] = [list, home, named, favourite, alias, connect, disconnect, door, shortcut];

/** Everything that a person can do. A new feature is one more line here. */
export const features: readonly Feature[] = [...doing, helpAbout(doing)];

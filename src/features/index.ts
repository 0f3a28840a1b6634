import type { Feature } from '../feature.ts';
import { autolock } from './autolock/index.ts';
import { connect } from './connect/index.ts';
import { disconnect } from './disconnect/index.ts';
import { door } from './door/index.ts';
import { follow } from './follow/index.ts';
import { helpAbout } from './help/index.ts';
import { list } from './list/index.ts';

const doing: readonly Feature[] = [list, connect, disconnect, autolock, door, follow];

/** Everything that a person can do. A new feature is one more line here. */
export const features: readonly Feature[] = [...doing, helpAbout(doing)];

import type { Feature } from '../feature.ts';
import { alias } from './alias/index.ts';
import { autolock } from './autolock/index.ts';
import { codes } from './codes/index.ts';
import { connect } from './connect/index.ts';
import { disconnect } from './disconnect/index.ts';
import { door } from './door/index.ts';
import { favourite } from './favourite/index.ts';
import { follow } from './follow/index.ts';
import { helpAbout } from './help/index.ts';
import { history } from './history/index.ts';
import { home } from './home/index.ts';
import { list } from './list/index.ts';
import { named } from './named/index.ts';
import { notices } from './notices/index.ts';
import { pause } from './pause/index.ts';
import { shortcut } from './shortcut/index.ts';
import { workflow } from './workflow/index.ts';

const doing: readonly Feature[] = [
  list,
  home,
  named,
  favourite,
  alias,
  autolock,
  codes,
  connect,
  disconnect,
  history,
  notices,
  pause,
  door,
  follow,
  shortcut,
  workflow,
];

/** Everything that a person can do. A new feature is one more line here. */
export const features: readonly Feature[] = [...doing, helpAbout(doing)];

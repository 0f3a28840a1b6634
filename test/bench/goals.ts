/** One goal: a bound that a figure must keep. The table and the JSON are made from this. */
export interface Goal {
  readonly figure: string;
  readonly unit: string;
  /** Decimal places that say something. */
  readonly digits: number;
  readonly bound: { readonly kind: 'at most' | 'at least' | 'less than'; readonly value: number };
}

const atMost = (value: number) => ({ kind: 'at most', value }) as const;
const atLeast = (value: number) => ({ kind: 'at least', value }) as const;
const lessThan = (value: number) => ({ kind: 'less than', value }) as const;

/** Every goal of the bench, in the order of the table. */
export const goals = {
  ackCommand: {
    figure: 'to the ack of a command, ours / bare Bolt',
    unit: '×',
    digits: 2,
    bound: atMost(0.5),
  },
  ackClick: { figure: 'to the ack of a click, ours / bare Bolt', unit: '×', digits: 2, bound: atMost(0.5) },
  floorCommand: {
    figure: 'the same command, ours / the parsed floor',
    unit: '×',
    digits: 2,
    bound: atMost(1.7),
  },
  floorClick: { figure: 'the same click, ours / the parsed floor', unit: '×', digits: 2, bound: atMost(1.7) },
  socket: { figure: 'Socket Mode envelopes, ours / raw ws', unit: '×', digits: 2, bound: atLeast(0.8) },
  locks: { figure: 'a whole /locks, ours / guide', unit: '×', digits: 2, bound: atMost(0.6) },
  unlock: { figure: 'a whole unlock, ours / guide', unit: '×', digits: 2, bound: atMost(0.6) },
  beyond: { figure: 'click to unlock POST, beyond one round trip', unit: 'ms', digits: 1, bound: atMost(5) },
  told: { figure: 'lock done to message says so', unit: 'ms', digits: 0, bound: atMost(150) },
  callsLocks: { figure: 'Seam calls for /locks', unit: '', digits: 0, bound: atMost(1) },
  callsUnlock: {
    figure: 'Seam calls for an unlock, beside the polls',
    unit: '',
    digits: 0,
    bound: atMost(2),
  },
  openP50: {
    figure: 'ack p50, 50 a second, Seam slow, database busy',
    unit: 'ms',
    digits: 1,
    bound: lessThan(10),
  },
  openP99: { figure: 'ack p99, the same', unit: 'ms', digits: 0, bound: lessThan(500) },
  openMax: { figure: 'slowest ack, the same', unit: 'ms', digits: 0, bound: atMost(2_500) },
  start: {
    figure: 'start to first ack, ours / bare Bolt with the SDK',
    unit: '×',
    digits: 2,
    bound: atMost(0.8),
  },
  idle: {
    figure: 'resident memory idle, ours / bare Bolt with the SDK',
    unit: '×',
    digits: 2,
    bound: atMost(1.1),
  },
  tokens: { figure: 'memory for 20,000 workspaces', unit: 'MB', digits: 0, bound: atMost(50) },
  lookup: { figure: 'one lookup, most people / 1,000 people', unit: '×', digits: 2, bound: atMost(3) },
  journal: { figure: 'one journal write, most rows / 1,000 rows', unit: '×', digits: 2, bound: atMost(3) },
  manyCalls: { figure: 'Seam calls for /locks with 1,000 doors', unit: '', digits: 0, bound: atMost(3) },
  manyTime: {
    figure: '/locks with 1,000 doors / 10 doors, beyond Seam',
    unit: '×',
    digits: 2,
    bound: atMost(2),
  },
} as const satisfies Record<string, Goal>;

export type GoalName = keyof typeof goals;

/** Whether the figure keeps the goal's bound. */
export function isReached({ bound }: Goal, value: number): boolean {
  switch (bound.kind) {
    case 'at most':
      return value <= bound.value;
    case 'at least':
      return value >= bound.value;
    case 'less than':
      return value < bound.value;
  }
}

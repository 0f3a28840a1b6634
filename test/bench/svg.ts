import type { Measure } from './rows/row.ts';

/** A group of bars: the row of measures that it shows, and its title. */
const GROUPS: readonly { readonly row: string; readonly title: string }[] = [
  { row: 'ack of a command', title: 'Until a command is acknowledged' },
  { row: 'ack of a click', title: 'Until a click is acknowledged' },
  { row: 'a whole /locks', title: 'A whole /locks' },
  { row: 'a whole unlock', title: 'A whole unlock' },
];
/** The twin and the second floor say something to whoever reads the table. */
const SHOWN = ['floor', 'ours', 'bare Bolt', 'guide'];
const NAMES: Readonly<Record<string, string>> = {
  floor: 'node:http alone',
  ours: 'Latchbolt',
  'bare Bolt': 'bare Bolt',
  guide: "Seam's guide, plain Bolt",
};

const WIDTH = 760;
const LEFT = 190;
const LONGEST = WIDTH - LEFT - 90;
const BAR = 18;
const STEP = 26;
const TITLE = 34;
const HEAD = 56;
const GAP = 14;

const STYLE = `
  text { font: 13px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #24292f; }
  .head { font-size: 16px; font-weight: 600; }
  .title { font-weight: 600; }
  .small { font-size: 12px; fill: #57606a; }
  .bar { fill: #afb8c1; }
  .ours { fill: #1a7f5a; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; }
    .small { fill: #9198a1; }
    .bar { fill: #57606a; }
    .ours { fill: #3fb68b; }
  }`;

/** The picture of the README: processor time of one, each group on a scale of its own. */
export function pictureOf(measures: readonly Measure[], about: string): string {
  let y = HEAD;
  const parts: string[] = [];
  for (const { row, title } of GROUPS) {
    const bars = measures
      .filter((measure) => measure.row === row && SHOWN.includes(measure.server))
      .toSorted((a, b) => a.us.median - b.us.median);
    if (bars.length === 0) continue;
    const most = Math.max(...bars.map(({ us }) => us.median));
    parts.push(`<text class="title" x="16" y="${y + 14}">${title}</text>`);
    y += TITLE - 8;
    for (const { server, us } of bars) {
      const width = Math.max(2, (us.median / most) * LONGEST);
      const name = NAMES[server] ?? server;
      parts.push(
        `<text x="${LEFT - 10}" y="${y + 14}" text-anchor="end">${name}</text>`,
        `<rect class="bar${server === 'ours' ? ' ours' : ''}" x="${LEFT}" y="${y}" width="${width.toFixed(1)}" height="${BAR}" rx="3"/>`,
        `<text x="${(LEFT + width + 8).toFixed(1)}" y="${y + 14}">${timeOf(us.median)}</text>`,
      );
      y += STEP;
    }
    y += GAP;
  }
  const height = y + 24;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="Processor time of one interaction, shorter is better">
<style>${STYLE}
</style>
<text class="head" x="16" y="30">Processor time, shorter is better</text>
${parts.join('\n')}
<text class="small" x="16" y="${height - 10}">${about}</text>
</svg>
`;
}

function timeOf(us: number): string {
  return us < 1_000 ? `${us.toFixed(0)} µs` : `${(us / 1_000).toFixed(1)} ms`;
}

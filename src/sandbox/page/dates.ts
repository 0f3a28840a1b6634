/** Slack's `<!date^…>` tokens, in the reader's own time zone. Pure. */

type Shape = Intl.DateTimeFormatOptions;

const shapes = new Map<string, Shape>(
  Object.entries({
    date_num: { year: 'numeric', month: '2-digit', day: '2-digit' },
    date: { year: 'numeric', month: 'long', day: 'numeric' },
    date_short: { year: 'numeric', month: 'short', day: 'numeric' },
    date_long: { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long' },
    time: { hour: 'numeric', minute: '2-digit' },
    time_secs: { hour: 'numeric', minute: '2-digit', second: '2-digit' },
  } satisfies Record<string, Shape>),
);

function dayNumber(date: Date): number {
  return Math.round(new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime() / 86_400_000);
}

/** `today`, `yesterday` or `tomorrow`, or null for any other day. */
export function nearDay(date: Date, now: Date): string | null {
  return { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' }[dayNumber(date) - dayNumber(now)] ?? null;
}

/** How long ago, or how soon, in the largest whole unit. */
function ago(date: Date, now: Date): string {
  const seconds = (date.getTime() - now.getTime()) / 1000;
  const units: [Intl.RelativeTimeFormatUnit, number][] = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
  ];
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  for (const [unit, size] of units) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return 'just now';
}

function fill(name: string, date: Date, now: Date): string | null {
  if (name === 'ago') return ago(date, now);
  const pretty = name.endsWith('_pretty');
  const shape = shapes.get(pretty ? name.slice(0, -'_pretty'.length) : name);
  if (!shape) return null;
  const near = pretty ? nearDay(date, now) : null;
  return near ?? new Intl.DateTimeFormat('en', shape).format(date);
}

/** A date token's text: its format with each `{name}` filled in, or the fallback when a name is unknown. */
export function dateText(at: number, format: string, fallback: string, now: Date): string {
  const date = new Date(at * 1000);
  let known = !Number.isNaN(date.getTime());
  const text = format.replace(/\{([a-z_]+)\}/g, (whole, name: string) => {
    const filled = known ? fill(name, date, now) : null;
    if (filled === null) known = false;
    return filled ?? whole;
  });
  return known ? text : fallback;
}

/** Seconds since 1970 as a `datetime-local` field shows them, in local time; empty for none. */
export function localMoment(seconds: string): string {
  if (seconds === '') return '';
  const date = new Date(Number(seconds) * 1000);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The reverse: what a `datetime-local` field holds, as seconds since 1970; empty for none. */
export function momentOf(local: string): string {
  const ms = Date.parse(local);
  return Number.isNaN(ms) ? '' : String(Math.floor(ms / 1000));
}

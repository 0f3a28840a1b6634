/** Secrets that are watched for, each in every writing in which it could leak. */

/** What makes a needle too short to be anybody's secret, bytes. */
const SHORTEST = 8;

/** A secret, and where in some bytes one of its writings stands; null for nowhere. */
interface Canary {
  readonly name: string;
  find(bytes: Buffer): number | null;
}

/** One secret that was found where it must not be. */
export interface Hit {
  readonly canary: string;
  readonly place: string;
  /** What stands before it, so that the leak can be found; never the secret itself. */
  readonly before: string;
}

/** All secrets that were ever in use. They are learned as the bot gets them, and looked for at the end. */
export class Canaries {
  readonly #known = new Map<string, Canary>();

  get size(): number {
    return this.#known.size;
  }

  /** A text, or bytes that are not one (the encryption key). The same again is the same canary. */
  add(name: string, secret: string | Buffer): void {
    const bytes = Buffer.from(secret);
    const id = bytes.toString('hex');
    if (bytes.length < SHORTEST || this.#known.has(id)) return;
    const needles = Buffer.isBuffer(secret) ? asBytes(secret) : asText(secret);
    const find = (where: Buffer) => needles.map((needle) => where.indexOf(needle)).find((at) => at !== -1);
    this.#known.set(id, { name, find: (where) => find(where) ?? null });
  }

  /**
   * A PIN: few digits, which stand by chance in many an id or moment. It is found where it stands alone, as people would
   * write it: together, or with a space after each.
   */
  addPin(digits: string): void {
    const alone = new RegExp(`(?<![\\da-f.])${[...digits].join(' ?')}(?![\\da-f])`, 'i');
    const find = (where: Buffer) => {
      const at = where.toString('latin1').search(alone);
      return at === -1 ? null : at;
    };
    this.#known.set(`PIN ${digits}`, { name: 'a PIN', find });
  }

  /** Every canary in these bytes, each at most once. */
  findIn(bytes: Buffer, place: string): Hit[] {
    return [...this.#known.values()].flatMap(({ name, find }) => {
      const at = find(bytes);
      if (at === null) return [];
      const before = bytes.subarray(Math.max(0, at - 80), at).toString();
      return [{ canary: name, place, before: before.replaceAll(/[^ -~]/g, '.') }];
    });
  }
}

function asBytes(secret: Buffer): Buffer[] {
  return [secret, ...asText(secret.toString('base64')), ...hexes(secret)];
}

function asText(secret: string): Buffer[] {
  const escaped = JSON.stringify(secret).slice(1, -1);
  const percent = encodeURIComponent(secret);
  const texts = [
    secret,
    secret.replaceAll('+', '-').replaceAll('/', '_'),
    escaped,
    JSON.stringify(escaped).slice(1, -1),
    escaped.replaceAll('/', '\\/'),
    escaped.replaceAll('/', '\\u002f'),
    percent,
    percent.toLowerCase(),
    encodeURIComponent(percent),
    secret.replaceAll('&', '&amp;'),
    ...base64s(Buffer.from(secret)),
  ];
  return [...[...new Set(texts)].map((text) => Buffer.from(text)), ...hexes(Buffer.from(secret))];
}

function hexes(secret: Buffer): Buffer[] {
  const hex = secret.toString('hex');
  return [Buffer.from(hex), Buffer.from(hex.toUpperCase())];
}

/** How it looks inside of something longer in base64: there are three ways, without what depends on the neighbours. */
function base64s(secret: Buffer): string[] {
  return [0, 1, 2].flatMap((shift) => {
    const whole = Buffer.concat([Buffer.alloc(shift), secret])
      .toString('base64')
      .replace(/=+$/, '');
    const inner = whole.slice(shift === 0 ? 0 : shift + 1, -2);
    return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSealer, SealError } from '../src/seal.ts';

const key = randomBytes(32);
const context = 'unlock.response_url:7';
const text = 'https://hooks.slack.com/actions/T1/2/CANARY';

/** The error that `act` throws, which must be a SealError that gives nothing away. */
function refusal(act: () => unknown): SealError {
  try {
    act();
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    expect(error.cause).toBeUndefined();
    expect(`${error.stack}${JSON.stringify(error)}`).not.toContain('CANARY');
    return error;
  }
  throw new Error('it was not refused');
}

describe('createSealer', () => {
  it('gives back any text, with any context', () => {
    const sealer = createSealer(key);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ minLength: 1 }), (secret, place) => {
        expect(sealer.open(sealer.seal(secret, place), place)).toBe(secret);
      }),
    );
  });

  it('writes a versioned format that does not show the text, and never the same one twice', () => {
    const sealer = createSealer(key);
    const sealed = Array.from({ length: 100 }, () => sealer.seal(text, context));
    expect(new Set(sealed).size).toBe(100);
    expect(new Set(sealed.map((one) => one.split('.')[1])).size).toBe(100);
    for (const one of sealed) expect(one).toMatch(/^v1\.[\w-]{16}\.[\w-]+\.[\w-]{22}$/);
    const shown = Buffer.from(sealed[0]?.split('.')[2] ?? '', 'base64url').toString('latin1');
    expect(shown).not.toContain('CANARY');
  });

  it('opens what another sealer with the same key has sealed, even after the given key was cleared', () => {
    const given = Buffer.from(key);
    const sealer = createSealer(given);
    given.fill(0);
    expect(createSealer(key).open(sealer.seal(text, context), context)).toBe(text);
  });

  it('does not open with another key or for another place', () => {
    const sealed = createSealer(key).seal(text, context);
    refusal(() => createSealer(randomBytes(32)).open(sealed, context));
    refusal(() => createSealer(key).open(sealed, 'unlock.response_url:8'));
    refusal(() => createSealer(key).open(sealed, ''));
  });

  it('notices a change of any byte of any part', () => {
    const sealer = createSealer(key);
    const parts = sealer.seal(text, context).split('.');
    for (const part of [1, 2, 3]) {
      const bytes = Buffer.from(parts[part] ?? '', 'base64url');
      for (let at = 0; at < bytes.length; at += 1) {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] ?? 0) ^ 1;
        const sealed = parts.with(part, changed.toString('base64url')).join('.');
        refusal(() => sealer.open(sealed, context));
      }
    }
  });

  it.each([
    '',
    'CANARY',
    'v1',
    'v1...',
    'v2.AAAAAAAAAAAAAAAA..AAAAAAAAAAAAAAAAAAAAAA',
    'v1.CANARY.CANARY.CANARY',
  ])('refuses %j, which is no sealed text', (sealed) => {
    expect(refusal(() => createSealer(key).open(sealed, context)).message).toContain(
      'not in the sealed format',
    );
  });

  it('refuses a shortened tag', () => {
    const sealer = createSealer(key);
    const parts = sealer.seal(text, context).split('.');
    refusal(() => sealer.open(parts.with(3, (parts[3] ?? '').slice(0, 6)).join('.'), context));
  });

  it('refuses a key of another length and a place without a name', () => {
    refusal(() => createSealer(randomBytes(16)));
    refusal(() => createSealer(Buffer.alloc(0)));
    refusal(() => createSealer(key).seal(text, ''));
  });
});

/**
 * Sealing: how a secret is kept in the database. AES-256-GCM encrypts it and notices any change, and each sealed text
 * is bound to the place it was made for.
 */
import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import type { SafeToLog } from './redact.ts';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** `v1.<iv>.<encrypted text>.<tag>`, each part in base64url. */
const FORMAT = /^v1\.([\w-]{16})\.([\w-]*)\.([\w-]{22})$/;

/** Thrown when sealing or opening is refused. It holds neither the text nor the sealed text nor why exactly. */
export class SealError extends Error implements SafeToLog {
  override readonly name = 'SealError';
  /** The message is one of a few fixed sentences. */
  readonly safeToLog = true;
}

/** Seals and opens texts with one key. */
export interface Sealer {
  /**
   * Encrypts `text` for one place. Each call gives a different result, even for the same text.
   *
   * @param context names the place, e.g. `unlock.response_url:<row id>`; never empty, and not secret
   * @throws {SealError} when `context` is empty
   */
  seal(text: string, context: string): string;
  /**
   * Gives back what was sealed for this very `context`.
   *
   * @throws {SealError} when it was sealed with another key or for another place, was changed, or is no sealed text
   */
  open(sealed: string, context: string): string;
}

/** What the encryption covers without hiding it: the version of the format, and the place. */
function covered(context: string): Buffer {
  if (context === '') throw new SealError('A secret can only be sealed for a named place.');
  return Buffer.from(`v1:${context}`);
}

/**
 * Makes a sealer. The key is copied, so that the caller may clear its own.
 *
 * @param key 32 bytes
 * @throws {SealError} when the key has another length
 */
export function createSealer(key: Buffer): Sealer {
  if (key.length !== KEY_BYTES) throw new SealError('The encryption key is not 32 bytes long.');
  const secret = createSecretKey(key);
  return {
    seal(text, context) {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', secret, iv, { authTagLength: TAG_BYTES });
      cipher.setAAD(covered(context));
      const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const parts = [iv, hidden, cipher.getAuthTag()].map((part) => part.toString('base64url'));
      return ['v1', ...parts].join('.');
    },
    open(sealed, context) {
      const aad = covered(context);
      const [, iv, hidden, tag] = FORMAT.exec(sealed) ?? [];
      if (iv === undefined || hidden === undefined || tag === undefined) {
        throw new SealError('A stored secret is not in the sealed format.');
      }
      try {
        const decipher = createDecipheriv('aes-256-gcm', secret, Buffer.from(iv, 'base64url'), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(aad).setAuthTag(Buffer.from(tag, 'base64url'));
        const text = Buffer.concat([decipher.update(Buffer.from(hidden, 'base64url')), decipher.final()]);
        return text.toString('utf8');
      } catch {
        // Node's own error is left out on purpose: nothing about the text may travel with ours.
        throw new SealError(
          'A stored secret cannot be opened: it was changed, moved, or sealed with another key.',
        );
      }
    },
  };
}

import { open, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { WebClient } from '@slack/web-api';
import { Agent, request } from 'undici';
import { z } from 'zod';
import type { Log } from '../log.ts';
import type { SafeToLog } from '../redact.ts';

/** A file that is on its way into Slack, and that nobody sees yet. */
interface UploadedFile {
  readonly id: string;
}

/** Slack's way of taking files, in its three steps. */
export interface Files {
  /**
   * Hands a file to Slack, piece by piece, so that one of any length takes the same memory. Throws a FileError when Slack
   * does not take it, and whatever the pieces throw.
   */
  upload(name: string, pieces: AsyncIterable<string>): Promise<UploadedFile>;
  /** Shows it in a channel, once. Throws a FileError when Slack does not. */
  share(file: UploadedFile, channelId: string, title: string): Promise<void>;
}

/** A file did not get into Slack. The message says at which step, and holds no secret. */
class FileError extends Error implements SafeToLog {
  override readonly name = 'FileError';
  /** One of a few sentences of our own. */
  readonly safeToLog = true;
}

/** How long the bytes may take, and their connection, ms: their person waits for them, or for a word. */
const UPLOAD_TIMEOUT_MS = 15_000;
const CONNECT_MS = 3_000;

const announced = z.object({ upload_url: z.url({ protocol: /^https?$/ }), file_id: z.string().min(1) });

/**
 * Posts only to Slack's own host for files or to the configured base, with a timeout and without redirects: what is in a
 * file is its person's own.
 */
export function createFiles(options: {
  client: WebClient;
  /** The configured base of every Slack call; its origin may be posted to. */
  slackApiUrl: string;
  newId: () => string;
  log: Log;
}): Files {
  const { client, newId, log } = options;
  const ownOrigin = new URL(options.slackApiUrl).origin;
  const agent = new Agent({ connect: { timeout: CONNECT_MS } });

  const isSlacks = (url: string): boolean => {
    const { origin, protocol, hostname } = new URL(url);
    return origin === ownOrigin || (protocol === 'https:' && hostname === 'files.slack.com');
  };

  const announce = async (name: string, length: number) => {
    try {
      const { upload_url: url, file_id: id } = announced.parse(
        await client.files.getUploadURLExternal({ filename: name, length }),
      );
      if (isSlacks(url)) return { url, id };
    } catch (error) {
      log.warn({ err: error }, 'Slack gave no address for a file');
      throw new FileError('no address');
    }
    log.error('Slack gave an address for a file that is not its own');
    throw new FileError('an address that is not Slack’s');
  };

  const post = async (url: string, length: number, body: Readable): Promise<number> => {
    try {
      const { statusCode, body: answer } = await request(url, {
        dispatcher: agent,
        method: 'POST',
        headers: { 'content-type': 'application/octet-stream', 'content-length': String(length) },
        body,
        signal: AbortSignal.timeout(UPLOAD_TIMEOUT_MS),
      });
      await answer.dump();
      return statusCode;
    } catch (error) {
      // The address is a secret, and an error of undici could hold it.
      log.warn({ code: error instanceof Error ? error.name : 'unknown' }, 'a file was not taken');
      throw new FileError('not taken');
    }
  };

  return {
    async upload(name, pieces) {
      // Slack wants the length first. The file has no name on the disk while it is filled: nothing is left of it, however
      // this process ends.
      const path = join(tmpdir(), `latchbolt-${newId()}`);
      const spool = await open(path, 'wx+', 0o600);
      try {
        await unlink(path);
        let length = 0;
        for await (const piece of pieces) {
          await spool.appendFile(piece);
          length += Buffer.byteLength(piece);
        }
        const { url, id } = await announce(name, length);
        const content = spool.createReadStream({ start: 0, autoClose: false });
        const status = await post(url, length, content);
        if (status !== 200) throw new FileError(`status ${status}`);
        return { id };
      } finally {
        await spool.close();
      }
    },

    async share({ id }, channelId, title) {
      try {
        await client.files.completeUploadExternal({ files: [{ id, title }], channel_id: channelId });
      } catch (error) {
        log.warn({ err: error }, 'Slack did not show a file');
        throw new FileError('not shown');
      }
    },
  };
}

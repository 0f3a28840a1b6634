/** Files on their way into the workspace: an address for each, then its bytes, then where it is shared. */
import { randomBytes } from 'node:crypto';
import type { File } from './drive.ts';

const MOST_KEPT = 1_000;
/** Slack takes a gigabyte; a workspace may take less, and this one does. */
export const MOST_FILE_BYTES = 10 * 1024 * 1024;
const MIMETYPES: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  pdf: 'application/pdf',
  png: 'image/png',
  txt: 'text/plain',
};

/** A file that was announced, and what became of it since. */
interface Upload {
  id: string;
  name: string;
  size: number;
  secret: string;
  bytes: Buffer | null;
  completed: boolean;
}

/** What an upload address answers: everything in, or what is wrong with it. */
export type Uploaded = { ok: true; bytes: number } | { ok: false; status: number; error: string };

export class Files {
  private readonly origin: () => string;
  private readonly byId = new Map<string, Upload>();
  private count = 0;

  constructor(origin: () => string) {
    this.origin = origin;
  }

  /** An address for the bytes of one file; the oldest go when there are too many. */
  announce(name: string, size: number): { upload_url: string; file_id: string } {
    this.count += 1;
    const id = `F0${String(this.count).padStart(9, '0')}`;
    const secret = randomBytes(18).toString('base64url');
    this.byId.set(id, { id, name, size, secret, bytes: null, completed: false });
    const oldest = this.byId.keys().next();
    if (this.byId.size > MOST_KEPT && oldest.done !== true) this.byId.delete(oldest.value);
    return { upload_url: `${this.origin()}/upload/v1/${secret}`, file_id: id };
  }

  /** Takes the bytes; until the file is completed they can be sent again, as after a torn connection. */
  upload(secret: string, bytes: Buffer): Uploaded {
    const upload = [...this.byId.values()].find((one) => one.secret === secret);
    if (upload === undefined || upload.completed) return { ok: false, status: 404, error: 'not found' };
    if (bytes.length !== upload.size) {
      return { ok: false, status: 400, error: `${upload.size} bytes were announced, ${bytes.length} came` };
    }
    upload.bytes = bytes;
    return { ok: true, bytes: bytes.length };
  }

  /** Completes files, all or none, each once. */
  complete(ids: string[]): { ok: true; files: File[] } | { ok: false; error: string } {
    const uploads = ids.map((id) => this.byId.get(id)).filter((one) => one !== undefined);
    const files = uploads.flatMap(asFile);
    if (files.length < ids.length) return { ok: false, error: 'file_not_found' };
    if (uploads.some(({ completed }) => completed)) return { ok: false, error: 'file_update_failed' };
    for (const upload of uploads) upload.completed = true;
    return { ok: true, files };
  }
}

/** The file, once its bytes are there. */
function asFile({ id, name, size, bytes }: Upload): File[] {
  if (bytes === null) return [];
  return [{ id, name, mimetype: mimetypeOf(name), size, content: bytes.toString('utf8') }];
}

function mimetypeOf(name: string): string {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return MIMETYPES[ending] ?? 'application/octet-stream';
}

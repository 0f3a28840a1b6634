/** What may be written to the log of anything: without secrets, and of errors only what is harmless. */

/**
 * What an error of our own declares (`readonly safeToLog = true`) when its message was written by us and cannot hold
 * a secret. The message of any other error stays out of the log: an HTTP client's may hold a URL with a token.
 */
export interface SafeToLog {
  readonly safeToLog: true;
}

const REDACTED = '[redacted]';
const DEEPEST = 8;
const MOST_INNER_ERRORS = 5;
const MOST_FRAMES = 6;

/** Secrets that are known by their shape, wherever they stand. None of these can run past a JSON string's end. */
const shapes: readonly RegExp[] = [
  /(?:xox[a-z]\.)?(?:xox[a-z]|xapp|xwfp)-[\w.%-]{4,}/gi,
  /seam_(?:(?=[\w-]*[0-9A-Z])[\w-]{4,}|(?:apikey|test|cst|pk)[\w-]*)/g,
  /whsec_[\w+/=-]+/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*/g,
  /(?:hooks|files)\.slack(?:-gov)?\.com(?:[^\s"'<>\\]|\\\/)*/gi,
  /https?:(?:\\?\/){2}(?:[^\s"'<>\\]|\\\/)*connect_?-?webviews?(?:[^\s"'<>\\]|\\\/)*/gi,
];

/** Secrets that follow a telling word; the word stays, so that the line can still be understood. */
const introduced: readonly RegExp[] = [
  /(\b(?:Bearer|Basic)\s+)[^\s"'\\,]+/gi,
  /((?:^|[?&;#\s"'([{])(?:[\w-]*(?:token|secret|password|api_?key)|ticket|code|state|signature|response_url|upload_url)=)[^\s"'&#<>\\]+/gim,
];

/** Secrets inside JSON or printed objects that arrived as text, as Bolt's debug lines do. */
const quoted: readonly RegExp[] = [
  /((?:token|secret|password|api_?key|authorization|(?:response|upload)_url|\burl)\\*["']?\s*:\s*\\*["'])[^"'\\]+/gi,
  /(\bcode(?:\\*["']\s*:\s*\\*["']?|\s*:\s*["']))\d{3,}/gi,
];

/** A line of text without what could be a secret in it. */
export function redactLine(line: string): string {
  let result = line;
  for (const shape of shapes) result = result.replace(shape, REDACTED);
  for (const shape of introduced) result = result.replace(shape, `$1${REDACTED}`);
  return result;
}

function redactText(text: string): string {
  let result = redactLine(text);
  for (const shape of quoted) result = result.replace(shape, `$1${REDACTED}`);
  return result;
}

const secretNames = new Set(['url', 'responseurl', 'uploadurl', 'webviewurl', 'code', 'accesscode', 'pin']);
const secretEndings = /(?:token|secret|password|apikey|encryptionkey|authorization|cookie|ticket)$/;

function isSecretName(name: string): boolean {
  const plain = name.toLowerCase().replaceAll(/[^a-z]/g, '');
  return secretNames.has(plain) || secretEndings.test(plain);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Reads one property; a getter that throws counts as absent, because logging must never be what fails. */
function property(value: unknown, name: string): unknown {
  try {
    return isRecord(value) ? value[name] : undefined;
  } catch {
    return undefined;
  }
}

/** Whether it has what an error has, be it an `Error` or not. */
export function isErrorLike(value: unknown): boolean {
  if (value instanceof Error) return true;
  if (!isRecord(value) || typeof property(value, 'message') !== 'string') return false;
  return ['name', 'stack', 'isAxiosError', 'config', 'cause'].some((name) => name in value);
}

/** Slack's and Bolt's errors whose messages are fixed sentences with a code in them. */
const slackCodesWithSafeMessage = new Set([
  'slack_webapi_platform_error',
  'slack_webapi_http_error',
  'slack_webapi_rate_limited_error',
  'slack_bolt_receiver_ack_multiple_error',
  'slack_bolt_receiver_authenticity_error',
]);

/**
 * Of Seam's errors only the plain API error keeps its message. "Invalid input" may repeat an input (an access code),
 * and "unauthorized" may repeat the key.
 */
const seamNamesWithSafeMessage = new Set(['SeamHttpApiError', 'SeamHttpInvalidResponseError']);

function safeMessage(error: unknown): string | undefined {
  const message = property(error, 'message');
  if (typeof message !== 'string') return undefined;
  const code = property(error, 'code');
  const known =
    property(error, 'safeToLog') === true ||
    (typeof code === 'string' && slackCodesWithSafeMessage.has(code)) ||
    seamNamesWithSafeMessage.has(String(property(error, 'name')));
  return known ? redactText(message) : undefined;
}

/** A short word such as an error code or a request id; anything longer or odder is left out. */
function word(value: unknown): string | number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^[\w.:-]{1,80}$/.test(value) ? redactText(value) : undefined;
}

/** Why a connection failed, e.g. `ECONNREFUSED`: the only thing that is taken from an inner error. */
function networkCode(error: unknown): string | undefined {
  for (const name of ['cause', 'original']) {
    const code = property(property(error, name), 'code');
    if (typeof code === 'string' && /^(?:E[A-Z]{2,14}|(?:ERR|UND_ERR|CERT)_[A-Z_]{2,40})$/.test(code)) {
      return code;
    }
  }
  return undefined;
}

/** Where it happened: file, line and column alone, since a function's name or the message could be anything. */
function frames(error: unknown): readonly string[] | undefined {
  const stack = property(error, 'stack');
  if (typeof stack !== 'string') return undefined;
  const message = property(error, 'message');
  const rest = typeof message === 'string' && message !== '' ? stack.replace(message, '') : stack;
  const places = rest
    .split('\n')
    .map((line) => /^\s+at .*?((?:file:\/\/|node:|\/)[\w@+/.:-]*:\d+:\d+)\)?$/.exec(line)?.[1])
    .filter((place) => place !== undefined);
  return places.length > 0 ? places.slice(0, MOST_FRAMES) : undefined;
}

function innerErrors(error: unknown): readonly ReducedError[] | undefined {
  const inner = property(error, 'errors') ?? property(error, 'originals');
  if (!Array.isArray(inner) || inner.length === 0 || !inner.every(isErrorLike)) return undefined;
  return inner.slice(0, MOST_INNER_ERRORS).map((one) => reduceError(one));
}

/** What is left of an error in the log. A field that the error does not have, or that is not safe, is absent. */
interface ReducedError {
  readonly name: string;
  readonly message?: string | undefined;
  readonly code?: string | number | undefined;
  readonly statusCode?: string | number | undefined;
  readonly status?: string | number | undefined;
  readonly requestId?: string | number | undefined;
  readonly networkCode?: string | undefined;
  readonly errors?: readonly ReducedError[] | undefined;
  readonly at?: readonly string[] | undefined;
}

/** What may stand in the log of an error: its kind, and what is known to be no secret. */
export function reduceError(error: unknown): ReducedError {
  const name = word(property(error, 'name'));
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: safeMessage(error),
    code: word(property(error, 'code')),
    statusCode: word(property(error, 'statusCode')),
    status: word(property(error, 'status')),
    requestId: word(property(error, 'requestId')),
    networkCode: networkCode(error),
    errors: innerErrors(error),
    at: frames(error),
  };
}

/** A copy of `value` that may be written: `above` are the objects that it stands in, to find circles and depth. */
export function clean(value: unknown, above: readonly object[] = []): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (!isRecord(value)) return value;
  if (isErrorLike(value)) return reduceError(value);
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return '[bytes]';
  if (above.includes(value)) return '[circular]';
  if (above.length >= DEEPEST) return '[deeper]';
  return cleanObject(value, [...above, value]);
}

function cleanObject(value: Record<string, unknown>, above: readonly object[]): unknown {
  if (Array.isArray(value)) return value.map((item) => clean(item, above));
  const toJSON = property(value, 'toJSON');
  if (typeof toJSON === 'function') return cleanJson(value, toJSON, above);
  const result: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const inner = property(value, name);
    const hide = isSecretName(name) && inner !== null && inner !== undefined;
    result[redactText(name)] = hide ? REDACTED : clean(inner, above);
  }
  return result;
}

function cleanJson(value: object, toJSON: unknown, above: readonly object[]): unknown {
  try {
    return typeof toJSON === 'function' ? clean(Reflect.apply(toJSON, value, []), above) : undefined;
  } catch {
    return '[unreadable]';
  }
}

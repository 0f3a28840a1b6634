import { SeamHttpApiError, SeamHttpInvalidInputError } from 'seam';
import { describe, expect, it } from 'vitest';
import { boltLogger, createLog, type LogOptions } from '../src/log.ts';

/** A value that no line may ever hold, whatever is logged. */
const CANARY = 'CANARY9d1f';

function recorder(level: LogOptions['level'] = 'trace') {
  const lines: string[] = [];
  const log = createLog({ level, destination: { write: (line) => lines.push(line) } });
  const text = (): string => lines.join('');
  const last = (): Record<string, unknown> => JSON.parse(lines.at(-1) ?? '{}');
  return { log, lines, text, last };
}

/** What axios throws: the request with its headers and body, and a message that may hold a URL. */
function axiosError(): Error {
  return Object.assign(new Error(`Request to https://example.org/?token=${CANARY} failed: ${CANARY}`), {
    name: 'AxiosError',
    isAxiosError: true,
    code: 'ERR_BAD_RESPONSE',
    status: 502,
    config: { headers: { Authorization: `Bearer seam_${CANARY}` }, data: `{"code":"${CANARY}"}` },
    request: { path: `/devices?secret=${CANARY}` },
    response: { data: CANARY, headers: { 'set-cookie': CANARY } },
    toJSON: () => ({ config: CANARY }),
  });
}

function seamError(message = 'Device is offline'): Error {
  const cause = axiosError();
  return new SeamHttpApiError({ type: 'device_offline', message, data: { pin: CANARY } }, 400, 'req-1', {
    cause,
  });
}

/** Every secret shape that has to vanish wherever it stands. */
const shapes: Readonly<Record<string, string>> = {
  'bot token': `xoxb-1234-${CANARY}`,
  'user token': `xoxp-1-${CANARY}`,
  'rotated token': `xoxe.xoxb-1-${CANARY}`,
  'refresh token': `xoxe-1-${CANARY}`,
  'app token': `xapp-1-A0-${CANARY}`,
  'Seam key': `seam_apikey1_${CANARY}`,
  'Seam test key': `seam_test${CANARY}`,
  'Seam key with hyphens': `seam_test-${CANARY}-${CANARY}`,
  'Seam session': `seam_cst1${CANARY}`,
  'webhook secret': `whsec_${CANARY}+/=`,
  'response URL': `https://hooks.slack.com/commands/T1/2/${CANARY}`,
  'response URL of GovSlack': `https://hooks.slack-gov.com/actions/T1/${CANARY}`,
  'escaped response URL': `https:\\/\\/hooks.slack.com\\/actions\\/T1\\/${CANARY}`,
  'upload URL': `https://files.slack.com/upload/v1/${CANARY}`,
  'encoded response URL': `response_url=https%3A%2F%2Fhooks.slack.com%2F${CANARY}`,
  'connect webview': `https://connect.getseam.com/connect_webviews/view?connect_webview_id=1&auth_token=${CANARY}`,
  'connect webview, escaped': `https:\\/\\/connect.getseam.com\\/connect_webviews\\/view\\/${CANARY}`,
  'connect webview, by path': `https://connect.getseam.com/connect_webviews/${CANARY}`,
  'console session': `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIx${CANARY}.${CANARY}`,
  'token in a query': `/redirect?a=1&token=${CANARY}`,
  'Socket Mode ticket': `wss://wss-primary.slack.com/link/?ticket=${CANARY}&app_id=1`,
  bearer: `authorization: Bearer ${CANARY}`,
  'JSON in text': `{"token":"${CANARY}","response_url":"${CANARY}","upload_url":"${CANARY}"}`,
  'JSON in JSON in text': `{\\"token\\":\\"${CANARY}\\"}`,
  'printed object': `{ apiKey: '${CANARY}', url: '${CANARY}' }`,
};

describe('createLog', () => {
  it('writes JSON lines with a level as a word, an ISO time and nothing about the machine', () => {
    const { log, lines, last } = recorder();
    log.info({ door: 'd1' }, 'unlocked');
    expect(lines).toHaveLength(1);
    expect(lines[0]?.endsWith('\n')).toBe(true);
    expect(last()).toEqual({ level: 'info', time: expect.any(String), door: 'd1', msg: 'unlocked' });
    expect(new Date(String(last().time)).toISOString()).toBe(last().time);
  });

  it('keeps to its level', () => {
    const { log, lines } = recorder('warn');
    log.info('no');
    log.warn('yes');
    expect(lines).toHaveLength(1);
  });

  it.each(Object.entries(shapes))(
    'redacts a %s in a message, a value, a name, a child and a format',
    (_, secret) => {
      const { log, text, lines } = recorder();
      log.info(`got ${secret} here`);
      log.info({ note: secret, list: [{ deep: [secret] }], [secret]: 1 }, secret);
      log.child({ note: secret }).info('child');
      log.info('one %s', secret);
      log.info('an object %o', { note: secret });
      log.error(new Error(secret));
      expect(text()).not.toContain(CANARY);
      for (const line of lines) expect(() => JSON.parse(line)).not.toThrow();
    },
  );

  it('redacts a token that only the finished line holds in one piece', () => {
    const { log, text } = recorder();
    log.info('xoxb-%s', CANARY);
    expect(text()).not.toContain(CANARY);
  });

  it.each([
    'token',
    'botToken',
    'client_session_token',
    'response_url',
    'upload_url',
    'url',
    'authorization',
    'Authorization',
    'apiKey',
    'x-api-key',
    'secret',
    'signingSecret',
    'password',
    'code',
    'encryptionKey',
  ])('redacts the value under the name %s, at any depth and whatever its type', (name) => {
    const { log, text } = recorder();
    log.info({ [name]: CANARY, inner: [{ [name]: { value: CANARY } }] });
    log.child({ [name]: CANARY }).info('child');
    const child = log.child({});
    child.setBindings({ [name]: CANARY });
    child.info('bindings');
    log
      .child({})
      .child({ [name]: [CANARY] })
      .info('grandchild');
    expect(text()).not.toContain(CANARY);
    expect(text()).toContain(`"${name}":"[redacted]"`);
  });

  it("redacts a door's code in text, and only the digits", () => {
    const { log, last } = recorder();
    log.info('body: {"code":"4711","n":2} {"code": 4712} { code: \'4713\' } closed (code: 1006)');
    expect(last().msg).toBe(
      'body: {"code":"[redacted]","n":2} {"code": [redacted]} { code: \'[redacted]\' } closed (code: 1006)',
    );
  });

  it('leaves ordinary words alone', () => {
    const { log, last } = recorder();
    const values = {
      code_kind: 'pin pad',
      statusCode: 404,
      type: 'seam_not_found',
      warning: 'seam_bridge_disconnected',
      url: null,
      note: 'the code is invalid: device_offline; https://example.org/help?page=2',
      when: new Date(0),
      many: 1n,
    };
    log.info(values, 'Door "Front" at C:\\temp said: 100% done');
    expect(last()).toMatchObject({
      ...values,
      when: '1970-01-01T00:00:00.000Z',
      many: '1',
      msg: 'Door "Front" at C:\\temp said: 100% done',
    });
  });

  it.each([
    ['alone', (error: unknown) => [error]],
    ['with a message', (error: unknown) => [error, 'it failed']],
    ['as err', (error: unknown) => [{ err: error }, 'it failed']],
    ['under another name', (error: unknown) => [{ problem: error }]],
    ['nested in a list', (error: unknown) => [{ attempts: [{ result: { error } }] }]],
    ['in a format', (error: unknown) => ['it failed: %o %s %j', error, error, error]],
    ['as the cause of another', (error: unknown) => [new Error('outer', { cause: error })]],
    ['in an aggregate', (error: unknown) => [new AggregateError([error, error], CANARY)]],
  ])('reduces errors %s', (_, args) => {
    const { log, text } = recorder();
    const plain = { ...axiosError(), message: CANARY, stack: CANARY };
    for (const error of [axiosError(), seamError(), plain]) {
      Reflect.apply(log.error, log, args(error));
      Reflect.apply(log.child({ last: error }).error, log, args(error));
    }
    expect(text()).not.toContain(CANARY);
  });

  it('says what is known of a Seam error', () => {
    const { log, last } = recorder();
    log.error({ err: seamError() }, 'Seam refused');
    expect(last()).toMatchObject({
      level: 'error',
      msg: 'Seam refused',
      err: {
        name: 'SeamHttpApiError',
        message: 'Device is offline',
        code: 'device_offline',
        statusCode: 400,
        requestId: 'req-1',
      },
    });
    expect(Object.keys(Object(last().err))).toEqual([
      'name',
      'message',
      'code',
      'statusCode',
      'requestId',
      'networkCode',
      'at',
    ]);
  });

  it('keeps the message of an error that may repeat an input to itself', () => {
    const { log, last, text } = recorder();
    const data = { type: 'invalid_input', message: `code ${CANARY} is taken` };
    log.error(new SeamHttpInvalidInputError(data, 400, 'req-2'));
    expect(text()).not.toContain(CANARY);
    expect(last()).toMatchObject({ msg: 'SeamHttpInvalidInputError', err: { code: 'invalid_input' } });
  });

  it('redacts even in a message that it keeps', () => {
    const { log, text, last } = recorder();
    log.error(seamError(`bad key seam_test_${CANARY}`));
    expect(text()).not.toContain(CANARY);
    expect(last().msg).toBe('bad key [redacted]');
  });

  it('keeps the message of an error of our own, and of nobody else', () => {
    const { log, last } = recorder();
    class Ours extends Error {
      override readonly name = 'Ours';
      readonly safeToLog = true;
    }
    log.error(new Ours('the key file is too open'));
    expect(last()).toMatchObject({ msg: 'the key file is too open', err: { name: 'Ours' } });
    log.error(new TypeError('something else'));
    expect(last()).toMatchObject({ msg: 'TypeError', err: { name: 'TypeError' } });
    expect(last().err).not.toHaveProperty('message');
  });

  it('says where an unexpected error happened, and why a connection failed', () => {
    const { log, last } = recorder();
    const cause = Object.assign(new Error(CANARY), { code: 'ECONNREFUSED' });
    log.error(new TypeError(`a message\n    at ${CANARY} (/etc/${CANARY}.ts:1:1)`, { cause }));
    const err = JSON.stringify(last().err);
    expect(err).toContain('log.test.ts:');
    expect(err).toContain('"networkCode":"ECONNREFUSED"');
    expect(err).not.toContain(CANARY);
  });

  it('survives circles, depth, throwing getters, bytes and unreadable objects', () => {
    const { log, last } = recorder();
    const circle: Record<string, unknown> = { name: 'circle' };
    circle.self = circle;
    let deep: unknown = 'bottom';
    for (let i = 0; i < 50; i += 1) deep = { deep };
    const hostile = {
      get boom() {
        throw new Error(CANARY);
      },
      toJSON() {
        throw new Error(CANARY);
      },
    };
    log.info({ circle, deep, hostile, bytes: Buffer.from(CANARY), nothing: undefined });
    expect(last()).toMatchObject({
      circle: { self: '[circular]' },
      hostile: '[unreadable]',
      bytes: '[bytes]',
    });
  });

  it('takes long hostile text in reasonable time', () => {
    const { log } = recorder();
    const begun = performance.now();
    for (const part of [
      'https://',
      'seam_',
      'token',
      '&a',
      '"',
      'hooks.slack.com',
      'a',
      '\\/',
      '\n    at ',
    ]) {
      log.info(part.repeat(20_000 / part.length));
    }
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe('boltLogger', () => {
  it('passes text on, redacted', () => {
    const { log, last, text } = recorder();
    const logger = boltLogger(log);
    logger.warn('Slow', `answer from wss://slack.test/?ticket=${CANARY}`, { token: CANARY, n: 1 });
    expect(last()).toMatchObject({ level: 'warn', from: 'bolt' });
    expect(last().msg).toBe(
      'Slow answer from wss://slack.test/?ticket=[redacted] {"token":"[redacted]","n":1}',
    );
    logger.error(`xoxb-${CANARY}`);
    logger.info(`xapp-1-${CANARY}`);
    logger.debug(`{"response_url":"${CANARY}"}`);
    expect(text()).not.toContain(CANARY);
  });

  it('reduces errors', () => {
    const { log, last, text } = recorder();
    boltLogger(log).error(axiosError());
    expect(last()).toMatchObject({ msg: 'Bolt reported an error', err: { name: 'AxiosError', status: 502 } });
    boltLogger(log).error('HTTP error 502', axiosError());
    expect(last()).toMatchObject({ msg: 'HTTP error 502', err: { code: 'ERR_BAD_RESPONSE' } });
    expect(text()).not.toContain(CANARY);
  });

  it('does not touch debug arguments above the debug level', () => {
    const { log, lines } = recorder('info');
    let touched = false;
    boltLogger(log).debug({ toJSON: () => (touched = true) });
    expect(lines).toHaveLength(0);
    expect(touched).toBe(false);
  });

  it.each([
    ['trace', 'debug'],
    ['debug', 'debug'],
    ['info', 'info'],
    ['warn', 'warn'],
    ['error', 'error'],
    ['fatal', 'error'],
    ['silent', 'error'],
  ] as const)('at %s tells Bolt %s, and Bolt cannot change it', (level, told) => {
    const { log, lines } = recorder(level);
    const logger = boltLogger(log);
    expect(logger.getLevel()).toBe(told);
    logger.setLevel(logger.getLevel());
    logger.setName('anything');
    expect(logger.getLevel()).toBe(told);
    expect(lines).toHaveLength(0);
  });
});

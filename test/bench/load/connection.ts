import { connect, type Socket } from 'node:net';

/**
 * A kept connection that sends one request at a time. It reads no more of an answer than it must, so that the
 * generator is quicker than what it drives.
 */
export class Connection {
  readonly #port: number;
  #socket: Socket | undefined;
  #answered: PromiseWithResolvers<number> | undefined;
  #read = '';

  constructor(port: number) {
    this.#port = port;
  }

  /** Sends a whole request and resolves with the status; 0 when the connection was lost. */
  async send(request: string): Promise<number> {
    this.#socket ??= await this.#open();
    if (this.#socket === undefined) return 0;
    const answered = Promise.withResolvers<number>();
    this.#answered = answered;
    this.#socket.write(request);
    return answered.promise;
  }

  close(): void {
    this.#socket?.destroy();
  }

  /** Undefined when nobody listens there. */
  #open(): Promise<Socket | undefined> {
    const opened = Promise.withResolvers<Socket | undefined>();
    const socket = connect({ port: this.#port, host: '127.0.0.1', noDelay: true });
    socket.setEncoding('latin1');
    socket.on('connect', () => opened.resolve(socket));
    // Nothing to do: `close` follows.
    socket.on('error', () => undefined);
    socket.on('data', (text: string) => this.#hear(text));
    socket.on('close', () => {
      this.#socket = undefined;
      opened.resolve(undefined);
      this.#answer(0);
    });
    return opened.promise;
  }

  #hear(text: string): void {
    this.#read += text;
    const head = this.#read.indexOf('\r\n\r\n');
    if (head === -1 || !isWhole(this.#read, head)) return;
    const status = Number(this.#read.slice(9, 12));
    if (/\r\nconnection: close/i.test(this.#read.slice(0, head + 2))) {
      this.#socket?.destroy();
      this.#socket = undefined;
    }
    this.#answer(status);
  }

  #answer(status: number): void {
    const answered = this.#answered;
    this.#answered = undefined;
    this.#read = '';
    answered?.resolve(status);
  }
}

function isWhole(answer: string, head: number): boolean {
  const length = /\r\ncontent-length: *(\d+)/i.exec(answer.slice(0, head))?.[1];
  if (length !== undefined) return answer.length >= head + 4 + Number(length);
  return answer.endsWith('0\r\n\r\n') || /^HTTP\/1.1 204/.test(answer);
}

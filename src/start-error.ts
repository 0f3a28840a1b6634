/** A start that cannot succeed until a person changes something; the message tells them what. */
export class StartError extends Error {
  override readonly name: string = 'StartError';
  readonly safeToLog = true;
}

/** A text object of Block Kit. */
export interface TextObject {
  readonly type: 'mrkdwn' | 'plain_text';
  readonly text: string;
}

/** Every text object in what is shown, however deep it stands. */
export function textsIn(shown: unknown): TextObject[] {
  if (typeof shown !== 'object' || shown === null) return [];
  if (isText(shown)) return [shown];
  return Object.values(shown).flatMap(textsIn);
}

function isText(value: object): value is TextObject {
  return (
    'type' in value &&
    (value.type === 'mrkdwn' || value.type === 'plain_text') &&
    'text' in value &&
    typeof value.text === 'string'
  );
}

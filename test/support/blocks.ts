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

/** Every button in what is shown, in the order in which they stand there. */
export function buttonsIn(shown: unknown): { action_id: unknown; value: unknown }[] {
  if (typeof shown !== 'object' || shown === null) return [];
  if ('action_id' in shown) {
    return [{ action_id: shown.action_id, value: 'value' in shown ? shown.value : undefined }];
  }
  return Object.values(shown).flatMap(buttonsIn);
}

function isText(value: object): value is TextObject {
  return (
    'type' in value &&
    (value.type === 'mrkdwn' || value.type === 'plain_text') &&
    'text' in value &&
    typeof value.text === 'string'
  );
}

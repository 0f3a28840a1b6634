/**
 * Names and words that a person or a vendor wrote stand in `plain_text` objects, where Slack makes nothing of
 * them: no mention, no link, no formatting. Only a message's `text` is always mrkdwn, so that it is escaped.
 */

/** The longest name that is shown; the rest of a longer one helps nobody and could fill a message. */
const LONGEST_NAME = 120;

/** Marks that reorder what follows, and what cannot be seen; but no spaces, and not the joiner inside of emoji. */
const INVISIBLE = /[[\p{Cc}\p{Cf}]--[\s\u200d]]/gv;

/** Someone's words in one line, with nothing hidden in them. */
export function plain(words: string, longest = LONGEST_NAME): string {
  // Half a surrogate pair is no valid JSON to Slack, which would refuse the whole message.
  const visible = words.toWellFormed().replaceAll(INVISIBLE, '');
  return cut(visible.replaceAll(/\s+/g, ' ').trim(), longest);
}

/** As a person counts them: an emoji of several parts is one. */
const characters = new Intl.Segmenter('en');

/** Cuts a text to `longest` of Slack's characters, never through the middle of an emoji. */
export function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  let kept = '';
  for (const { segment } of characters.segment(text)) {
    if (kept.length + segment.length > longest - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** For a message's `text` as Slack asks for it (docs.slack.dev, "Formatting message text"). */
export function escapeMrkdwn(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A moment that Slack shows in each reader's own time zone and language. */
export function moment(ms: number): string {
  const fallback = new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
  return `<!date^${Math.floor(ms / 1000)}^{date_short_pretty} at {time}|${fallback} UTC>`;
}

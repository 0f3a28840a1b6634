import type * as z from 'zod';

/** One thing wrong with what the app sent: where, and in Slack's words. */
export interface Complaint {
  path: PropertyKey[];
  text: string;
}

/** What zod found, said as Slack says it. Parse with `reportInput: true`, or every mistake looks like a gap. */
export function complaintsOf(issues: z.core.$ZodIssue[]): Complaint[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({
        path: [...issue.path],
        text: `invalid additional property: ${key}`,
      }));
    }
    if (issue.input === undefined && (issue.code === 'invalid_type' || issue.code === 'invalid_value')) {
      return [
        { path: issue.path.slice(0, -1), text: `missing required field: ${String(issue.path.at(-1) ?? '')}` },
      ];
    }
    return [{ path: issue.path, text: wordsFor(issue) }];
  });
}

function wordsFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_big':
      if (issue.origin === 'string') return `must be less than ${Number(issue.maximum) + 1} characters`;
      if (issue.origin === 'array') return `no more than ${issue.maximum} items allowed`;
      return `must be at most ${issue.maximum}`;
    case 'too_small':
      if (issue.origin === 'string') return `must be more than ${Number(issue.minimum) - 1} characters`;
      if (issue.origin === 'array') return `no fewer than ${issue.minimum} items allowed`;
      return `must be at least ${issue.minimum}`;
    case 'invalid_type':
      return `must provide ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be ${String(issue.values[0])}`
        : `must be one of: ${issue.values.map(String).join(', ')}`;
    default:
      return issue.message;
  }
}

/** A complaint as Slack puts it into `response_metadata.messages`. */
export function asMessage(complaint: Complaint): string {
  return `[ERROR] ${complaint.text} [json-pointer:${complaint.path.map((step) => `/${String(step)}`).join('')}]`;
}

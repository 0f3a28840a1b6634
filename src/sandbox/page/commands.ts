/** What the composer suggests while a slash command is typed. Pure. */

/** A command, whole, as it would be sent. */
export interface Suggestion {
  text: string;
  about: string;
}

/** In the order of the bot’s own help. */
const commands: Suggestion[] = [
  { text: '/locks', about: 'Show your doors' },
  { text: '/locks unlock', about: 'Show a door by its name, to unlock it' },
  { text: '/locks lock', about: 'Lock a door by its name' },
  { text: '/locks status', about: 'See how a door is, by its name' },
  { text: '/locks favourite', about: 'Put a door first in your lists' },
  { text: '/locks alias', about: 'Give a door a short name of your own' },
  { text: '/locks autolock', about: 'Be reminded of a door, or let it lock by itself' },
  { text: '/locks code', about: 'Make a PIN for a guest' },
  { text: '/locks codes', about: 'Show the codes of your guests' },
  { text: '/locks connect', about: 'Connect an account of locks' },
  { text: '/locks disconnect', about: 'Disconnect an account' },
  { text: '/locks history', about: 'See what happened at your doors' },
  { text: '/locks notices', about: 'Choose what you get messages about' },
  { text: '/locks pause', about: 'Stop all unlocking by you at once' },
  { text: '/locks resume', about: 'End that' },
  { text: '/locks help', about: 'Everything that /locks can do' },
];

/** The commands that what is typed may become; none once it is more than a command's beginning. */
export function suggestionsFor(typed: string): Suggestion[] {
  if (!typed.startsWith('/')) return [];
  return commands.filter(({ text }) => text.startsWith(typed.trimEnd().toLowerCase()));
}

/** Whether Enter sends what is typed: a command's name must be whole, its words may be anything. */
export function isSendable(typed: string): boolean {
  if (typed.trim() === '') return false;
  return (
    !typed.startsWith('/') || suggestionsFor(typed).length < commands.length || typed.trim() === '/locks'
  );
}

/** What a bolt can be asked for. */
export type Verb = 'unlock' | 'lock';

/**
 * How it was asked for: by a button in a message or in Home, by name (`/locks lock garage`), by a shortcut, by a step of
 * a workflow, or by a timer that its owner set.
 */
export type Via = 'message' | 'home' | 'name' | 'shortcut' | 'workflow' | 'timer';

import { z } from 'zod';

/** What a bolt can be asked for. */
export const verbSchema = z.enum(['unlock', 'lock']);
export type Verb = z.infer<typeof verbSchema>;

/**
 * How it was asked for: by a button in a message or in Home, by name (`/locks lock garage`), by a shortcut, by a step of
 * a workflow, or by a timer that its owner set.
 */
export const viaSchema = z.enum(['message', 'home', 'name', 'shortcut', 'workflow', 'timer']);
export type Via = z.infer<typeof viaSchema>;

/** What the bot may do in Slack, each with why it has to. `manifest.yml` asks for the same; a test holds them together. */
export const botScopes: Readonly<Record<string, string>> = {
  commands: 'to offer /locks, and to be told when its buttons are pressed',
  'chat:write': 'to tell a person in a direct message what became of a door',
  'files:write': 'to hand a person the history of their doors as a file in a direct message',
  'users:read': 'to see that whoever asks is still a member of the workspace',
};

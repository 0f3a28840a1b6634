/** The buttons that more than one feature shows, as `feature:verb`. */
export const actions = {
  listRefresh: 'list:refresh',
  listNext: 'list:next',
  listPrevious: 'list:previous',
  listShow: 'list:show',
  connectStart: 'connect:start',
  connectOpen: 'connect:open',
  doorUnlock: 'door:unlock',
  doorLock: 'door:lock',
  followKeep: 'follow:keep',
  autolockOpen: 'autolock:open',
  disconnectAccount: 'disconnect:account',
} as const;

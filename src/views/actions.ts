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
  disconnectAccount: 'disconnect:account',
  historyOlder: 'history:older',
  historyNewer: 'history:newer',
  historyExport: 'history:export',
  pauseResume: 'pause:resume',
} as const;

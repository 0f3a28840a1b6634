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
  homeOpen: 'home:open',
  disconnectAccount: 'disconnect:account',
  aliasCall: 'alias:call',
  aliasRemove: 'alias:remove',
  favouriteAdd: 'favourite:add',
  favouriteRemove: 'favourite:remove',
} as const;

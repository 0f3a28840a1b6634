declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Where a user id is unique: Slack's team id, for one workspace each. A user id means nothing without it. */
export type InstallationScope = Branded<'InstallationScope'>;
/** Slack's id of a person, unique within an installation scope only. */
export type SlackUserId = Branded<'SlackUserId'>;
/** Seam's name for one of our people. Never empty: Seam drops an empty one and then lists everybody's doors. */
export type UserIdentifierKey = Branded<'UserIdentifierKey'>;
export type DeviceId = Branded<'DeviceId'>;
export type ConnectedAccountId = Branded<'ConnectedAccountId'>;
export type ConnectWebviewId = Branded<'ConnectWebviewId'>;
export type ActionAttemptId = Branded<'ActionAttemptId'>;
/** A PIN on a lock, as Seam knows it. */
export type AccessCodeId = Branded<'AccessCodeId'>;
/** A code that somebody had made, as we know it. */
export type CodeId = Branded<'CodeId'>;
/** Something that is to be done at a later moment. */
export type TimerId = Branded<'TimerId'>;
/** One row of the journal. */
export type MoveId = Branded<'MoveId'>;
/** One message that shows doors. */
export type ListingId = Branded<'ListingId'>;
/** One link that was handed out to connect an account. */
export type ConnectId = Branded<'ConnectId'>;
/** One thing that a person did in Slack (`trigger_id`, team and user), however often it is delivered. */
export type InteractionId = Branded<'InteractionId'>;

/** One thing that one person is told of by message. */
export type NoticeId = Branded<'NoticeId'>;
/** One run of a step in a workflow, as Slack counts them. */
export type ExecutionId = Branded<'ExecutionId'>;

/** One run of Latchbolt, from a start to its end. */
export type RunId = Branded<'RunId'>;

/** Makes the constructor of one kind of id; it throws a TypeError for an empty or blank text. */
function idOf<Id extends string>(kind: string): (text: string) => Id {
  return (text) => {
    if (text.trim() === '') throw new TypeError(`${kind} is empty`);
    // The one place where a text becomes an id: it was just checked.
    return text as Id;
  };
}

export const installationScope = idOf<InstallationScope>('InstallationScope');
export const slackUserId = idOf<SlackUserId>('SlackUserId');
export const userIdentifierKey = idOf<UserIdentifierKey>('UserIdentifierKey');
export const deviceId = idOf<DeviceId>('DeviceId');
export const connectedAccountId = idOf<ConnectedAccountId>('ConnectedAccountId');
export const connectWebviewId = idOf<ConnectWebviewId>('ConnectWebviewId');
export const actionAttemptId = idOf<ActionAttemptId>('ActionAttemptId');
export const accessCodeId = idOf<AccessCodeId>('AccessCodeId');
export const codeId = idOf<CodeId>('CodeId');
export const timerId = idOf<TimerId>('TimerId');
export const moveId = idOf<MoveId>('MoveId');
export const listingId = idOf<ListingId>('ListingId');
export const connectId = idOf<ConnectId>('ConnectId');
export const interactionId = idOf<InteractionId>('InteractionId');
export const noticeId = idOf<NoticeId>('NoticeId');
export const executionId = idOf<ExecutionId>('ExecutionId');
export const runId = idOf<RunId>('RunId');

import { connect, doorId, type Opened, openSeam } from './support.ts';

/** How an attempt stands that has not ended, and one that ended well. */
export const PENDING = { status: 'pending', result: null, error: null };
export const OPENED = { status: 'success', result: { was_confirmed_by_device: true }, error: null };

/** Olivia's house, connected. */
export async function house(): Promise<Opened> {
  const opened = await openSeam();
  await connect(opened, 'olivia', 'olivia@example.com');
  return opened;
}

/** Unlocks the door of that name and says how the attempt stands after so long. */
export async function unlocked(opened: Opened, name: string, afterMs: number) {
  const { seam, drive } = opened;
  const { action_attempt_id } = await seam.locks.unlockDoor({ device_id: await doorId(opened, name) });
  await drive.clock({ advanceMs: afterMs });
  const { status, result, error } = await seam.actionAttempts.get({ action_attempt_id });
  return { status, result, error };
}

/** The door of that name as the panel shows it. */
export async function panel({ drive }: Opened, name: string) {
  return (await drive.view()).doors.find((door) => door.name === name);
}

/** What was told of a device, from that event on. */
export async function eventTypes({ seam }: Opened, device_id: string, from: number) {
  const events = await seam.events.list({ device_id });
  return events.slice(from).map((event) => event.event_type);
}

/** Ben's bike shed, connected. */
export async function shed(): Promise<Opened & { device_id: string }> {
  const opened = await openSeam();
  await connect(opened, 'ben', 'ben@example.com');
  return { ...opened, device_id: await doorId(opened, 'Bike Shed') };
}

/** What was told of an access code. */
export async function codeEvents({ seam }: Opened, access_code_id: string) {
  return (await seam.events.list({ access_code_id })).map((event) => event.event_type);
}

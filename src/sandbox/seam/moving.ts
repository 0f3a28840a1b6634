import { aboutDevice } from './about.ts';
import { beginAttempt, type Ending, endAttempt } from './attempts.ts';
import { moveBolt } from './bolt.ts';
import { Refusal } from './http.ts';
import { outOfReach } from './reach.ts';
import type { Attempt, Door, World } from './world.ts';

/** How long a lock takes to move unless its fate says otherwise. */
const USUAL_MS = 600;
/** How long Seam takes to find that a lock is out of reach. */
const OUT_OF_REACH_MS = 300;

/** Begins to lock or unlock a door; the attempt that comes back is pending and ends by the door's fate. */
export function startMoving(world: World, door: Door, locked: boolean): Attempt {
  if (door.kind !== 'lock' || !(locked ? door.canLockRemotely : door.canUnlockRemotely)) {
    const verb = locked ? 'lock' : 'unlock';
    throw new Refusal(400, 'device_not_supported', `This device does not support remote ${verb}`);
  }
  const attempt = beginAttempt(world, locked ? 'LOCK_DOOR' : 'UNLOCK_DOOR', door.deviceId);
  const course = courseOf(world, door, attempt, locked);
  if (course) follow(world, door, attempt, course);
  return attempt;
}

/** What happens after how long. */
interface Course {
  ms: number;
  end: () => Ending;
}

/** The course that an attempt takes, or null where it never ends. */
function courseOf(world: World, door: Door, attempt: Attempt, locked: boolean): Course | null {
  const { fate } = door;
  const unreachable = outOfReach(door);
  if (unreachable) return { ms: OUT_OF_REACH_MS, end: () => ({ error: unreachable }) };
  if (fate.kind === 'hangs') return null;
  const ms = fate.ms ?? USUAL_MS;
  if (fate.kind === 'fails') {
    return { ms, end: () => ({ error: { type: fate.type, message: fate.message } }) };
  }
  const confirmed = fate.kind === 'works';
  const how = confirmed ? { method: 'remote' as const, action_attempt_id: attempt.id } : null;
  const end = () => {
    moveBolt(world, door, locked, how);
    return { result: { was_confirmed_by_device: confirmed } };
  };
  return { ms, end };
}

function follow(world: World, door: Door, attempt: Attempt, { ms, end }: Course): void {
  door.moving += 1;
  world.changed();
  world.clock.after(ms, () => {
    door.moving -= 1;
    endAttempt(attempt, end());
    tellEnd(world, door, attempt);
    world.changed();
  });
}

function tellEnd(world: World, door: Door, attempt: Attempt): void {
  if (door.account === null || door.deviceId !== attempt.deviceId) return;
  const action = attempt.type === 'LOCK_DOOR' ? 'lock_door' : 'unlock_door';
  const ending = attempt.status === 'success' ? 'succeeded' : 'failed';
  const { device_id, connected_account_id } = aboutDevice(door);
  world.emit(`action_attempt.${action}.${ending}`, {
    action_attempt_id: attempt.id,
    action_type: attempt.type,
    status: attempt.status,
    device_id,
    connected_account_id,
  });
}

import { programSoon } from '../codes.ts';
import { Refusal } from '../http.ts';
import type { Attempt, Code, TimeFrame, World } from '../world.ts';
import type { CodeWishes } from './codes.ts';

/** Notes what is to change in a code and sends it to the lock. */
export function changeCode(world: World, code: Code, wishes: CodeWishes, attempt: Attempt): void {
  if (code.status === 'removing') {
    throw new Refusal(400, 'access_code_being_removed', 'This access code is being removed');
  }
  const createdAt = world.clock.iso();
  if (wishes.name !== undefined && wishes.name !== code.name) {
    code.pending.push({ kind: 'updating_name', createdAt, from: code.name, to: wishes.name });
    code.name = wishes.name;
  }
  if (wishes.code !== undefined && wishes.code !== code.code) {
    code.pending.push({ kind: 'updating_code', createdAt, from: code.code, to: wishes.code });
    code.code = wishes.code;
  }
  changeTimes(code, wishes, createdAt);
  code.externalModification =
    wishes.is_external_modification_allowed ??
    wishes.allow_external_modification ??
    code.externalModification;
  code.attempts.push(attempt);
  programSoon(world, code);
}

function changeTimes(code: Code, wishes: CodeWishes, createdAt: string): void {
  const from: TimeFrame = { startsAt: code.startsAt, endsAt: code.endsAt };
  const to: TimeFrame =
    wishes.type === 'ongoing'
      ? { startsAt: null, endsAt: null }
      : { startsAt: wishes.starts_at ?? code.startsAt, endsAt: wishes.ends_at ?? code.endsAt };
  if (from.startsAt === to.startsAt && from.endsAt === to.endsAt) return;
  code.pending.push({ kind: 'updating_time_frame', createdAt, from, to });
  code.startsAt = to.startsAt;
  code.endsAt = to.endsAt;
}
